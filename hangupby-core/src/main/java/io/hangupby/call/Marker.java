package io.hangupby.call;

/**
 * The word of a Flex plugin that an agent ended the call on purpose, as it stands in the task. It decides between an
 * agent's hang-up and a dropped connection, and overrules nothing else. Immutable.
 */
public sealed interface Marker {

    /** Says whether this marker speaks for the agent of a reservation. */
    boolean speaksFor(ReservationSid reservation);

    /** There is none. */
    record None() implements Marker {
        @Override
        public boolean speaksFor(ReservationSid reservation) {
            return false;
        }
    }

    /** Only {@code conversations.hang_up_by = "agent"}, which names nobody. */
    record Bare() implements Marker {
        @Override
        public boolean speaksFor(ReservationSid reservation) {
            return true;
        }
    }

    /**
     * A marker that names whose it is.
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
