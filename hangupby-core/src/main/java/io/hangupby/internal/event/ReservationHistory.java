package io.hangupby.internal.event;

import io.hangupby.call.Address;
import io.hangupby.call.OtherAgent;
import io.hangupby.call.ReservationSid;
import io.hangupby.call.Segment;
import io.hangupby.call.TaskRef;
import io.hangupby.call.Transfer;
import io.hangupby.internal.event.TaskRouterEvent.ReservationEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** The events of one reservation, oldest first. */
record ReservationHistory(ReservationSid reservation, List<ReservationEvent> events) {

    /** Returns the history of each reservation, in the order in which the agents were invited. */
    static Map<ReservationSid, ReservationHistory> of(List<TaskRouterEvent> events) {
        Map<ReservationSid, ReservationHistory> histories = new LinkedHashMap<>();
        for (TaskRouterEvent event : events) {
            if (event instanceof ReservationEvent reservation) {
                histories
                        .computeIfAbsent(
                                reservation.reservation(), sid -> new ReservationHistory(sid, new ArrayList<>()))
                        .events()
                        .add(reservation);
            }
        }
        return histories;
    }

    // A loop instead of a stream, because nearly every incoming event runs it.
    static boolean any(List<? extends TaskRouterEvent> events, Predicate<EventType> type) {
        for (TaskRouterEvent event : events) {
            if (type.test(event.type())) {
                return true;
            }
        }
        return false;
    }

    boolean has(EventType type) {
        return any(events, type::equals);
    }

    boolean accepted() {
        return has(EventType.RESERVATION_ACCEPTED) || has(EventType.RESERVATION_WRAPUP);
    }

    boolean ended() {
        return any(events, EventType::endsReservation);
    }

    /** Returns whether the reservation ended and the agent never accepted. */
    boolean wasNeverAccepted() {
        return ended() && !accepted() && !has(EventType.RESERVATION_COMPLETED);
    }

    /** Returns whether the reservation was still the agent's at a moment. */
    boolean lastedUntil(Instant moment) {
        return events.stream()
                .filter(event -> event.type().endsReservation())
                .allMatch(event -> event.type() == EventType.RESERVATION_COMPLETED
                        && !event.at().isBefore(moment));
    }

    /** Returns whether the agent was in the conversation at a moment. */
    boolean wasPresentAt(Instant moment) {
        return accepted() && otherAgent(List.of()).wasPresentAt(moment);
    }

    Optional<Instant> left() {
        return first(EventType.RESERVATION_WRAPUP);
    }

    Segment segment(TaskRef task, Instant left) {
        return new Segment(
                task,
                reservation,
                latest(ReservationEvent::worker),
                contact(),
                first(EventType.RESERVATION_ACCEPTED),
                left,
                has(EventType.RESERVATION_COMPLETED),
                latest(ReservationEvent::queue));
    }

    OtherAgent otherAgent(List<Transfer> transfers) {
        Instant accepted = first(EventType.RESERVATION_ACCEPTED)
                .orElseGet(() -> events.get(0).at());
        Optional<Instant> gone = left().or(() -> first(EventType.RESERVATION_COMPLETED));
        return new OtherAgent(reservation, contact(), accepted, gone, joinedVia(transfers));
    }

    /** Returns the latest transfer of another agent that was active when this agent was invited. */
    Optional<Transfer> joinedVia(List<Transfer> transfers) {
        Instant invited = events.get(0).at();
        return transfers.stream()
                .filter(transfer -> transfer.couldHaveInvitedAt(invited))
                .filter(transfer ->
                        transfer.startedBy().filter(reservation::equals).isEmpty())
                .reduce((earlier, later) -> later);
    }

    /** Returns when the first event of this type happened. */
    Optional<Instant> first(EventType type) {
        for (ReservationEvent event : events) {
            if (event.type() == type) {
                return Optional.of(event.at());
            }
        }
        return Optional.empty();
    }

    /** Returns who hung up, according to the attributes at the completion. */
    Optional<String> valueAtCompletion() {
        return latest(ReservationEvent::hangUpBy);
    }

    private Optional<Address> contact() {
        return latest(ReservationEvent::contact);
    }

    private <T> Optional<T> latest(Function<ReservationEvent, Optional<T>> field) {
        for (int i = events.size() - 1; i >= 0; i--) {
            Optional<T> value = field.apply(events.get(i));
            if (value.isPresent()) {
                return value;
            }
        }
        return Optional.empty();
    }
}
