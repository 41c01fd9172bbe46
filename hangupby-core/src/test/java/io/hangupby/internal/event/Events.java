package io.hangupby.internal.event;

import io.hangupby.call.AccountSid;
import io.hangupby.call.Address;
import io.hangupby.call.ConferenceSid;
import io.hangupby.call.ReservationSid;
import io.hangupby.call.TaskRef;
import io.hangupby.call.TaskSid;
import io.hangupby.call.Transfer;
import io.hangupby.call.WorkerSid;
import io.hangupby.call.WorkspaceSid;
import io.hangupby.internal.event.TaskRouterEvent.ReservationEvent;
import io.hangupby.internal.event.TaskRouterEvent.TaskEvent;
import io.hangupby.internal.event.TaskRouterEvent.TransferEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The events of a call with one agent, each at a number of milliseconds after the call came in. */
public final class Events {
    /** When the call came in. */
    public static final Instant START = Instant.parse("2026-09-21T14:00:00Z");

    /** The agent's reservation. */
    public static final ReservationSid A = new ReservationSid("WR" + "a".repeat(32));

    /** The reservation of another agent. */
    public static final ReservationSid B = new ReservationSid("WR" + "b".repeat(32));

    /** The task. */
    public static final TaskRef TASK = task(0);

    static final ConferenceSid ROOM = new ConferenceSid("CF" + "0".repeat(32));
    static final WorkerSid WORKER = new WorkerSid("WK" + "a".repeat(32));
    static final Address BROWSER = new Address("client:ada");

    private Events() {}

    /** Returns one of many tasks. */
    public static TaskRef task(int number) {
        return new TaskRef(
                new AccountSid("AC" + "0".repeat(32)),
                new WorkspaceSid("WS" + "0".repeat(32)),
                new TaskSid(String.format("WT%032x", number)));
    }

    /** Something happened to the task. */
    public static TaskRouterEvent event(EventType type, long millis) {
        return event(TASK, type, millis);
    }

    /** Something happened to a task. */
    public static TaskRouterEvent event(TaskRef task, EventType type, long millis) {
        Instant at = START.plusMillis(millis);
        return type.isTransfer()
                ? new TransferEvent(type, task, at, Optional.of(A), Optional.empty())
                : new TaskEvent(type, task, at, Optional.empty());
    }

    /** Something happened to a reservation of the task. */
    public static TaskRouterEvent event(EventType type, ReservationSid reservation, long millis) {
        return event(TASK, type, reservation, millis);
    }

    /** Returns an event of a reservation. */
    public static TaskRouterEvent event(TaskRef task, EventType type, ReservationSid reservation, long millis) {
        return new ReservationEvent(
                type,
                task,
                START.plusMillis(millis),
                reservation,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static TransferEvent transfer(EventType type, long millis, ReservationSid startedBy, Transfer.Mode mode) {
        return new TransferEvent(type, TASK, START.plusMillis(millis), Optional.of(startedBy), Optional.of(mode));
    }

    /** Returns a transfer event without a starter and a mode. */
    static TransferEvent sparse(EventType type, long millis) {
        return new TransferEvent(type, TASK, START.plusMillis(millis), Optional.empty(), Optional.empty());
    }

    static ReservationEvent known(EventType type, long millis, WorkerSid worker, Address contact) {
        return new ReservationEvent(
                type, TASK, START.plusMillis(millis), A, Optional.of(worker), Optional.of(contact), Optional.empty());
    }

    static TaskEvent in(EventType type, long millis, ConferenceSid conference) {
        return new TaskEvent(type, TASK, START.plusMillis(millis), Optional.of(conference));
    }

    static TaskTimeline timeline(TaskRouterEvent... events) {
        return timeline(List.of(events));
    }

    static TaskTimeline timeline(List<TaskRouterEvent> events) {
        TaskTimeline timeline = TaskTimeline.of(TASK);
        for (TaskRouterEvent event : events) {
            timeline = timeline.with(event);
        }
        return timeline;
    }

    /** Returns a moment, in milliseconds after the start. */
    static Instant at(long millis) {
        return START.plusMillis(millis);
    }
}
