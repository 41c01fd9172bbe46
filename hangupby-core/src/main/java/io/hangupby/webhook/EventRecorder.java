package io.hangupby.webhook;

import io.hangupby.internal.event.CallEvent;
import io.hangupby.internal.event.EventReading;
import io.hangupby.journal.JournalException;
import io.hangupby.telemetry.Telemetry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has events journalled and counted, and gives account of those that cannot be, in a line now and again. Thread-safe. */
final class EventRecorder {
    private static final Logger log = LoggerFactory.getLogger(EventRecorder.class);

    /** A flood of refusals must not become a flood of lines. */
    private static final long LINE_EVERY = Duration.ofSeconds(10).toNanos();

    private final Consumer<CallEvent> journal;
    private final Telemetry telemetry;
    private final LongSupplier nanos;
    private final LongAdder refused = new LongAdder();
    private final AtomicLong untold = new AtomicLong();
    private final AtomicLong nextLine;

    /**
     * @param journal appends an event, or throws what is wrong
     * @param nanos by which time passes
     */
    EventRecorder(Consumer<CallEvent> journal, Telemetry telemetry, LongSupplier nanos) {
        this.journal = journal;
        this.telemetry = telemetry;
        this.nanos = nanos;
        this.nextLine = new AtomicLong(nanos.getAsLong());
    }

    /** Returns whether the event is dealt with. */
    boolean take(EventReading reading) {
        if (reading instanceof EventReading.Relevant relevant) {
            return keep(relevant.event());
        }
        passOver(reading);
        return true;
    }

    /** Counts what there is nothing to keep of. */
    void passOver(EventReading reading) {
        if (reading instanceof EventReading.Malformed) {
            telemetry.malformed();
        } else {
            telemetry.ignored();
        }
    }

    /** Keeps the event, or throws what the journal throws. */
    void append(CallEvent event) {
        try {
            journal.accept(event);
        } catch (RuntimeException notKept) {
            telemetry.notKept(event);
            throw notKept;
        }
        telemetry.kept(event);
    }

    /** Returns whether the event is kept. */
    boolean keep(CallEvent event) {
        try {
            append(event);
            tellOfTheOthers();
            return true;
        } catch (JournalException full) {
            refuse("task " + event.task() + ": its event", String.valueOf(full.getMessage()));
            return false;
        } catch (RuntimeException failed) {
            // A journal can be anybody's, and so can the words of its failures.
            refuse("task " + event.task() + ": its event", failed.getClass().getName());
            return false;
        }
    }

    /** Returns how many events could not be kept. */
    long refused() {
        return refused.sum();
    }

    /** Gives account of something that is not kept. */
    void refuse(String what, String reason) {
        refused.increment();
        if (isTimeForALine()) {
            log.warn("{} is not kept: {}{}", what, reason, others(untold.getAndSet(0)));
        } else {
            untold.incrementAndGet();
        }
    }

    private static String others(long untold) {
        return untold == 0 ? "" : "; nor were " + untold + " others before it";
    }

    private void tellOfTheOthers() {
        if (untold.get() > 0 && isTimeForALine()) {
            log.warn("{} more events were not kept; events are kept again", untold.getAndSet(0));
        }
    }

    private boolean isTimeForALine() {
        long now = nanos.getAsLong();
        long due = nextLine.get();
        return now - due >= 0 && nextLine.compareAndSet(due, now + LINE_EVERY);
    }
}
