package io.hangupby.simulator.internal.account;

import io.hangupby.simulator.account.Agent;
import io.hangupby.simulator.account.EventVersions;
import io.hangupby.simulator.account.TaskWrite;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A task: its attributes as text, its version, its reservations. Guarded by the account's lock. */
public final class TaskState {

    private final String sid;
    private final String channel;
    private final Instant created;
    private Instant updated;
    private String attributes;
    private String baseline;
    private String before;
    private EventVersions eventVersions = EventVersions.CURRENT;
    private Status status = Status.PENDING;
    private Optional<String> reason = Optional.empty();
    private int priority;
    private int version;
    private boolean deleted;
    private final List<ReservationState> reservations = new ArrayList<>();
    private final List<TaskWrite> writes = new ArrayList<>();
    private int readsToEditAfter;
    private UnaryOperator<String> editAfterRead = UnaryOperator.identity();
    private int callsUntilEdit;
    private UnaryOperator<String> beforeCall = UnaryOperator.identity();

    public TaskState(String sid, String channel, String attributes, Instant created) {
        this.sid = sid;
        this.channel = channel;
        this.attributes = attributes;
        this.baseline = attributes;
        this.before = attributes;
        this.created = created;
        this.updated = created;
    }

    public String sid() {
        return sid;
    }

    public String channel() {
        return channel;
    }

    public Instant created() {
        return created;
    }

    public Instant updated() {
        return updated;
    }

    public String attributes() {
        return attributes;
    }

    public String baseline() {
        return baseline;
    }

    public int version() {
        return version;
    }

    public int priority() {
        return priority;
    }

    public Status status() {
        return status;
    }

    public Optional<String> reason() {
        return reason;
    }

    public boolean isDeleted() {
        return deleted;
    }

    public void delete() {
        deleted = true;
    }

    /** Returns whether agents have the task and the last agent has not wrapped up. */
    public boolean isWithAgents() {
        return status == Status.ASSIGNED || status == Status.RESERVED;
    }

    public boolean isOver() {
        return status == Status.COMPLETED || status == Status.CANCELED;
    }

    public void become(Status next, Instant at) {
        status = next;
        touched(at);
    }

    public void become(Status next, String why, Instant at) {
        reason = Optional.of(why);
        become(next, at);
    }

    /** Changes the attributes as something within the simulation does: Flex, its plugin, another program. */
    public void edit(UnaryOperator<String> change, Instant at) {
        before = attributes;
        attributes = change.apply(attributes);
        baseline = change.apply(baseline);
        touched(at);
    }

    /** Changes the attributes through the API. */
    public void write(String text, Instant at) {
        before = attributes;
        attributes = text;
        touched(at);
    }

    /** Sets what events carry of the task's versions. */
    public void eventVersions(EventVersions carried) {
        eventVersions = carried;
    }

    /** Returns the attributes as events carry them. */
    public String attributesInEvents() {
        return eventVersions == EventVersions.OLDER_ATTRIBUTES ? before : attributes;
    }

    /** Returns the number of the version that events carry, if they do. */
    public Optional<Integer> versionInEvents() {
        return eventVersions == EventVersions.NO_NUMBER ? Optional.empty() : Optional.of(version);
    }

    public void reason(String text) {
        reason = Optional.of(text);
    }

    public void priority(int value) {
        priority = value;
    }

    private void touched(Instant at) {
        version++;
        updated = at;
    }

    public List<TaskWrite> writes() {
        return List.copyOf(writes);
    }

    public void remember(TaskWrite write) {
        writes.add(write);
    }

    /** Lets another writer change the attributes right after each of the next reads of the task. */
    public void editAfterReads(int times, UnaryOperator<String> change) {
        readsToEditAfter = times;
        editAfterRead = change;
    }

    /** Lets another writer edit after this read if that was requested, and returns whether it did. */
    public boolean editedAfterRead(Instant at) {
        if (readsToEditAfter <= 0) {
            return false;
        }
        readsToEditAfter--;
        edit(editAfterRead, at);
        return true;
    }

    /** Lets another writer change the attributes right before the n-th API call about this task from now on. */
    public void editBeforeCall(int number, UnaryOperator<String> change) {
        callsUntilEdit = number;
        beforeCall = change;
    }

    /** Lets another writer edit before this API call if that was requested, and returns whether it did. */
    public boolean editedBeforeCall(Instant at) {
        if (callsUntilEdit == 0 || --callsUntilEdit > 0) {
            return false;
        }
        edit(beforeCall, at);
        return true;
    }

    public List<ReservationState> reservations() {
        return List.copyOf(reservations);
    }

    public ReservationState reserve(String reservationSid, Agent agent, Instant at) {
        ReservationState reservation = new ReservationState(reservationSid, agent, at);
        reservations.add(reservation);
        return reservation;
    }

    /** Returns the agent's latest reservation of this task. */
    public Optional<ReservationState> reservation(Agent agent) {
        return reservations.stream()
                .filter(reservation -> reservation.agent().equals(agent))
                .reduce((first, second) -> second);
    }

    public Optional<ReservationState> reservation(String reservationSid) {
        return reservations.stream()
                .filter(reservation -> reservation.sid().equals(reservationSid))
                .findFirst();
    }

    /** Returns the agent's earliest reservation of this task with this status. */
    public Optional<ReservationState> reservation(Agent agent, ReservationState.Status wanted) {
        return reservations.stream()
                .filter(reservation -> reservation.agent().equals(agent) && reservation.is(wanted))
                .findFirst();
    }

    /** Returns the reservations with this status, earliest first. */
    public List<ReservationState> reservations(ReservationState.Status wanted) {
        return reservations.stream()
                .filter(reservation -> reservation.is(wanted))
                .toList();
    }

    public boolean hasOpenReservation() {
        return reservations.stream().anyMatch(ReservationState::isOpen);
    }

    public enum Status {
        PENDING("pending"),
        RESERVED("reserved"),
        ASSIGNED("assigned"),
        WRAPPING("wrapping"),
        COMPLETED("completed"),
        CANCELED("canceled");

        private final String wire;

        Status(String wire) {
            this.wire = wire;
        }

        public String wire() {
            return wire;
        }
    }
}
