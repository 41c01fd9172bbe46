package io.hangupby.simulator.internal.account;

import io.hangupby.simulator.account.Agent;
import io.hangupby.simulator.account.InsightsSnapshot;
import java.time.Instant;
import java.util.Optional;

/** One agent's reservation of a task. Guarded by the account's lock. */
public final class ReservationState {

    private final String sid;
    private final Agent agent;
    private final Instant created;
    private Instant updated;
    private Status status = Status.PENDING;
    private Optional<Instant> wrapUp = Optional.empty();
    private boolean outOfTurn;
    private Optional<InsightsSnapshot> snapshot = Optional.empty();

    public ReservationState(String sid, Agent agent, Instant created) {
        this.sid = sid;
        this.agent = agent;
        this.created = created;
        this.updated = created;
    }

    public String sid() {
        return sid;
    }

    public Agent agent() {
        return agent;
    }

    public Instant created() {
        return created;
    }

    public Instant updated() {
        return updated;
    }

    public Status status() {
        return status;
    }

    public boolean is(Status wanted) {
        return status == wanted;
    }

    public boolean isOpen() {
        return is(Status.PENDING) || is(Status.ACCEPTED);
    }

    public void become(Status next, Instant at) {
        status = next;
        updated = at;
        if (next == Status.WRAPPING) {
            wrapUp = Optional.of(at);
        }
    }

    public Optional<Instant> wrapUp() {
        return wrapUp;
    }

    /**
     * Completes the reservation.
     *
     * @param outOfTurn whether an agent who left earlier is still in after-call work
     */
    public void complete(InsightsSnapshot taken, boolean outOfTurn) {
        become(Status.COMPLETED, taken.at());
        this.outOfTurn = outOfTurn;
        snapshot = Optional.of(taken);
    }

    public boolean completedOutOfTurn() {
        return outOfTurn;
    }

    public Optional<InsightsSnapshot> snapshot() {
        return snapshot;
    }

    public enum Status {
        PENDING("pending", "created"),
        ACCEPTED("accepted", "accepted"),
        REJECTED("rejected", "rejected"),
        TIMEOUT("timeout", "timeout"),
        CANCELED("canceled", "canceled"),
        RESCINDED("rescinded", "rescinded"),
        WRAPPING("wrapping", "wrapup"),
        COMPLETED("completed", "completed");

        private final String wire;
        private final String event;

        Status(String wire, String event) {
            this.wire = wire;
            this.event = event;
        }

        public String wire() {
            return wire;
        }

        /** Returns the type of the event that reports this status. */
        public String eventType() {
            return "reservation." + event;
        }
    }
}
