package io.hangupby.journal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.hangupby.call.TaskRef;
import io.hangupby.decision.Outcome;
import io.hangupby.event.CallTimeline;
import io.hangupby.event.EventType;
import io.hangupby.event.TaskRouterEvent;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Remembers calls in this process's memory. It is bounded: finished calls are forgotten first, and when it is full of open
 * ones it takes no further call, rather than lose one. A call is forgotten a day after its last event, which is the longest
 * that TaskRouter lets a task be assigned. Thread-safe.
 */
public final class InMemoryCallJournal implements CallJournal {
    private static final Duration LONGEST_CALL = Duration.ofHours(24);
    private static final long BYTES_PER_CALL = 4096;

    private final CallQueue queue;
    private final int capacity;
    private final Cache<TaskRef, Entry> calls;
    private final AtomicInteger open = new AtomicInteger();

    /**
     * @param queue learns which tasks call for work
     * @param clock by which calls are forgotten
     * @param capacity how many open calls are kept, and how many finished ones besides
     */
    public InMemoryCallJournal(CallQueue queue, Clock clock, int capacity) {
        this.queue = queue;
        this.capacity = capacity;
        this.calls = Caffeine.newBuilder()
                .maximumWeight(capacity)
                // What weighs nothing is never evicted to make room.
                .weigher((TaskRef task, Entry entry) -> entry.open() ? 0 : 1)
                .expireAfterWrite(LONGEST_CALL)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .executor(Runnable::run)
                .evictionListener((task, entry, cause) -> forgotten(entry))
                .build();
    }

    /** Returns the capacity that takes a quarter of this JVM's heap at the most. */
    public static int defaultCapacity() {
        return (int) Math.min(1_000_000, Runtime.getRuntime().maxMemory() / 4 / 2 / BYTES_PER_CALL);
    }

    @Override
    public void append(TaskRouterEvent event) {
        CallRecord record = change(event.task(), known -> known.with(event));
        boolean canCallForWork = event.type().isWrapUp() || event.type() == EventType.RESERVATION_COMPLETED;
        if (canCallForWork && record.callsForWork()) {
            queue.wake(event.task());
        }
    }

    @Override
    public CallRecord read(TaskRef task) {
        return Optional.ofNullable(calls.getIfPresent(task)).map(Entry::record).orElseGet(() -> nothing(task));
    }

    @Override
    public void record(Outcome outcome) {
        change(outcome.segment().task(), known -> known.with(outcome));
    }

    private CallRecord change(TaskRef task, UnaryOperator<CallRecord> change) {
        if (open.get() >= capacity) {
            // A cache that takes nothing does not notice by itself what has expired.
            calls.cleanUp();
        }
        return calls.asMap()
                .compute(task, (key, known) -> {
                    CallRecord before = known == null ? nothing(task) : known.record();
                    CallRecord after = change.apply(before);
                    Entry entry = new Entry(after, !after.finished());
                    count(known != null && known.open(), entry.open());
                    return entry;
                })
                .record();
    }

    private void count(boolean wasOpen, boolean isOpen) {
        if (wasOpen && !isOpen) {
            open.decrementAndGet();
        } else if (!wasOpen && isOpen && open.incrementAndGet() > capacity) {
            open.decrementAndGet();
            throw new JournalException("the in-memory journal is full with " + capacity
                    + " open calls; give the JVM more heap, or keep the journal in a database");
        }
    }

    private void forgotten(@Nullable Entry entry) {
        if (entry != null && entry.open()) {
            open.decrementAndGet();
        }
    }

    private static CallRecord nothing(TaskRef task) {
        return new CallRecord(CallTimeline.of(task), List.of());
    }

    private record Entry(CallRecord record, boolean open) {}
}
