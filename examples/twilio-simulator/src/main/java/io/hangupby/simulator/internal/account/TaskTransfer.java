package io.hangupby.simulator.internal.account;

import io.hangupby.simulator.account.Agent;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** A transfer of a task by one agent. Guarded by the account's lock. */
public final class TaskTransfer {

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
     * @param worker the target agent, or empty for a queue
     * @param to the SID of the worker or the queue
     */
    public TaskTransfer(
            String sid, ReservationState initiator, Mode mode, Optional<Agent> worker, String to, Instant started) {
        this.sid = sid;
        this.initiator = initiator;
        this.mode = mode;
        this.worker = worker;
        this.to = to;
        this.started = started;
    }

    public String sid() {
        return sid;
    }

    public ReservationState initiator() {
        return initiator;
    }

    public Mode mode() {
        return mode;
    }

    public String type() {
        return isToQueue() ? "QUEUE" : "WORKER";
    }

    public String to() {
        return to;
    }

    public Instant started() {
        return started;
    }

    public Status status() {
        return status;
    }

    public Optional<String> failedReason() {
        return failedReason;
    }

    public boolean isToQueue() {
        return worker.isEmpty();
    }

    public boolean isUnderWay() {
        return status == Status.INITIATED;
    }

    /** Returns whether the transfer is under way and nobody has accepted it. */
    public boolean isOpen() {
        return isUnderWay() && target.isEmpty();
    }

    /** Returns whether this agent can still accept the transfer. */
    public boolean isFor(Agent agent) {
        return isOpen() && (isToQueue() || worker.equals(Optional.of(agent)));
    }

    public void acceptedBy(ReservationState by) {
        target = Optional.of(by);
    }

    /** Returns the reservation of the agent who accepted the transfer. */
    public Optional<ReservationState> target() {
        return target;
    }

    public boolean wasAcceptedBy(ReservationState reservation) {
        return target.filter(reservation::equals).isPresent();
    }

    public void become(Status next) {
        status = next;
    }

    public void fail(String why) {
        status = Status.FAILED;
        failedReason = Optional.of(why);
    }

    public enum Mode {
        WARM,
        COLD
    }

    public enum Status {
        INITIATED,
        COMPLETE,
        FAILED,
        CANCELED;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Returns the type of the event that reports this status. */
        public String eventType() {
            return "task.transfer-" + (this == COMPLETE ? "completed" : wire());
        }
    }
}
