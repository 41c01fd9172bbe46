package io.hangupby.call;

/**
 * A Flex plugin's note in the task that an agent clicked to end the call. The marker distinguishes an agent's hang-up
 * from a dropped connection and overrules no other evidence. Immutable.
 */
public sealed interface Marker {

    /** Returns whether this marker counts for the agent of a reservation. */
    boolean speaksFor(ReservationSid reservation);

    /** No marker. */
    record None() implements Marker {
        @Override
        public boolean speaksFor(ReservationSid reservation) {
            return false;
        }
    }

    /** Only {@code conversations.hang_up_by = "agent"}, which names no reservation. */
    record Bare() implements Marker {
        @Override
        public boolean speaksFor(ReservationSid reservation) {
            return true;
        }
    }

    /**
     * A marker that names the reservation of the agent who clicked.
     *
     * @param reservation the reservation whose agent clicked
     */
    record Named(ReservationSid reservation) implements Marker {
        @Override
        public boolean speaksFor(ReservationSid other) {
            return reservation.equals(other);
        }
    }
}
