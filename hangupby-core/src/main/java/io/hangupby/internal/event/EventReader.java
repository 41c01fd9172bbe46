package io.hangupby.internal.event;

import io.hangupby.call.AccountSid;
import io.hangupby.call.Address;
import io.hangupby.call.CallSid;
import io.hangupby.call.ConferenceSid;
import io.hangupby.call.ReservationSid;
import io.hangupby.call.TaskRef;
import io.hangupby.call.TaskSid;
import io.hangupby.call.Transfer;
import io.hangupby.call.WorkerSid;
import io.hangupby.call.WorkspaceSid;
import io.hangupby.internal.event.TaskRouterEvent.ReservationEvent;
import io.hangupby.internal.event.TaskRouterEvent.TaskEvent;
import io.hangupby.internal.event.TaskRouterEvent.TaskUpdated;
import io.hangupby.internal.event.TaskRouterEvent.TransferEvent;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Converts an event's fields into a typed event. An irrelevant event is recognised by type and channel before any other
 * field is read. Thread-safe.
 */
public final class EventReader {
    /** Longer than any number, client or SIP address. The limit bounds what is stored with each event. */
    private static final int LONGEST_ADDRESS = 512;

    /** Flex Insights keeps no longer value, and no marker is longer. */
    private static final int LONGEST_VALUE = 128;

    private final Set<String> channels;
    private final TaskVersions versions;
    private volatile Optional<TaskRef> lastTask = Optional.empty();

    /**
     * @param channels the unique names of the task channels that carry calls
     */
    public EventReader(Set<String> channels) {
        this(channels, TaskVersions.NONE);
    }

    /**
     * @param channels the unique names of the task channels that carry calls
     * @param versions receives the versions of tasks that events carry
     */
    public EventReader(Set<String> channels, TaskVersions versions) {
        this.channels = Set.copyOf(channels);
        this.versions = versions;
    }

    /** Reads one event. */
    public EventReading read(EventFields fields) {
        EventType type = EventType.of(fields.text("EventType").orElse(""));
        if (type == EventType.OTHER || onAnotherChannel(fields)) {
            return new EventReading.Irrelevant();
        }
        if (type == EventType.TASK_UPDATED) {
            return update(fields);
        }
        try {
            TaskRouterEvent event = event(type, fields);
            versions.received(type, event.task(), () -> version(event.task(), event.at(), fields));
            return new EventReading.Relevant(event);
        } catch (MalformedEventException malformed) {
            return new EventReading.Malformed(malformed.getMessage());
        }
    }

    /** Such events are frequent. Nothing of their attributes is read unless an agent of the task is in wrap-up. */
    private EventReading update(EventFields fields) {
        boolean isWrapping = fields.is("TaskAssignmentStatus", "wrapping");
        try {
            TaskRef task = task(fields);
            return isWrapping || versions.isWatched(task)
                    ? version(task, at(fields), fields)
                            .<EventReading>map(version -> new EventReading.Relevant(new TaskUpdated(version)))
                            .orElseGet(EventReading.Irrelevant::new)
                    : new EventReading.Irrelevant();
        } catch (MalformedEventException useless) {
            return new EventReading.Irrelevant();
        }
    }

    private static Optional<TaskVersion> version(TaskRef task, Instant at, EventFields fields) {
        boolean isOver =
                fields.is("TaskAssignmentStatus", "completed") || fields.is("TaskAssignmentStatus", "canceled");
        return fields.text("TaskAttributes")
                .map(attributes -> new TaskVersion(task, at, fields.number("TaskVersion"), attributes, isOver));
    }

    /** Not every event names a channel: transfer events are documented without the field. */
    private boolean onAnotherChannel(EventFields fields) {
        return fields.text("TaskChannelUniqueName")
                .filter(channel -> !channels.contains(channel))
                .isPresent();
    }

    private TaskRouterEvent event(EventType type, EventFields fields) {
        TaskRef task = task(fields);
        Instant at = at(fields);
        if (type.isReservation()) {
            ReservationSid reservation = required(fields, "ReservationSid", ReservationSid::parse);
            Optional<WorkerSid> worker = fields.text("WorkerSid").flatMap(WorkerSid::parse);
            return new ReservationEvent(
                    type,
                    task,
                    at,
                    reservation,
                    worker,
                    contact(type, fields),
                    conference(type, fields),
                    customer(type, fields),
                    hangUpBy(type, task, at, fields),
                    queue(type, fields));
        }
        if (type.isTransfer()) {
            Optional<ReservationSid> startedBy =
                    fields.text("TransferInitiatingReservationSid").flatMap(ReservationSid::parse);
            return new TransferEvent(type, task, at, startedBy, mode(fields));
        }
        return new TaskEvent(type, task, at, conference(type, fields), bornWith(type, fields), customer(type, fields));
    }

