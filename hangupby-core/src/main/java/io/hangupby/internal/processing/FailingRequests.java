package io.hangupby.internal.processing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The requests that failed with all their attempts, each by what it asks of which resource: what goes on to fail there need not
 * be the fault of Twilio as a whole. Thread-safe.
 */
final class FailingRequests {
    private static final int REMEMBERED_AT_MOST = 1_000;

    /** After this long a task is given up, and what failed for it says nothing of another time. */
    private static final Duration REMEMBERED_FOR = SegmentProcessor.GIVE_UP_AFTER;

    private final Clock clock;
    // In the order in which they began to fail.
    private final Map<String, Failing> failing = new LinkedHashMap<>();

    FailingRequests(Clock clock) {
        this.clock = clock;
    }

    /** Returns since when a request has failed, if it has. */
    synchronized Optional<Instant> since(String request) {
        return known(request).map(Failing::since);
    }

    /** Returns how often in a row a request has failed by now. */
    synchronized int failed(String request) {
        Instant now = clock.instant();
        Failing before = known(request).orElse(new Failing(now, now, 0));
        Failing more = new Failing(before.since, now, before.times + 1);
        failing.put(request, more);
        if (failing.size() > REMEMBERED_AT_MOST) {
            failing.remove(failing.keySet().iterator().next());
        }
        return more.times;
    }

    synchronized void succeeded(String request) {
        failing.remove(request);
    }

    private Optional<Failing> known(String request) {
        Optional<Failing> known = Optional.ofNullable(failing.get(request));
        boolean isOld = known.filter(found -> clock.instant().isAfter(found.last.plus(REMEMBERED_FOR)))
                .isPresent();
        if (isOld) {
            failing.remove(request);
            return Optional.empty();
        }
        return known;
    }

    private record Failing(Instant since, Instant last, int times) {}
}
