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
 * Finds wrap-ups whose callbacks were lost, while their values can still be written. TaskRouter may not send an event again, but
 * stores it for 30 days. Used by one thread at a time.
 */
public final class Recovery {
    private static final Logger log = LoggerFactory.getLogger(Recovery.class);

    /** A callback may take this long to arrive, with all its attempts. */
    private static final Duration DELIVERY = Duration.ofSeconds(5);

    /** Searches overlap by this much, because an event may appear later than it happened. */
    private static final Duration OVERLAP = Duration.ofMinutes(2);

    /** How many tasks a search may read from Twilio; the others wait for the next search. */
    private static final int TASKS_AT_MOST = 200;

    private final TaskJournal journal;
    private final TwilioGateway twilio;
    private final Supplier<Set<WorkspaceSid>> workspaces;
    private final Duration lookBack;
    private final Clock clock;
    private final LongAdder recovered = new LongAdder();
    private Optional<Instant> searchedAt = Optional.empty();

    /**
     * @param journal stores the events that are found
     * @param twilio is searched
     * @param workspaces the workspaces to search
     * @param lookBack the period of the first search, and the longest period of later searches
     * @param clock says what time it is at Twilio
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

    /** Returns how many lost wrap-ups were found since the start. */
    public long recovered() {
        return recovered.sum();
    }

    /** Searches the workspaces once. */
    public void search() {
        Instant now = clock.instant();
        Instant earliest = now.minus(lookBack);
        Instant since = searchedAt
                .map(last -> last.minus(OVERLAP))
                .filter(last -> last.isAfter(earliest))
                .orElse(earliest);
        boolean all = true;
        for (WorkspaceSid workspace : workspaces.get()) {
            all &= search(workspace, since, now.minus(DELIVERY));
        }
        // The first response may have corrected the clock to an earlier time.
        if (all && !clock.instant().isBefore(now)) {
            searchedAt = Optional.of(now);
        }
    }

    /** Returns whether all wrap-ups that were found are processed. */
    private boolean search(WorkspaceSid workspace, Instant since, Instant until) {
        List<ReservationEvent> endEvents = twilio.reservationEndEvents(workspace, since).stream()
                .filter(event -> !event.at().isAfter(until))
                .toList();
        Set<ReservationSid> completed = endEvents.stream()
                .filter(event -> event.type() == EventType.RESERVATION_COMPLETED)
                .map(ReservationEvent::reservation)
                .collect(Collectors.toSet());
        List<ReservationEvent> missed = new ArrayList<>();
        int tooLate = 0;
        for (ReservationEvent event : endEvents) {
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
                    "recovery: in workspace {}, {} wrap-ups had not arrived and are processed now; {} more were completed already. "
                            + "If this line repeats, callbacks do not arrive: check the event callback URL",
                    workspace,
                    Math.min(missed.size(), TASKS_AT_MOST),
                    tooLate);
        }
        return missed.size() <= TASKS_AT_MOST;
    }

    private boolean isUnknown(ReservationEvent event) {
        return !journal.read(event.task()).timeline().knows(event);
    }

    /** Stores a completion that did not arrive, because another agent's value may wait for it. */
    private void completeIfMissed(ReservationEvent event) {
        if (!journal.read(event.task()).outcomes().isEmpty()) {
            journal.append(event);
        }
    }

    private void recover(ReservationEvent event) {
        twilio.events(event.task()).events().forEach(journal::append);
        journal.append(event);
        recovered.increment();
        log.debug("task {} reservation {}: its wrap-up had not arrived", event.task(), event.reservation());
    }
}