    /** Most events are of the same workspace as the event before, so all tasks share the SID objects. */
    private TaskRef task(EventFields fields) {
        TaskSid sid = required(fields, "TaskSid", TaskSid::parse);
        Optional<TaskRef> sibling =
                lastTask.filter(last -> fields.is("AccountSid", last.account().value())
                        && fields.is("WorkspaceSid", last.workspace().value()));
        if (sibling.isPresent()) {
            return new TaskRef(sibling.get().account(), sibling.get().workspace(), sid);
        }
        TaskRef task = new TaskRef(
                required(fields, "AccountSid", AccountSid::parse),
                required(fields, "WorkspaceSid", WorkspaceSid::parse),
                sid);
        lastTask = Optional.of(task);
        return task;
    }

    /** Twilio has sent {@code TimestampMs} since 2018, but only {@code Timestamp} is documented. */
    private static Instant at(EventFields fields) {
        return fields.number("TimestampMs")
                .map(Instant::ofEpochMilli)
                .or(() -> fields.number("Timestamp").map(Instant::ofEpochSecond))
                .orElseThrow(() -> new MalformedEventException("TimestampMs"));
    }

    private static Optional<Address> contact(EventType type, EventFields fields) {
        return type == EventType.RESERVATION_ACCEPTED || type.isWrapUp()
                ? fields.within("WorkerAttributes", "contact_uri")
                        .filter(uri -> uri.length() <= LONGEST_ADDRESS)
                        .map(Address::new)
                : Optional.empty();
    }

    /** The conference is needed only after wrap-up, so the attributes of other events are not parsed. */
    private static Optional<ConferenceSid> conference(EventType type, EventFields fields) {
        return type.isWrapUp()
                ? fields.within("TaskAttributes", "conference", "sid").flatMap(ConferenceSid::parse)
                : Optional.empty();
    }

    /** Flex Insights reads the value when a reservation completes. It is compared with the value that hangupby wrote. */
    private Optional<String> hangUpBy(EventType type, TaskRef task, Instant at, EventFields fields) {
        return type == EventType.RESERVATION_COMPLETED
                ? versions.hangUpBy(task, () -> version(task, at, fields))
                : Optional.empty();
    }

    /** Named with the wrap-up, so that the customer's Call can be read at the same time as the task. */
    private static Optional<CallSid> customer(EventType type, EventFields fields) {
        return type.isWrapUp()
                ? fields.within("TaskAttributes", "conference", "participants", "customer")
                        .or(() -> fields.within("TaskAttributes", "call_sid"))
                        .flatMap(CallSid::parse)
                : Optional.empty();
    }

    /** The queue of the invitation that the agent accepts. A transfer can change the task's queue afterwards. */
    private static Optional<String> queue(EventType type, EventFields fields) {
        return type == EventType.RESERVATION_ACCEPTED
                ? fields.text("TaskQueueName").filter(name -> !name.isBlank() && name.length() <= LONGEST_VALUE)
                : Optional.empty();
    }

    /** The text is searched first, because nearly no task is created with a value, and parsing costs. */
    private static Optional<String> bornWith(EventType type, EventFields fields) {
        return type == EventType.TASK_CREATED
                        && fields.text("TaskAttributes").stream().anyMatch(text -> text.contains("hang_up_by"))
                ? fields.within("TaskAttributes", "conversations", "hang_up_by")
                        .filter(value -> !value.isEmpty() && value.length() <= LONGEST_VALUE)
                : Optional.empty();
    }

    private static Optional<Transfer.Mode> mode(EventFields fields) {
        return fields.text("TransferMode")
                .flatMap(text -> Arrays.stream(Transfer.Mode.values())
                        .filter(mode -> mode.name().equalsIgnoreCase(text))
                        .findFirst());
    }

    private static <T> T required(EventFields fields, String name, Function<String, Optional<T>> parse) {
        return fields.text(name).flatMap(parse).orElseThrow(() -> new MalformedEventException(name));
    }

    /** Ends the reading of one event. Never thrown out of this class. */
    private static final class MalformedEventException extends RuntimeException {
        private static final long serialVersionUID = 1;

        MalformedEventException(String field) {
            super(field + " is missing or malformed", null, false, false);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }
}
