package io.hangupby.internal.webhook;

import io.hangupby.call.AccountSid;
import io.hangupby.call.TaskRef;
import io.hangupby.internal.event.CallEvent;
import io.hangupby.internal.event.EventReading;
import io.hangupby.internal.event.TaskRouterEvent;
import io.hangupby.internal.event.VoiceReport;
import io.hangupby.journal.JournalException;
import io.hangupby.telemetry.Telemetry;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records events in the journal and counts them. Logs events that cannot be recorded, at a limited rate. Thread-safe. */
final class EventRecorder {
    private static final Logger log = LoggerFactory.getLogger(EventRecorder.class);

    /** Bounds the number of log lines while no event can be recorded. */
    private static final Duration LINE_INTERVAL = Duration.ofSeconds(10);

    private final Consumer<CallEvent> journal;
    private final BiFunction<AccountSid, String, List<TaskRef>> tasksOf;
    private final Telemetry telemetry;
    private final LongAdder unrecorded = new LongAdder();
    private final AtomicLong unreported = new AtomicLong();
    private final AtMostEvery lines;

    /** A recorder of events that all name their task. */
    EventRecorder(Consumer<CallEvent> journal, Telemetry telemetry, LongSupplier nanos) {
        this(journal, (account, sid) -> List.of(), telemetry, nanos);
    }

    /**
     * @param journal appends an event, or throws the reason why it cannot
     * @param tasksOf returns the tasks that a call or a conference belongs to
     * @param nanos the clock, in nanoseconds
     */
    EventRecorder(
            Consumer<CallEvent> journal,
            BiFunction<AccountSid, String, List<TaskRef>> tasksOf,
            Telemetry telemetry,
            LongSupplier nanos) {
        this.journal = journal;
        this.tasksOf = tasksOf;
        this.telemetry = telemetry;
        this.lines = new AtMostEvery(LINE_INTERVAL, nanos);
    }

    /** Returns true if the event is recorded or needs no record, and false if the sender has to send it again. */
    boolean record(EventReading reading) {
        if (reading instanceof EventReading.Relevant relevant) {
            return record(relevant.event());
        }
        if (reading instanceof EventReading.OfLeg ofLeg) {
            return record(ofLeg);
        }
        skip(reading);
        return true;
    }

    private boolean record(EventReading.OfLeg reading) {
        try {
            append(reading);
            return true;
        } catch (RuntimeException failed) {
            reportUnrecorded(
                    "Did not record a report of Voice Insights",
                    (failed instanceof JournalException
                                    ? failed.getMessage()
                                    : failed.getClass().getName()) + "; check the store");
            return false;
        }
    }

    /** Records a report with the tasks of its leg, or throws what the journal throws. Most legs of an account can be strangers'. */
    boolean append(EventReading.OfLeg reading) {
        Set<TaskRef> tasks = new LinkedHashSet<>();
        reading.sids().forEach(sid -> tasks.addAll(tasksOf.apply(reading.account(), sid)));
        tasks.forEach(task -> append(reading.event().apply(task)));
        if (tasks.isEmpty()) {
            telemetry.ignored();
        }
        return !tasks.isEmpty();
    }

    /** Counts an event that needs no record. */
    void skip(EventReading reading) {
        if (reading instanceof EventReading.Malformed) {
            telemetry.malformed();
        } else {
            telemetry.ignored();
        }
    }

    /** Records the event, or throws what the journal throws. */
    void append(CallEvent event) {
        try {
            journal.accept(event);
        } catch (RuntimeException failed) {
            telemetry.notKept(type(event));
            throw failed;
        }
        telemetry.kept(type(event));
    }

    private static String type(CallEvent event) {
        if (event instanceof TaskRouterEvent fromTaskRouter) {
            return fromTaskRouter.type().toString();
        }
        return event instanceof VoiceReport ? "voice-insights" : "conference";
    }

    /** Returns whether the event is recorded. */
    boolean record(CallEvent event) {
        try {
            append(event);
            reportOthers();
            return true;
        } catch (JournalException unavailable) {
            reportUnrecorded(event, String.valueOf(unavailable.getMessage()));
            return false;
        } catch (TimeLimitedJournal.ClosedException closed) {
            reportUnrecorded(
                    "Did not record an event of task " + event.task(),
                    "hangupby is closed; its recovery searches for wrap-ups after the next start");
            return false;
        } catch (RuntimeException failed) {
            // A user's journal can put personal data into its messages.
            reportUnrecorded(event, failed.getClass().getName());
            return false;
        }
    }

    /** Returns how many events could not be recorded. */
    long unrecorded() {
        return unrecorded.sum();
    }

    private void reportUnrecorded(CallEvent event, String reason) {
        reportUnrecorded("Did not record an event of task " + event.task(), reason + "; check the store");
    }

    /** Counts and logs an event that is not recorded. */
    void reportUnrecorded(String what, String reason) {
        unrecorded.increment();
        if (lines.isDue()) {
            log.warn("{}: {}{}", what, reason, others(unreported.getAndSet(0)));
        } else {
            unreported.incrementAndGet();
        }
    }

    private static String others(long unreported) {
        return unreported == 0 ? "" : " (and " + unreported + " others before it)";
    }

    private void reportOthers() {
        if (unreported.get() > 0 && lines.isDue()) {
            log.warn("Did not record {} more events; events are recorded again", unreported.getAndSet(0));
        }
    }
}
