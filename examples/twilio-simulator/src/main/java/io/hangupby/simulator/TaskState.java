package io.hangupby.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A task: its attributes as text, its version, its reservations. Guarded by the world's lock. */
final class TaskState {

    private final String sid;
    private final String channel;
    private final Instant created;
    private Instant updated;
    private String attributes;
    private String baseline;
    private Status status = Status.PENDING;
    private Optional<String> reason = Optional.empty();
    private int priority;
    private int version;
    private boolean deleted;
    private final List<ReservationState> reservations = new ArrayList<>();
    private final List<TaskWrite> writes = new ArrayList<>();
    private int interferences;
    private UnaryOperator<String> interference = UnaryOperator.identity();
    private int callsUntilEdit;
    private UnaryOperator<String> editBeforeCall = UnaryOperator.identity();

    TaskState(String sid, String channel, String attributes, Instant created) {
        this.sid = sid;
        this.channel = channel;
        this.attributes = attributes;
        this.baseline = attributes;
        this.created = created;
        this.updated = created;
    }

    String sid() {
        return sid;
    }

    String channel() {
        return channel;
    }

    Instant created() {
        return created;
    }

    Instant updated() {
        return updated;
    }

    String attributes() {
        return attributes;
    }

    String baseline() {
        return baseline;
    }

    int version() {
        return version;
    }

    int priority() {
        return priority;
    }

    Status status() {
        return status;
    }

    Optional<String> reason() {
        return reason;
    }

    boolean isDeleted() {
        return deleted;
    }

    void delete() {
        deleted = true;
    }

    /** Says whether it has been given to agents and none has wrapped it up. */
    boolean isWithAgents() {
        return status == Status.ASSIGNED || status == Status.RESERVED;
    }

    boolean isOver() {
        return status == Status.COMPLETED || status == Status.CANCELED;
    }

    void become(Status next, Instant at) {
        status = next;
        touch(at);
    }

    void become(Status next, String why, Instant at) {
        reason = Optional.of(why);
        become(next, at);
    }

    /** A change of the attributes by somebody in the simulated world. */
    void edit(UnaryOperator<String> change, Instant at) {
        attributes = change.apply(attributes);
        baseline = change.apply(baseline);
        touch(at);
    }

    /** A change of the attributes through the API. */
    void write(String text, Instant at) {
        attributes = text;
        touch(at);
    }

    void reason(String text) {
        reason = Optional.of(text);
    }

    void priority(int value) {
        priority = value;
    }

    private void touch(Instant at) {
        version++;
        updated = at;
    }

    List<TaskWrite> writes() {
        return List.copyOf(writes);
    }

    void remember(TaskWrite write) {
        writes.add(write);
    }

    /** Lets another writer change the attributes right after each of the next reads. */
    void interfereAfterReads(int times, UnaryOperator<String> change) {
        interferences = times;
        interference = change;
    }

    /** Says whether another writer got in after this read. */
    boolean interfered(Instant at) {
        if (interferences <= 0) {
            return false;
        }
        interferences--;
        edit(interference, at);
        return true;
    }

    /** Lets another writer change the attributes right before the n-th API call that is about this task from now on. */
    void interfereBeforeCall(int number, UnaryOperator<String> change) {
        callsUntilEdit = number;
        editBeforeCall = change;
    }

    /** Says whether another writer got in before this call. */
    boolean interferedBeforeCall(Instant at) {
        if (callsUntilEdit == 0 || --callsUntilEdit > 0) {
            return false;
        }
        edit(editBeforeCall, at);
        return true;
    }

    List<ReservationState> reservations() {
        return List.copyOf(reservations);
    }

    ReservationState reserve(String reservationSid, Agent agent, Instant at) {
        ReservationState reservation = new ReservationState(reservationSid, agent, at);
        reservations.add(reservation);
        return reservation;
    }

    /** The agent's latest reservation on this task. */
    Optional<ReservationState> reservation(Agent agent) {
        return reservations.stream()
                .filter(reservation -> reservation.agent().equals(agent))
                .reduce((first, second) -> second);
    }

    Optional<ReservationState> reservation(String reservationSid) {
        return reservations.stream()
                .filter(reservation -> reservation.sid().equals(reservationSid))
                .findFirst();
    }

    /** The agent's earliest reservation on this task that stands so. */
    Optional<ReservationState> reservation(Agent agent, ReservationState.Status standing) {
        return reservations.stream()
                .filter(reservation -> reservation.agent().equals(agent) && reservation.is(standing))
                .findFirst();
    }

    /** The reservations that stand so, earliest first. */
    List<ReservationState> reservations(ReservationState.Status standing) {
        return reservations.stream()
                .filter(reservation -> reservation.is(standing))
                .toList();
    }

    boolean hasOpenReservation() {
        return reservations.stream().anyMatch(ReservationState::isOpen);
    }

    enum Status {
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

        String wire() {
            return wire;
        }
    }
}
