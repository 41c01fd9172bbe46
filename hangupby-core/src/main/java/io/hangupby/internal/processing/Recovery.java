package io.hangupby.internal.processing;

import io.hangupby.call.ReservationSid;
import io.hangupby.call.WorkspaceSid;
import io.hangupby.internal.event.EventType;
import io.hangupby.internal.event.TaskRouterEvent.ReservationEvent;
import io.hangupby.internal.journal.TaskJournal;
import io.hangupby.internal.twilio.TwilioGateway;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the wrap-ups whose callbacks never came, while there is still time to write their values. TaskRouter does not promise
 * to send an event again, but keeps each for 30 days. Used by one thread at a time.
 */
public final class Recovery {
    private static final Logger log = LoggerFactory.getLogger(Recovery.class);

    /** A callback with all its attempts takes no longer than this. */
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(5);

    /** Searches overlap by this much, because an event may show later than it happened. */
    private static final Duration OVERLAP = Duration.ofMinutes(2);

    /** The tasks that a search may ask Twilio about; the rest waits for the next search. */
    private static final int TASKS_AT_MOST = 200;

    private final TaskJournal journal;
    private final TwilioGateway twilio;
    private final Supplier<Set<WorkspaceSid>> workspaces;
    private final Duration lookBack;
    private final Clock clock;
    private final LongAdder recovered = new LongAdder();
    private Optional<Instant> searchedAt = Optional.empty();

    /**
     * @param workspaces the workspaces to search
     * @param lookBack how far the first search goes back, and any other search at the most
     */
    public Recovery(
            TaskJournal journal,
            TwilioGateway twilio,
            Supplier<Set<WorkspaceSid>> workspaces,
            Duration lookBack,
            Clock clock) {
        this.journal = journal;
        this.twilio = twilio;
        this.workspaces = workspaces;
        this.lookBack = lookBack;
        this.clock = clock;
    }

    /** Returns how many wrap-ups were found whose callbacks had not come, since the start. */
    public long recovered() {
        return recovered.sum();
    }

    /** Searches once. */
    public void search() {
        Instant now = clock.instant();
        Instant earliest = now.minus(lookBack);
        Instant since = searchedAt
                .map(last -> last.minus(OVERLAP))
                .filter(last -> last.isAfter(earliest))
                .orElse(earliest);
        boolean all = true;
        for (WorkspaceSid workspace : workspaces.get()) {
            all &= search(workspace, since, now.minus(ON_ITS_WAY));
        }
        // The first response can show that our clock was ahead.
        if (all && !clock.instant().isBefore(now)) {
            searchedAt = Optional.of(now);
        }
    }

    /** Returns whether everything that was found is recovered. */
    private boolean search(WorkspaceSid workspace, Instant since, Instant until) {
        List<ReservationEvent> endings = twilio.reservationEndEvents(workspace, since).stream()
                .filter(event -> !event.at().isAfter(until))
                .toList();
        Set<ReservationSid> completed = endings.stream()
                .filter(event -> event.type() == EventType.RESERVATION_COMPLETED)
                .map(ReservationEvent::reservation)
                .collect(Collectors.toSet());
        List<ReservationEvent> missed = new ArrayList<>();
        int tooLate = 0;
        for (ReservationEvent event : endings) {
            boolean isWrapUp = event.type() == EventType.RESERVATION_WRAPUP;
            if (isWrapUp && isUnknown(event)) {
                if (completed.contains(event.reservation())) {
                    tooLate++;
                } else {
                    missed.add(event);
                }
            } else if (!isWrapUp) {
                completeIfMissed(event);
            }
        }
        missed.stream().limit(TASKS_AT_MOST).forEach(this::recover);
        if (!missed.isEmpty() || tooLate > 0) {
            log.info(
                    "recovery: in workspace {}, {} wrap-ups had not come and are processed now; {} more were completed already. "
                            + "If this line repeats, callbacks do not get through",
                    workspace,
                    Math.min(missed.size(), TASKS_AT_MOST),
                    tooLate);
        }
        return missed.size() <= TASKS_AT_MOST;
    }

    private boolean isUnknown(ReservationEvent event) {
        return !journal.read(event.task()).timeline().knows(event);
    }

    /** Another agent's value may wait for this completion. */
    private void completeIfMissed(ReservationEvent event) {
        if (!journal.read(event.task()).outcomes().isEmpty()) {
            journal.append(event);
        }
    }

    private void recover(ReservationEvent event) {
        twilio.events(event.task()).forEach(journal::append);
        journal.append(event);
        recovered.increment();
        log.debug("task {} reservation {}: its wrap-up had not come", event.task(), event.reservation());
    }
}
