package io.hangupby.internal.facts;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicLongArray;

/** How many times were at most how long. Thread-safe. */
public final class Spread {
    private static final List<Duration> LIMITS = List.of(
            Duration.ofMillis(250),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(10));

    private final AtomicLongArray counts = new AtomicLongArray(LIMITS.size() + 1);

    /** Counts a time, rounded up to milliseconds. A time below zero, which differing clocks can cause, counts as zero. */
    public void add(Duration time) {
        add(time.plusNanos(999_999).toMillis());
    }

    /** Counts a time in milliseconds. */
    void add(long millis) {
        int bucket = 0;
        while (bucket < LIMITS.size() && millis > LIMITS.get(bucket).toMillis()) {
            bucket++;
        }
        counts.incrementAndGet(bucket);
    }

    /** Adds the counts of another spread to these. */
    public Spread with(Spread other) {
        Spread sum = new Spread();
        for (int i = 0; i < counts.length(); i++) {
            sum.counts.set(i, counts.get(i) + other.counts.get(i));
        }
        return sum;
    }

    /** Returns the counts in words, such as "12 within 0.25 s, 1 within 1 s"; "none" if nothing was counted. */
    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(", ").setEmptyValue("none");
        for (int i = 0; i < counts.length(); i++) {
            if (counts.get(i) > 0) {
                text.add(counts.get(i) + (i < LIMITS.size() ? " within " + seconds(LIMITS.get(i)) + " s" : " later"));
            }
        }
        return text.toString();
    }

    private static String seconds(Duration limit) {
        return BigDecimal.valueOf(limit.toMillis(), 3).stripTrailingZeros().toPlainString();
    }
}
