package io.hangupby.call;

import java.time.Instant;
import java.util.Optional;

/**
 * An agent's handing on of the call to a colleague or a queue. Immutable.
 *
 * @param startedBy the reservation whose agent started it, where that is known
 * @param mode how, where that is known
 * @param started when
 * @param cameToNothing when it failed for good or was called off, if it was
 */
public record Transfer(
        Optional<ReservationSid> startedBy, Optional<Mode> mode, Instant started, Optional<Instant> cameToNothing) {

    /** How a call is handed on. */
    public enum Mode {
        /** The agent stays until the other one has joined. */
        WARM,
        /** The agent leaves at once. */
        COLD
    }

    /** Says whether this agent started it, in this mode. */
    public boolean is(ReservationSid reservation, Mode expected) {
        return startedBy.filter(reservation::equals).isPresent()
                && mode.filter(expected::equals).isPresent();
    }

    /** Says whether it was under way, or had succeeded, at a moment. */
    public boolean stoodAt(Instant moment) {
        return !started.isAfter(moment)
                && cameToNothing.filter(end -> !end.isAfter(moment)).isEmpty();
    }

    /**
     * Says whether an agent who was asked at a moment can have been asked by it; what is called off in that very moment had
     * asked before.
     */
    public boolean canHaveAskedAt(Instant moment) {
        return !started.isAfter(moment)
                && cameToNothing.filter(end -> end.isBefore(moment)).isEmpty();
    }
}
