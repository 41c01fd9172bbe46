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
 * Finds the wrap-ups whose callbacks never came, while there is still time to write their values: TaskRouter does not promise
 * to send an event again, and remembers each for 30 days. Used by one thread at a time.
 */
public final class Recovery {
    private static final Logger log = LoggerFactory.getLogger(Recovery.class);

    /** A callback may be on its way for so long, with all its attempts. */
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(5);

    /** Looks overlap by this much, because an event may show later than it happened. */
    private static final Duration OVERLAP = Duration.ofMinutes(2);

    /** The tasks that one look may ask Twilio about; what is left waits for the next one. */
    private static final int TASKS_AT_MOST = 200;

    private final TaskJournal journal;
    private final TwilioGateway twilio;
    private final Supplier<Set<WorkspaceSid>> workspaces;
    private final Duration lookBack;
    private final Clock clock;
    private final LongAdder recovered = new LongAdder();
    private Optional<Instant> lookedAt = Optional.empty();

    /**
     * @param workspaces where to look
     * @param lookBack how far the first look goes back, and any other at the most
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

    /** Returns how many wrap-ups were found that had not come, since the start. */
    public long recovered() {
        return recovered.sum();
    }

    /** Looks once. */
    public void look() {
        Instant now = clock.instant();
        Instant earliest = now.minus(lookBack);
        Instant since = lookedAt.map(last -> last.minus(OVERLAP))
                .filter(last -> last.isAfter(earliest))
                .orElse(earliest);
        boolean all = true;
        for (WorkspaceSid workspace : workspaces.get()) {
            all &= look(workspace, since, now.minus(ON_ITS_WAY));
        }
        // A first response can tell that it is earlier than it seemed.
        if (all && !clock.instant().isBefore(now)) {
            lookedAt = Optional.of(now);
        }
    }

    /** Says whether all that was found is dealt with. */
    private boolean look(WorkspaceSid workspace, Instant since, Instant until) {
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
                    "recovery: in workspace {}, {} wrap-ups had not come and are looked at now; {} more were completed already. "
                            + "If this is said again and again, callbacks do not get through",
                    workspace,
                    Math.min(missed.size(), TASKS_AT_MOST),
                    tooLate);
        }
        return missed.size() <= TASKS_AT_MOST;
    }

    private boolean isUnknown(ReservationEvent event) {
        return !journal.read(event.task()).timeline().knows(event);
    }

    /** Another agent's value may wait for this. */
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
