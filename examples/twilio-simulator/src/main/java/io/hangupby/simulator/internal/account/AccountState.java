package io.hangupby.simulator.internal.account;

import io.hangupby.simulator.account.Agent;
import io.hangupby.simulator.events.CallbackEvent;
import io.hangupby.simulator.events.ConferenceStatusEvent;
import io.hangupby.simulator.events.WorkspaceEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The state of the account: all that the API can show. Each change is one moment: it happens under one lock, and its events
 * are passed on, in order, before the next change is visible. Thread-safe.
 */
public final class AccountState {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Clock clock;
    private final WorkspaceEventFactory eventFactory;
    private final Consumer<List<CallbackEvent>> sink;
    private final Map<String, TaskState> tasks = new LinkedHashMap<>();
    private final Map<String, SimulatedConference> conferences = new LinkedHashMap<>();
    private final Map<String, PhoneCall> calls = new LinkedHashMap<>();
    private final Map<String, String> owners = new ConcurrentHashMap<>();
    private final List<WorkspaceEvent> log = new ArrayList<>();
    private final List<ConferenceStatusEvent> conferenceLog = new ArrayList<>();

    public AccountState(Clock clock, WorkspaceEventFactory eventFactory, Consumer<List<CallbackEvent>> sink) {
        this.clock = clock;
        this.eventFactory = eventFactory;
        this.sink = sink;
    }

    /** Returns the present time of the account. */
    public Instant now() {
        return clock.instant();
    }

    /** Changes the account in one moment. */
    public void change(Consumer<Moment> change) {
        inOneMoment(moment -> {
            change.accept(moment);
            return moment;
        });
    }

    /** Changes or reads the account in one moment and returns the result. */
    public <T> T inOneMoment(Function<Moment, T> change) {
        lock.lock();
        try {
            Moment moment = new Moment(clock.instant());
            T result = change.apply(moment);
            if (!moment.events.isEmpty()) {
                moment.events.forEach(this::remember);
                sink.accept(List.copyOf(moment.events));
                changed.signalAll();
            }
            return result;
        } finally {
            lock.unlock();
        }
    }

    private void remember(CallbackEvent event) {
        if (event instanceof WorkspaceEvent inWorkspace) {
            log.add(inWorkspace);
        } else if (event instanceof ConferenceStatusEvent inConference) {
            conferenceLog.add(inConference);
        }
    }

    /** Waits until the condition is true; returns whether it became true within the limit. */
    public boolean await(BooleanSupplier condition, Duration limit) throws InterruptedException {
        lock.lock();
        try {
            long left = limit.toNanos();
            while (!condition.getAsBoolean()) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets everything that belongs to a task, without an event. */
    public void forget(String taskSid) {
        lock.lock();
        try {
            owners.values().removeIf(taskSid::equals);
            tasks.remove(taskSid);
            conferences.keySet().removeIf(sid -> !owners.containsKey(sid));
            calls.keySet().removeIf(sid -> !owners.containsKey(sid));
            log.removeIf(event -> event.taskSid().equals(taskSid));
            conferenceLog.removeIf(event -> event.taskSid().equals(taskSid));
        } finally {
            lock.unlock();
        }
    }

    /** Returns the task that a SID belongs to: that of the task, a conference, a call, a reservation or a transfer. */
    public Optional<String> ownerOf(String sid) {
        return Optional.ofNullable(owners.get(sid));
    }

    /** One moment: the account as it is, and the events of the change. Valid under the lock only. */
    public final class Moment {

        private final Instant at;
        private final List<CallbackEvent> events = new ArrayList<>();

        private Moment(Instant at) {
            this.at = at;
        }

        public Instant at() {
            return at;
        }

        public void add(TaskState task) {
            tasks.put(task.sid(), task);
            owners.put(task.sid(), task.sid());
        }

        public void add(SimulatedConference conference, String taskSid) {
            conferences.put(conference.sid(), conference);
            owners.put(conference.sid(), taskSid);
        }

        public void add(PhoneCall call, String taskSid) {
            calls.put(call.sid(), call);
            owners.put(call.sid(), taskSid);
        }

        public void own(String sid, String taskSid) {
            owners.put(sid, taskSid);
        }

        /** Returns a task that has not been deleted. */
        public Optional<TaskState> task(String sid) {
            return Optional.ofNullable(tasks.get(sid)).filter(task -> !task.isDeleted());
        }

        public Optional<SimulatedConference> conference(String sid) {
            return Optional.ofNullable(conferences.get(sid));
        }

        public Collection<SimulatedConference> conferences() {
            return conferences.values();
        }

        public Optional<PhoneCall> call(String sid) {
            return Optional.ofNullable(calls.get(sid));
        }

        public Collection<PhoneCall> calls() {
            return calls.values();
        }

        /** Returns all events of the workspace so far, oldest first. */
        public List<WorkspaceEvent> log() {
            return Collections.unmodifiableList(log);
        }

        /** Returns all events of conferences so far, oldest first. */
        public List<ConferenceStatusEvent> conferenceLog() {
            return Collections.unmodifiableList(conferenceLog);
        }

        public void emit(CallbackEvent event) {
            events.add(event);
        }

        public void emitTaskEvent(String type, TaskState task) {
            emit(eventFactory.task(type, task, at));
        }

        public void emitTaskEvent(String type, TaskState task, Agent agent) {
            emit(eventFactory.task(type, task, agent, at));
        }

        public void emitQueueEvent(String type, TaskState task) {
            emit(eventFactory.queue(type, task, at));
        }

        public void emitReservationEvent(TaskState task, ReservationState reservation) {
            emit(eventFactory.reservation(task, reservation, at));
        }

        public void emitTransferEvent(String type, TaskState task, TaskTransfer transfer, boolean inFull) {
            emit(eventFactory.transfer(type, task, transfer, inFull, at));
        }

        public void emitWorkerEvent(String type, Agent agent, String activity) {
            emit(eventFactory.worker(type, agent, activity, at));
        }

        /** Returns an event without emitting it. */
        public WorkspaceEvent reservationEvent(String type, TaskState task, ReservationState reservation) {
            return eventFactory.reservation(type, task, reservation, at);
        }

        /** Changes the status of a reservation and emits the event of it. */
        public void move(TaskState task, ReservationState reservation, ReservationState.Status next) {
            reservation.become(next, at);
            emitReservationEvent(task, reservation);
        }
    }
}
