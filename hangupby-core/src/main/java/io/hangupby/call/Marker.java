package io.hangupby.call;

import java.util.Optional;

/**
 * A Flex plugin's note in the task that an agent clicked to end the call. The marker distinguishes an agent's hang-up
 * from a dropped connection and overrules no other evidence. Immutable.
 *
 * @param isSet whether there is a marker
 * @param reservation the reservation whose agent clicked; a bare marker, {@code conversations.hang_up_by = "agent"}, names none
 */
public record Marker(boolean isSet, Optional<ReservationSid> reservation) {
    /** No marker. */
    public static final Marker NONE = new Marker(false, Optional.empty());

    /** A marker that names no reservation. */
    public static final Marker BARE = new Marker(true, Optional.empty());

    /** Refuses a reservation without a marker. */
    public Marker {
        if (!isSet && reservation.isPresent()) {
            throw new IllegalArgumentException("no marker names no reservation");
        }
    }

    /** Returns a marker that names the reservation of the agent who clicked. */
    public static Marker of(ReservationSid reservation) {
        return new Marker(true, Optional.of(reservation));
    }

    /** Returns whether there is a marker that names no reservation. */
    public boolean isBare() {
        return isSet && reservation.isEmpty();
    }

    /** Returns whether this marker counts for the agent of a reservation. */
    public boolean speaksFor(ReservationSid other) {
        return isSet && reservation.map(other::equals).orElse(true);
    }
}
