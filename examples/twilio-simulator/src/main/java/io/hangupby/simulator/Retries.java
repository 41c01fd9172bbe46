package io.hangupby.simulator;

import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Twilio's connection overrides, as they stand in the fragment of a callback URL. Immutable.
 *
 * @param count how many times a failed delivery is tried again
 * @param policies what counts as failed: {@code ct}, {@code rt}, {@code 4xx}, {@code 5xx}, {@code all}
 * @param readTimeout how long an answer is waited for
 * @param firstPause how long is waited before the second try; each later pause is twice as long, up to a limit
 */
record Retries(int count, Set<String> policies, Duration readTimeout, Duration firstPause) {

    /** What Twilio does without overrides: once more, and only if there was no connection. */
    static final Retries DEFAULT = new Retries(1, Set.of("ct"), Duration.ofSeconds(15), Duration.ZERO);

    /** Event Streams tries for four hours; for as long as a test can wait will do. */
    static final Retries EVENT_STREAMS = new Retries(12, Set.of("all"), Duration.ofSeconds(5), Duration.ofMillis(20));

    private static final int DOUBLINGS = 6;

    static Retries parse(String fragment) {
        Retries retries = DEFAULT;
        for (String pair : fragment.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                retries = retries.with(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return retries;
    }

    private Retries with(String key, String value) {
        return switch (key) {
            case "rc" -> new Retries(Integer.parseInt(value), policies, readTimeout, firstPause);
            case "rp" ->
                new Retries(
                        count,
                        Arrays.stream(value.split(",", -1)).collect(Collectors.toUnmodifiableSet()),
                        readTimeout,
                        firstPause);
            case "rt" -> new Retries(count, policies, Duration.ofMillis(Long.parseLong(value)), firstPause);
            default -> this;
        };
    }

    boolean again(int attemptsMade, Outcome outcome) {
        return attemptsMade <= count && (policies.contains("all") || policies.contains(outcome.policy()));
    }

    /** How long to wait after so many attempts. */
    Duration pauseAfter(int attemptsMade) {
        return firstPause.multipliedBy(1L << Math.min(attemptsMade - 1, DOUBLINGS));
    }

    /** What became of one attempt: an HTTP status, or a negative number where there was no answer. */
    record Outcome(int status) {

        static final Outcome NO_CONNECTION = new Outcome(-1);
        static final Outcome NO_ANSWER = new Outcome(-2);

        boolean answered() {
            return status > 0;
        }

        String policy() {
            if (this.equals(NO_CONNECTION)) {
                return "ct";
            }
            if (this.equals(NO_ANSWER)) {
                return "rt";
            }
            return status / 100 + "xx";
        }

        boolean failed() {
            return !answered() || status >= 300;
        }
    }
}
