package io.hangupby.internal.event;

import io.hangupby.call.Address;
import io.hangupby.call.CallSid;
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

    /** Returns the customer's leg, if the event names the leg. */
    default Optional<CallSid> customer() {
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
     * @param hangUpBy the value in {@code conversations.hang_up_by}, if the task was created with a value: it is nobody's
     *     click, and no verdict
     * @param customer the customer's leg, if the event's attributes name it
     */
    record TaskEvent(
            EventType type,
            TaskRef task,
            Instant at,
            Optional<ConferenceSid> conference,
            Optional<String> hangUpBy,
            Optional<CallSid> customer)
            implements TaskRouterEvent {

        /** An event of a task that was created without a value. */
        public TaskEvent(EventType type, TaskRef task, Instant at, Optional<ConferenceSid> conference) {
            this(type, task, at, conference, Optional.empty(), Optional.empty());
        }
    }

    /**
     * The task's attributes showed a marker, at a moment. Kept where the marker could be lost: it came after the wrap-up, or
     * another agent's value is written over it.
     *
     * @param at when the attributes showed the marker, by Twilio's clock
     * @param marker the marker
     */
    record MarkerSeen(TaskRef task, Instant at, Marker marker) implements TaskRouterEvent {

        /** TaskRouter has no event of this type. */
        @Override
        public EventType type() {
            return EventType.OTHER;
        }

        /** A marker that names its reservation is kept once. An unclear marker must not hide it, so its key has the moment. */
        @Override
        public Key key() {
            return marker.reservation()
                    .map(named -> new Key(type(), named.value(), marker.isUnclear() ? at : Instant.EPOCH))
                    .orElseGet(() -> new Key(type(), task.task().value(), at));
        }
    }

    /**
     * An event of one agent's reservation.
     *
     * @param worker the agent; empty if a reservation failed
     * @param contact the device on which the agent takes calls
     * @param conference the conference of the call, if the event's attributes name it
     * @param customer the customer's leg, if the event's attributes name it
     * @param hangUpBy who hung up, as Flex Insights reads it when the reservation completes; blank if the attributes do
     *     not say, empty if they were not read
     * @param queue the name of the task's queue, if the agent accepts and the event says
     */
    record ReservationEvent(
            EventType type,
            TaskRef task,
            Instant at,
            ReservationSid reservation,
            Optional<WorkerSid> worker,
            Optional<Address> contact,
            Optional<ConferenceSid> conference,
            Optional<CallSid> customer,
            Optional<String> hangUpBy,
            Optional<String> queue)
            implements TaskRouterEvent {

        /** An event that names no queue. */
        public ReservationEvent(
                EventType type,
                TaskRef task,
                Instant at,
                ReservationSid reservation,
                Optional<WorkerSid> worker,
                Optional<Address> contact,
                Optional<ConferenceSid> conference,
                Optional<CallSid> customer,
                Optional<String> hangUpBy) {
            this(type, task, at, reservation, worker, contact, conference, customer, hangUpBy, Optional.empty());
        }

        /** An event that names no customer's leg, and of which the value in the attributes was not read. */
        public ReservationEvent(
                EventType type,
                TaskRef task,
                Instant at,
                ReservationSid reservation,
                Optional<WorkerSid> worker,
                Optional<Address> contact,
                Optional<ConferenceSid> conference) {
            this(type, task, at, reservation, worker, contact, conference, Optional.empty(), Optional.empty());
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
     * The task's attributes changed while an agent was in wrap-up. Never stored: {@link MarkerSeen}, {@link ValueLost} and
     * {@link FieldSeen} are what matters in it.
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
     * An update showed the task while an agent in wrap-up had no verdict yet. The outcome, once it is recorded, shows whether the
     * value was already written by then, and is gone. Only the newest is kept.
     *
     * @param version the number of the task's version, if the event has it
     * @param hangUpBy the value in {@code conversations.hang_up_by}
     */
    record FieldSeen(TaskRef task, Instant at, Optional<Long> version, Optional<String> hangUpBy)
            implements TaskRouterEvent {

        @Override
        public EventType type() {
            return EventType.TASK_UPDATED;
        }

        /** Returns whether this shows a later version of the task than another event shows. */
        boolean isLaterThan(FieldSeen other) {
            return version.flatMap(number -> other.version().map(known -> number > known))
                    .orElseGet(() -> at.isAfter(other.at()));
        }
    }

    /**
     * Another writer replaced or removed a segment's value while its agent was in wrap-up.
     *
     * @param reservation the segment
     */
    record ValueLost(TaskRef task, Instant at, ReservationSid reservation) implements TaskRouterEvent {

        @Override
        public EventType type() {
            return EventType.TASK_UPDATED;
        }

        @Override
        public Key key() {
            return new Key(type(), reservation.value(), at);
        }
    }
}
