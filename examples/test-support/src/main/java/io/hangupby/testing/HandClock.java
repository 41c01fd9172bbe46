package io.hangupby.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock whose time changes only if a test steps it. Thread-safe. */
public final class HandClock extends Clock {
    private volatile Instant now;

    /** Begins at a time that does not matter. */
    public HandClock() {
        this(Instant.parse("2026-03-01T10:00:00Z"));
    }

    public HandClock(Instant now) {
        this.now = now;
    }

    public synchronized void step(Duration by) {
        now = now.plus(by);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
