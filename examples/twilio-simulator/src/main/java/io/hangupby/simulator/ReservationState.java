package io.hangupby.simulator;

import java.time.Instant;
import java.util.Optional;

/** One agent's part in a task. Guarded by the world's lock. */
final class ReservationState {

    private final String sid;
    private final Agent agent;
    private final Instant created;
    private Instant updated;
    private Status status = Status.PENDING;
    private Optional<Instant> wrapUp = Optional.empty();
    private boolean outOfTurn;
    private Optional<Snapshot> snapshot = Optional.empty();

    ReservationState(String sid, Agent agent, Instant created) {
        this.sid = sid;
        this.agent = agent;
        this.created = created;
        this.updated = created;
    }

    String sid() {
        return sid;
    }

    Agent agent() {
        return agent;
    }

    Instant created() {
        return created;
    }

    Instant updated() {
        return updated;
    }

    Status status() {
        return status;
    }

    boolean is(Status wanted) {
        return status == wanted;
    }

    boolean isOpen() {
        return is(Status.PENDING) || is(Status.ACCEPTED);
    }

    void become(Status next, Instant at) {
        status = next;
        updated = at;
        if (next == Status.WRAPPING) {
            wrapUp = Optional.of(at);
        }
    }

    Optional<Instant> wrapUp() {
        return wrapUp;
    }

    /**
     * @param beforeItsTurn while somebody who had left earlier was still in after-call work
     */
    void complete(Snapshot taken, boolean beforeItsTurn) {
        become(Status.COMPLETED, taken.at());
        outOfTurn = beforeItsTurn;
        snapshot = Optional.of(taken);
    }

    boolean completedOutOfTurn() {
        return outOfTurn;
    }

    Optional<Snapshot> snapshot() {
        return snapshot;
    }

    enum Status {
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

        String wire() {
            return wire;
        }

        /** The event that tells of this status. */
        String eventType() {
            return "reservation." + event;
        }
    }
}
