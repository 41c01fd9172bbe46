package io.hangupby.internal.event;

import io.hangupby.call.Address;
import io.hangupby.call.ConferenceSid;
import io.hangupby.call.Marker;
import io.hangupby.call.ReservationSid;
import io.hangupby.call.TaskRef;
import io.hangupby.call.Transfer;
import io.hangupby.call.WorkerSid;
import java.time.Instant;
import java.util.Optional;

/** An event from TaskRouter. Contains the fields that evidence needs, and no data of the caller. Immutable. */
public sealed interface TaskRouterEvent extends CallEvent {

    /** Returns the type of the event. */
    EventType type();

    /** Returns the conference of the call, if the event names one. */
    default Optional<ConferenceSid> conference() {
        return Optional.empty();
    }

    /** Returns the key that identifies a repeated delivery of the same event, from any source. */
    default Key key() {
        return new Key(type(), task().task().value(), at());
    }

    /**
     * The key of an event. TaskRouter's callbacks have no documented event id.
     *
     * @param type the type of the event
     * @param resource the SID of the task or reservation
     * @param at when the event happened
     */
    record Key(EventType type, String resource, Instant at) {}

    /**
     * An event of the task.
     *
     * @param conference the conference of the call, if the event's attributes name it
     */
    record TaskEvent(EventType type, TaskRef task, Instant at, Optional<ConferenceSid> conference)
            implements TaskRouterEvent {}

    /**
     * An event of one agent's reservation.
     *
     * @param worker the agent; empty if a reservation failed
     * @param contact the device on which the agent takes calls
     * @param conference the conference of the call, if the event's attributes name it
     * @param hangUpBy who hung up, as Flex Insights reads it when the reservation completes; blank if the attributes do
     *     not say, empty if they were not read
     */
    record ReservationEvent(
            EventType type,
            TaskRef task,
            Instant at,
            ReservationSid reservation,
            Optional<WorkerSid> worker,
            Optional<Address> contact,
            Optional<ConferenceSid> conference,
            Optional<String> hangUpBy)
            implements TaskRouterEvent {

        /** An event of which the value in the attributes was not read. */
        public ReservationEvent(
                EventType type,
                TaskRef task,
                Instant at,
                ReservationSid reservation,
                Optional<WorkerSid> worker,
                Optional<Address> contact,
                Optional<ConferenceSid> conference) {
            this(type, task, at, reservation, worker, contact, conference, Optional.empty());
        }

        @Override
        public Key key() {
            return new Key(type, reservation.value(), at);
        }
    }

    /**
     * An event of a transfer.
     *
     * @param startedBy the reservation whose agent started the transfer
     * @param mode warm or cold, if the event says
     */
    record TransferEvent(
            EventType type, TaskRef task, Instant at, Optional<ReservationSid> startedBy, Optional<Transfer.Mode> mode)
            implements TaskRouterEvent {}

    /**
     * The task's attributes changed while an agent was in wrap-up. Never stored: {@link ValueChanged} is what matters in it.
     *
     * @param version the version with the change
     */
    record TaskUpdated(TaskVersion version) implements TaskRouterEvent {
        @Override
        public EventType type() {
            return EventType.TASK_UPDATED;
        }

        @Override
        public TaskRef task() {
            return version.task();
        }

        @Override
        public Instant at() {
            return version.at();
        }
    }

    /**
     * Another writer changed the field of a segment whose agent was in wrap-up.
     *
     * @param reservation the segment
     * @param marker the plugin's marker, which came after the wrap-up; none if the segment's value is gone
     */
    record ValueChanged(EventType type, TaskRef task, Instant at, ReservationSid reservation, Marker marker)
            implements TaskRouterEvent {
        @Override
        public Key key() {
            return new Key(type, reservation.value(), at);
        }

        /** Returns whether the segment's value is gone. */
        public boolean isLoss() {
            return marker instanceof Marker.None;
        }
    }
}
