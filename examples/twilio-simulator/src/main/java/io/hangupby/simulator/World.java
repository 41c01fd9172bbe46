package io.hangupby.simulator;

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
 * Everything that the API can show. Each change is one moment: it happens under one lock, and the events that tell of
 * it are handed on, in order, before anybody can see the next one.
 */
final class World {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Clock clock;
    private final EventForms forms;
    private final Consumer<List<CallbackEvent>> sink;
    private final Map<String, TaskState> tasks = new LinkedHashMap<>();
    private final Map<String, Room> rooms = new LinkedHashMap<>();
    private final Map<String, PhoneCall> calls = new LinkedHashMap<>();
    private final Map<String, String> owners = new ConcurrentHashMap<>();
    private final List<WorkspaceEvent> log = new ArrayList<>();
    private final List<ConferenceEvent> conferenceLog = new ArrayList<>();

    World(Clock clock, EventForms forms, Consumer<List<CallbackEvent>> sink) {
        this.clock = clock;
        this.forms = forms;
        this.sink = sink;
    }

    /** Changes the world in one moment. */
    void step(Consumer<Moment> change) {
        stepAndGet(moment -> {
            change.accept(moment);
            return moment;
        });
    }

    /** Changes or looks at the world in one moment, and answers. */
    <T> T stepAndGet(Function<Moment, T> change) {
        lock.lock();
        try {
            Moment moment = new Moment(clock.instant());
            T answer = change.apply(moment);
            if (!moment.events.isEmpty()) {
                moment.events.forEach(this::remember);
                sink.accept(List.copyOf(moment.events));
                changed.signalAll();
            }
            return answer;
        } finally {
            lock.unlock();
        }
    }

    private void remember(CallbackEvent event) {
        if (event instanceof WorkspaceEvent inWorkspace) {
            log.add(inWorkspace);
        } else if (event instanceof ConferenceEvent inConference) {
            conferenceLog.add(inConference);
        }
    }

    /** Waits until something is so; answers false if it is not within the limit. */
    boolean await(BooleanSupplier wanted, Duration limit) throws InterruptedException {
        lock.lock();
        try {
            long left = limit.toNanos();
            while (!wanted.getAsBoolean()) {
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

    /** Lets everything that belongs to a task be gone, as if it had never been. */
    void forget(String taskSid) {
        lock.lock();
        try {
            owners.values().removeIf(taskSid::equals);
            tasks.remove(taskSid);
            rooms.keySet().removeIf(sid -> !owners.containsKey(sid));
            calls.keySet().removeIf(sid -> !owners.containsKey(sid));
            log.removeIf(event -> event.taskSid().equals(taskSid));
            conferenceLog.removeIf(event -> event.taskSid().equals(taskSid));
        } finally {
            lock.unlock();
        }
    }

    /** The task that a task's, conference's or call's SID belongs to. */
    Optional<String> ownerOf(String sid) {
        return Optional.ofNullable(owners.get(sid));
    }

    /** One moment: the world as it is, and the events of what is being changed. Valid under the lock only. */
    final class Moment {

        private final Instant at;
        private final List<CallbackEvent> events = new ArrayList<>();

        private Moment(Instant at) {
            this.at = at;
        }

        Instant at() {
            return at;
        }

        void add(TaskState task) {
            tasks.put(task.sid(), task);
            owners.put(task.sid(), task.sid());
        }

        void add(Room room, String taskSid) {
            rooms.put(room.sid(), room);
            owners.put(room.sid(), taskSid);
        }

        void add(PhoneCall call, String taskSid) {
            calls.put(call.sid(), call);
            owners.put(call.sid(), taskSid);
        }

        void own(String sid, String taskSid) {
            owners.put(sid, taskSid);
        }

        /** A task that still exists. */
        Optional<TaskState> task(String sid) {
            return Optional.ofNullable(tasks.get(sid)).filter(task -> !task.isDeleted());
        }

        Optional<Room> room(String sid) {
            return Optional.ofNullable(rooms.get(sid));
        }

        Collection<Room> rooms() {
            return rooms.values();
        }

        Optional<PhoneCall> call(String sid) {
            return Optional.ofNullable(calls.get(sid));
        }

        Collection<PhoneCall> calls() {
            return calls.values();
        }

        /** All events of the workspace so far, oldest first. */
        List<WorkspaceEvent> log() {
            return Collections.unmodifiableList(log);
        }

        /** All events of conferences so far, oldest first. */
        List<ConferenceEvent> conferenceLog() {
            return Collections.unmodifiableList(conferenceLog);
        }

        void tell(CallbackEvent event) {
            events.add(event);
        }

        void tellTask(String type, TaskState task) {
            tell(forms.task(type, task, at));
        }

        void tellTask(String type, TaskState task, Agent agent) {
            tell(forms.task(type, task, agent, at));
        }

        void tellQueue(String type, TaskState task) {
            tell(forms.queue(type, task, at));
        }

        void tellReservation(TaskState task, ReservationState reservation) {
            tell(forms.reservation(task, reservation, at));
        }

        void tellTransfer(String type, TaskState task, Transfer transfer, boolean inFull) {
            tell(forms.transfer(type, task, transfer, inFull, at));
        }

        void tellWorker(String type, Agent agent, String activity) {
            tell(forms.worker(type, agent, activity, at));
        }

        /** An event that did not happen. */
        WorkspaceEvent reservationEvent(String type, TaskState task, ReservationState reservation) {
            return forms.reservation(type, task, reservation, at);
        }

        /** Moves a reservation on and tells of it. */
        void move(TaskState task, ReservationState reservation, ReservationState.Status next) {
            reservation.become(next, at);
            tellReservation(task, reservation);
        }
    }
}
