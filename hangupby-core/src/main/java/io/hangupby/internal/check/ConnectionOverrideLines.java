package io.hangupby.internal.check;

import io.hangupby.check.CheckReport.Line;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks when Twilio sends a callback again: the part of its URL after the {@code #}. */
final class ConnectionOverrideLines {
    private static final String CHECK = "connection-overrides";
    private static final Set<String> POLICIES = Set.of("4xx", "5xx", "ct", "rt", "all");
    private static final String TOO_SHORT_READ_TIMEOUT = "[0-9]{1,3}";
    private static final String RETRIES = "[0-5]";

    private ConnectionOverrideLines() {}

    static Line of(String workspace, String url, CheckedAccount account) {
        int hash = url.indexOf('#');
        Map<String, String> overrides = hash < 0 ? Map.of() : parsed(url.substring(hash + 1));
        String base = account.callbackUrls().stream()
                .filter(ours -> Addresses.same(ours, url))
                .findFirst()
                .map(Addresses::forCommand)
                .orElseGet(account::callbackUrl);
        String remedy = account.condition(url) + Remedies.setCallback(workspace, base + Remedies.OVERRIDES);
        Set<String> policies = Set.of(overrides.getOrDefault("rp", "ct").split(",", -1));
        if (!POLICIES.containsAll(policies)) {
            return Line.wrong(
                    CHECK,
                    "rp=" + overrides.get("rp") + " names a policy that Twilio does not have (its error 11243).",
                    remedy);
        }
        if (overrides.getOrDefault("rt", "").matches(TOO_SHORT_READ_TIMEOUT)) {
            return Line.warn(
                    CHECK,
                    "rt=" + overrides.get("rt") + " ms makes Twilio give up while hangupby still stores the event.",
                    remedy);
        }
        String retries = overrides.getOrDefault("rc", "1");
        if (!retries.matches(RETRIES)) {
            return Line.warn(CHECK, "rc=" + retries + " is no number of retries that Twilio has: 0 to 5.", remedy);
        }
        boolean again = !retries.equals("0");
        boolean onFailure = policies.contains("all") || policies.contains("5xx");
        return again && onFailure
                ? Line.ok(CHECK, "Twilio sends a callback again if it fails.")
                : Line.warn(
                        CHECK,
                        again
                                ? "Twilio sends a callback again only if it could not connect, and not after a 503."
                                : "Twilio never sends a callback again, because of rc=0.",
                        remedy);
    }

    private static Map<String, String> parsed(String fragment) {
        return Arrays.stream(fragment.split("&", -1))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2)
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (first, second) -> second));
    }
}
