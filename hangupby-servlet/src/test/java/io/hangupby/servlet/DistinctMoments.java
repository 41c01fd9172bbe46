package io.hangupby.servlet;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** The system's time, but never the same millisecond twice, so that consecutive actions have an order. A test can skip time. */
final class DistinctMoments extends Clock {
    private final AtomicLong last = new AtomicLong();
    private final AtomicLong skipped = new AtomicLong();

    /** Lets time pass at once. */
    void skip(Duration time) {
        skipped.addAndGet(time.toMillis());
    }

    @Override
    public Instant instant() {
        long now = System.currentTimeMillis() + skipped.get();
        return Instant.ofEpochMilli(last.updateAndGet(before -> Math.max(before + 1, now)));
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("the simulator shows all times in UTC");
    }
}
