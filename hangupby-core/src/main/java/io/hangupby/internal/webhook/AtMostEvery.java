package io.hangupby.internal.webhook;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Says whether something is due that happens at most once in an interval. It is due at once. Thread-safe. */
final class AtMostEvery {
    private final long interval;
    private final LongSupplier nanos;
    private final AtomicLong next;

    /**
     * @param nanos the clock, in nanoseconds
     */
    AtMostEvery(Duration interval, LongSupplier nanos) {
        this.interval = interval.toNanos();
        this.nanos = nanos;
        this.next = new AtomicLong(nanos.getAsLong());
    }

    /** Returns whether it is due. Then it is due again after the interval. */
    boolean isDue() {
        long now = nanos.getAsLong();
        long due = next.get();
        return now - due >= 0 && next.compareAndSet(due, now + interval);
    }
}
