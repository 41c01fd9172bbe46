package io.hangupby.simulator.events;

import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Twilio's connection overrides, as the fragment of a callback URL contains them. Immutable.
 *
 * @param count how many times a failed delivery is retried
 * @param policies what counts as failed: {@code ct}, {@code rt}, {@code 4xx}, {@code 5xx}, {@code all}
 * @param readTimeout how long to wait for a response
 * @param firstPause how long to wait before the first retry; each later pause is twice as long, up to a limit
 */
record ConnectionOverrides(int count, Set<String> policies, Duration readTimeout, Duration firstPause) {

    /** What Twilio does without overrides: one retry, and only if there was no connection. */
    static final ConnectionOverrides DEFAULT =
            new ConnectionOverrides(1, Set.of("ct"), Duration.ofSeconds(15), Duration.ZERO);

    /** Event Streams retries for four hours. The simulator does so for a few seconds, which is enough in a test. */
    static final ConnectionOverrides EVENT_STREAMS =
            new ConnectionOverrides(12, Set.of("all"), Duration.ofSeconds(5), Duration.ofMillis(20));

    private static final int DOUBLINGS = 6;

    static ConnectionOverrides parse(String fragment) {
        ConnectionOverrides overrides = DEFAULT;
        for (String pair : fragment.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                overrides = overrides.with(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return overrides;
    }

    private ConnectionOverrides with(String key, String value) {
        return switch (key) {
            case "rc" -> new ConnectionOverrides(Integer.parseInt(value), policies, readTimeout, firstPause);
            case "rp" ->
                new ConnectionOverrides(
                        count,
                        Arrays.stream(value.split(",", -1)).collect(Collectors.toUnmodifiableSet()),
                        readTimeout,
                        firstPause);
            case "rt" -> new ConnectionOverrides(count, policies, Duration.ofMillis(Long.parseLong(value)), firstPause);
            default -> this;
        };
    }

    boolean allowRetry(int attemptsMade, AttemptResult result) {
        return attemptsMade <= count && (policies.contains("all") || policies.contains(result.policy()));
    }

    /** Returns how long to wait after this number of attempts. */
    Duration pauseAfter(int attemptsMade) {
        return firstPause.multipliedBy(1L << Math.min(attemptsMade - 1, DOUBLINGS));
    }
}
