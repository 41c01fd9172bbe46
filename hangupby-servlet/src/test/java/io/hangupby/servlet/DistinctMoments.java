package io.hangupby.servlet;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** The system's time, but never the same millisecond twice, so that consecutive actions have an order. */
final class DistinctMoments extends Clock {
    private final AtomicLong last = new AtomicLong();

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(last.updateAndGet(before -> Math.max(before + 1, System.currentTimeMillis())));
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
