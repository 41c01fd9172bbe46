package io.hangupby.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that moves only when a test advances it. */
public final class SettableClock extends Clock {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private final AtomicLong passedMs = new AtomicLong();

    public void advance(Duration by) {
        passedMs.addAndGet(by.toMillis());
    }

    @Override
    public Instant instant() {
        return START.plusMillis(passedMs.get());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
