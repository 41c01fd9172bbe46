package io.hangupby.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/** How the world's things look in the API, with the field names that Twilio publishes. */
final class Resources {

    private static final DateTimeFormatter RFC_2822 = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss Z", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter ISO_MILLIS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSX", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final String API_VERSION = "2010-04-01";

    private final Workplace workplace;
    private final String taskRouterRoot;

    Resources(Workplace workplace) {
        this.workplace = workplace;
        this.taskRouterRoot = "https://taskrouter.twilio.com/v1/Workspaces/" + workplace.workspaceSid();
    }

    ObjectNode conference(Room.View room) {
        String base = account() + "/Conferences/" + room.sid();
        ObjectNode json = object().put("account_sid", workplace.accountSid())
                .put("api_version", API_VERSION)
                .put("date_created", rfc2822(room.created()))
                .put("date_updated", rfc2822(room.updated()))
                .put("friendly_name", room.friendlyName())
                .put("region", "us1")
                .put("sid", room.sid())
                .put("status", room.status())
                .put("uri", base + ".json");
        put(json, "reason_conference_ended", room.reason().map(EndReason::wire));
        put(json, "call_sid_ending_conference", room.endingCallSid());
        json.putObject("subresource_uris")
                .put("participants", base + "/Participants.json")
                .put("recordings", base + "/Recordings.json");
        return json;
    }

    ObjectNode participant(Room.View room, Leg.View leg) {
        ObjectNode json = object().put("account_sid", workplace.accountSid())
                .put("call_sid", leg.callSid())
                .put("coaching", leg.coached().isPresent())
                .put("conference_sid", room.sid())
                .put("date_created", rfc2822(leg.joined()))
                .put("date_updated", rfc2822(leg.joined()))
                .put("end_conference_on_exit", leg.endOnExit())
                .put("hold", leg.hold())
                .put("muted", leg.muted())
                .put("start_conference_on_enter", true)
                .put("status", leg.status())
                .put("uri", account() + "/Conferences/" + room.sid() + "/Participants/" + leg.callSid() + ".json")
                .putNull("queue_time");
        put(json, "call_sid_to_coach", leg.coached());
        put(json, "label", leg.label());
        return json;
    }

    ObjectNode call(PhoneCall.View call) {
        String base = account() + "/Calls/" + call.sid();
        ObjectNode json = object().put("account_sid", workplace.accountSid())
                .put("api_version", API_VERSION)
                .put("date_created", rfc2822(call.created()))
                .put("date_updated", rfc2822(call.ended().or(call::started).orElse(call.created())))
                .put("direction", call.direction())
                .put("from", call.from())
                .put("from_formatted", call.from())
                .put("price_unit", "USD")
                .put("queue_time", "0")
                .put("sid", call.sid())
                .put("status", call.status().wire())
                .put("to", call.to())
                .put("to_formatted", call.to())
                .put("uri", base + ".json")
                .putNull("answered_by")
                .putNull("caller_name")
                .putNull("forwarded_from")
                .putNull("group_sid")
                .putNull("phone_number_sid")
                .putNull("price")
                .putNull("trunk_sid");
        put(json, "parent_call_sid", call.parentCallSid());
        put(json, "start_time", call.started().map(Resources::rfc2822));
        put(json, "end_time", call.ended().map(Resources::rfc2822));
        put(json, "duration", call.ended().map(end -> seconds(call.started().orElse(end), end)));
        json.putObject("subresource_uris")
                .put("events", base + "/Events.json")
                .put("recordings", base + "/Recordings.json");
        return json;
    }

    ObjectNode task(TaskState task, Instant now) {
        String url = taskRouterRoot + "/Tasks/" + task.sid();
        ObjectNode json = object().put("account_sid", workplace.accountSid())
                .put("addons", "{}")
                .put("age", Duration.between(task.created(), now).toSeconds())
                .put("assignment_status", task.status().wire())
                .put("attributes", task.attributes())
                .put("date_created", iso(task.created()))
                .put("date_updated", iso(task.updated()))
                .put("ignore_capacity", false)
                .put("priority", task.priority())
                .put("sid", task.sid())
                .put("task_channel_sid", workplace.channelSid(task.channel()))
                .put("task_channel_unique_name", task.channel())
                .put("task_queue_entered_date", iso(task.created()))
                .put("task_queue_friendly_name", Workplace.QUEUE_NAME)
                .put("task_queue_sid", workplace.queueSid())
                .put("timeout", 86_400)
                .put("url", url)
                .put("virtual_start_time", iso(task.created()))
                .put("workflow_friendly_name", Workplace.WORKFLOW_NAME)
                .put("workflow_sid", workplace.workflowSid())
                .put("workspace_sid", workplace.workspaceSid())
                .putNull("routing_target");
        put(json, "reason", task.reason());
        json.putObject("links")
                .put("reservations", url + "/Reservations")
                .put("task_queue", taskRouterRoot + "/TaskQueues/" + workplace.queueSid())
                .put("workflow", taskRouterRoot + "/Workflows/" + workplace.workflowSid())
                .put("workspace", taskRouterRoot);
        return json;
    }

    ObjectNode reservation(TaskState task, ReservationState reservation) {
        String taskUrl = taskRouterRoot + "/Tasks/" + task.sid();
        ObjectNode json = object().put("account_sid", workplace.accountSid())
                .put("date_created", iso(reservation.created()))
                .put("date_updated", iso(reservation.updated()))
                .put("reservation_status", reservation.status().wire())
                .put("sid", reservation.sid())
                .put("task_sid", task.sid())
                .put("url", taskUrl + "/Reservations/" + reservation.sid())
                .put("worker_name", reservation.agent().name())
                .put("worker_sid", reservation.agent().workerSid())
                .put("workspace_sid", workplace.workspaceSid());
        json.putObject("links")
                .put("task", taskUrl)
                .put(
                        "worker",
                        taskRouterRoot + "/Workers/" + reservation.agent().workerSid())
                .put("workspace", taskRouterRoot);
        return json;
    }

    ObjectNode event(WorkspaceEvent event) {
        ObjectNode json = object().put("account_sid", workplace.accountSid())
                .put("actor_sid", workplace.accountSid())
                .put("actor_type", "account")
                .put("event_date", iso(event.at()))
                .put("event_date_ms", event.at().toEpochMilli())
                .put("event_type", event.type())
                .put("resource_sid", event.param("ResourceSid"))
                .put("resource_type", event.param("ResourceType"))
                .put("resource_url", taskRouterRoot + "/Tasks/" + event.taskSid())
                .put("sid", event.sid())
                .put("source", "taskrouter")
                .put("url", taskRouterRoot + "/Events/" + event.sid())
                .put("workspace_sid", workplace.workspaceSid())
                .putNull("actor_url")
                .putNull("source_ip_address");
        ObjectNode data = json.putObject("event_data");
        event.params().forEach((name, value) -> data.put(snakeCase(name), value));
        return json;
    }

    private String account() {
        return "/" + API_VERSION + "/Accounts/" + workplace.accountSid();
    }

    private static ObjectNode object() {
        return JsonText.MAPPER.createObjectNode();
    }

    private static void put(ObjectNode json, String name, Optional<String> value) {
        value.ifPresentOrElse(text -> json.put(name, text), () -> json.putNull(name));
    }

    private static String seconds(Instant from, Instant to) {
        return Long.toString(Duration.between(from, to).toSeconds());
    }

    static String rfc2822(Instant at) {
        return RFC_2822.format(at);
    }

    static String isoMillis(Instant at) {
        return ISO_MILLIS.format(at);
    }

    private static String iso(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static String snakeCase(String name) {
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }
}
