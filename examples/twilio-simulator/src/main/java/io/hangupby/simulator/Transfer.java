package io.hangupby.simulator;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** One agent's handing on of a task. Guarded by the world's lock. */
final class Transfer {

    private final String sid;
    private final ReservationState initiator;
    private final Mode mode;
    private final Optional<Agent> worker;
    private final String to;
    private final Instant started;
    private Status status = Status.INITIATED;
    private Optional<String> failedReason = Optional.empty();
    private Optional<ReservationState> target = Optional.empty();

    /**
     * @param worker whom it is for, or empty for a queue
     * @param to the SID of the worker or the queue
     */
    Transfer(String sid, ReservationState initiator, Mode mode, Optional<Agent> worker, String to, Instant started) {
        this.sid = sid;
        this.initiator = initiator;
        this.mode = mode;
        this.worker = worker;
        this.to = to;
        this.started = started;
    }

    String sid() {
        return sid;
    }

    ReservationState initiator() {
        return initiator;
    }

    Mode mode() {
        return mode;
    }

    String type() {
        return isToQueue() ? "QUEUE" : "WORKER";
    }

    String to() {
        return to;
    }

    Instant started() {
        return started;
    }

    Status status() {
        return status;
    }

    Optional<String> failedReason() {
        return failedReason;
    }

    boolean isToQueue() {
        return worker.isEmpty();
    }

    boolean isUnderWay() {
        return status == Status.INITIATED;
    }

    /** Says whether it is under way and nobody has taken it yet. */
    boolean isStillOpen() {
        return isUnderWay() && target.isEmpty();
    }

    /** Says whether this agent could still take it. */
    boolean isFor(Agent agent) {
        return isStillOpen() && (isToQueue() || worker.equals(Optional.of(agent)));
    }

    void taken(ReservationState by) {
        target = Optional.of(by);
    }

    /** The reservation of the agent who accepted it. */
    Optional<ReservationState> target() {
        return target;
    }

    boolean broughtIn(ReservationState reservation) {
        return target.filter(reservation::equals).isPresent();
    }

    void become(Status next) {
        status = next;
    }

    void fail(String why) {
        status = Status.FAILED;
        failedReason = Optional.of(why);
    }

    enum Mode {
        WARM,
        COLD
    }

    enum Status {
        INITIATED,
        COMPLETE,
        FAILED,
        CANCELED;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The event that tells of this status. */
        String eventType() {
            return "task.transfer-" + (this == COMPLETE ? "completed" : wire());
        }
    }
}
