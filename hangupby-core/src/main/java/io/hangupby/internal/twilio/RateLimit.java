package io.hangupby.internal.twilio;

import java.util.Map;
import java.util.Optional;

/**
 * What a response says of the account's rate limit. Immutable.
 *
 * @param limit the requests that are allowed in the present period
 * @param remaining how many of them are left, for all nodes and programs together
 */
public record RateLimit(int limit, int remaining) {

    /** Reads the headers of a response. Empty unless they have both numbers. */
    static Optional<RateLimit> of(Map<String, String> headers) {
        Optional<Integer> limit = number(headers, "X-Rate-Limit-Limit").filter(number -> number > 0);
        Optional<Integer> remaining = number(headers, "X-Rate-Limit-Remaining");
        return limit.flatMap(allowed -> remaining.map(left -> new RateLimit(allowed, left)));
    }

    private static Optional<Integer> number(Map<String, String> headers, String name) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(header -> header.getValue().strip())
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(Integer::valueOf)
                .findFirst();
    }

    /** Returns whether less than a quarter of the allowed requests is left. */
    public boolean isNearlyUsedUp() {
        return 4L * remaining < limit;
    }
}
