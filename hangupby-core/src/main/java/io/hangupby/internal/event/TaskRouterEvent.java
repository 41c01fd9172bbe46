package io.hangupby.internal.event;

import io.hangupby.call.Address;
import io.hangupby.call.ConferenceSid;
import io.hangupby.call.ReservationSid;
import io.hangupby.call.TaskRef;
import io.hangupby.call.Transfer;
import io.hangupby.call.WorkerSid;
import java.time.Instant;
import java.util.Optional;

/**
 * One thing that TaskRouter said of a task. It holds what evidence needs of the callback, never the caller's data.
 * Immutable.
 */
public sealed interface TaskRouterEvent extends CallEvent {

    /** What happened. */
    EventType type();

    /** Where the call takes place, if the event tells. */
    default Optional<ConferenceSid> conference() {
        return Optional.empty();
    }

    /** By what a repeated delivery of the same event is known, from whichever source it comes. */
    default Key key() {
        return new Key(type(), task().task().value(), at());
    }

    /**
     * What makes an event the same event: TaskRouter's callbacks carry no documented event id.
     *
     * @param type what happened
     * @param resource the SID of what it happened to
     * @param at when it happened
     */
    record Key(EventType type, String resource, Instant at) {}

    /**
     * Something happened to the task as a whole.
     *
     * @param conference where the call takes place, if the event's attributes say so
     */
    record TaskEvent(EventType type, TaskRef task, Instant at, Optional<ConferenceSid> conference)
            implements TaskRouterEvent {}

    /**
     * Something happened to one agent's reservation.
     *
     * @param worker the agent; missing where a reservation failed
     * @param contact the device on which the agent takes calls
     * @param conference where the call takes place, if the event's attributes say so
     */
    record ReservationEvent(
            EventType type,
            TaskRef task,
            Instant at,
            ReservationSid reservation,
            Optional<WorkerSid> worker,
            Optional<Address> contact,
            Optional<ConferenceSid> conference)
            implements TaskRouterEvent {
        @Override
        public Key key() {
            return new Key(type, reservation.value(), at);
        }
    }

    /**
     * An agent's transfer of the task went a step further.
     *
     * @param startedBy the reservation whose agent started the transfer
     * @param mode how the call is handed on
     */
    record TransferEvent(
            EventType type, TaskRef task, Instant at, Optional<ReservationSid> startedBy, Optional<Transfer.Mode> mode)
            implements TaskRouterEvent {}
}
