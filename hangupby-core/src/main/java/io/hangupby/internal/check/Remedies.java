package io.hangupby.internal.check;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The commands of the Twilio CLI, and the arguments of Terraform's provider, that mend a set-up. */
final class Remedies {
    /** Retries what a deployment or a failing node has missed. */
    static final String OVERRIDES = "#rc=3&rp=ct,rt,5xx";

    private static final int TASKROUTER_VERSION = 4;
    private static final int CONFERENCE_VERSION = 2;
    private static final int INSIGHTS_VERSION = 2;

    private Remedies() {}

    static String setCallback(String workspace, String url) {
        return "twilio api:taskrouter:v1:workspaces:update --sid " + workspace + " --event-callback-url '" + url + "'\n"
                + "Terraform, in twilio_taskrouter_workspaces_v1: event_callback_url = \"" + url + "\"";
    }

    static String setFilter(String workspace, List<String> events) {
        String filter = String.join(",", events);
        return "twilio api:taskrouter:v1:workspaces:update --sid " + workspace + " --events-filter '" + filter + "'\n"
                + "Terraform, in twilio_taskrouter_workspaces_v1: events_filter = \"" + filter + "\"";
    }

    /**
     * Returns how to replace a sink, whose configuration cannot be changed.
     *
     * @param oldSubscriptions must be gone before the sink
     * @param types what the new sink is to get
     */
    static String replaceSink(
            String oldSink,
            List<String> oldSubscriptions,
            String destination,
            List<String> types,
            Map<String, Integer> versions) {
        String configuration = "{\"destination\":\"" + destination + "\",\"method\":\"POST\",\"batch_events\":true}";
        return "twilio api:events:v1:sinks:create --description hangupby --sink-type webhook --sink-configuration '"
                + configuration + "'\n"
                + createSubscription("<the SID that it prints, DG…>", types, versions) + "\n"
                + oldSubscriptions.stream()
                        .map(sid -> "twilio api:events:v1:subscriptions:remove --sid " + sid + "\n")
                        .collect(Collectors.joining())
                + "twilio api:events:v1:sinks:remove --sid " + oldSink + "\n"
                + "Terraform, in place of the old sink and its subscriptions:\n"
                + """
                resource "twilio_events_sinks_v1" "hangupby" {
                  description        = "hangupby"
                  sink_type          = "webhook"
                  sink_configuration = jsonencode({ destination = "%s", method = "POST", batch_events = true })
                }
                """.formatted(destination)
                + subscription("hangupby", "twilio_events_sinks_v1.hangupby.sid", types, versions);
    }

    /** Returns how to subscribe a sink to types, beside the subscriptions that it has. */
    static String subscribe(String sink, List<String> types, Map<String, Integer> versions) {
        return createSubscription(sink, types, versions) + "\nTerraform, beside the other subscriptions:\n"
                + subscription("hangupby_further", "\"" + sink + "\"", types, versions);
    }

    private static String createSubscription(String sink, List<String> types, Map<String, Integer> versions) {
        return "twilio api:events:v1:subscriptions:create --description hangupby --sink-sid " + sink
                + types.stream()
                        .map(type -> " \\\n  --types '{\"type\":\"" + type + "\",\"schema_version\":"
                                + version(type, versions) + "}'")
                        .collect(Collectors.joining());
    }

    private static String subscription(String name, String sink, List<String> types, Map<String, Integer> versions) {
        return """
                resource "twilio_events_subscriptions_v1" "%s" {
                  description = "hangupby"
                  sink_sid    = %s
                  types = [
                %s  ]
                }""".formatted(
                        name,
                        sink,
                        types.stream()
                                .map(type -> "    jsonencode({ type = \"" + type + "\", schema_version = "
                                        + version(type, versions) + " }),\n")
                                .collect(Collectors.joining()));
    }

    /** Returns how to give types that a subscription has another version, each type by a command of its own. */
    static String setVersions(String subscription, List<String> types, Map<String, Integer> versions) {
        return types.stream()
                        .map(type -> "twilio api:events:v1:subscriptions:subscribed-events:update --subscription-sid "
                                + subscription + " --type " + type + " --schema-version " + version(type, versions)
                                + "\n")
                        .collect(Collectors.joining())
                + "Terraform, in the types of twilio_events_subscriptions_v1, or in"
                + " twilio_events_subscriptions_subscribed_events_v1: schema_version = "
                + types.stream()
                        .map(type -> version(type, versions))
                        .distinct()
                        .map(String::valueOf)
                        .collect(Collectors.joining(" or "));
    }

    /** Returns the version that hangupby was made for, or the latest if a type has no such version. */
    static int version(String type, Map<String, Integer> versions) {
        if (type.startsWith(NeededEvents.STREAMED)) {
            return TASKROUTER_VERSION;
        }
        return NeededEvents.CONFERENCES.contains(type)
                ? CONFERENCE_VERSION
                : Math.min(INSIGHTS_VERSION, versions.getOrDefault(type, 1));
    }

    /** Returns how to create an API key; without {@code --properties} the command does not print the secret. */
    static String newKey(CheckedAccount account) {
        return "twilio api:core:keys:create --friendly-name hangupby --properties sid,secret\n"
                + account.setting("api-key") + "=<the SID that it prints, SK…>\n"
                + account.setting("api-secret") + "=<the secret that it prints once>";
    }
}
