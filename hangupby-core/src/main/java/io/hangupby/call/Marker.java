package io.hangupby.call;

import java.util.Optional;

/**
 * A Flex plugin's note in the task that an agent clicked to end the call. The marker distinguishes an agent's hang-up
 * from a dropped connection and overrules no other evidence. Immutable.
 *
 * @param isSet whether there is a marker
 * @param reservation the reservation whose agent clicked, or may have clicked if the marker is unclear; a bare marker,
 *     {@code conversations.hang_up_by = "agent"}, names none
 * @param isUnclear whether the marker may be another agent's: two agents can write the same bare marker
 */
public record Marker(boolean isSet, Optional<ReservationSid> reservation, boolean isUnclear) {
    /** No marker. */
    public static final Marker NONE = new Marker(false, Optional.empty(), false);

    /** A marker that names no reservation. */
    public static final Marker BARE = new Marker(true, Optional.empty(), false);

    /** Refuses a reservation without a marker, and an unclear marker without a reservation. */
    public Marker {
        if (!isSet && reservation.isPresent()) {
            throw new IllegalArgumentException("no marker names no reservation");
        }
        if (isUnclear && reservation.isEmpty()) {
            throw new IllegalArgumentException("an unclear marker names the reservation whose agent may have clicked");
        }
    }

    /** Returns a marker that names the reservation of the agent who clicked. */
    public static Marker of(ReservationSid reservation) {
        return new Marker(true, Optional.of(reservation), false);
    }

    /** Returns a bare marker that may be a click of a reservation's agent, or of another agent. */
    public static Marker unclear(ReservationSid reservation) {
        return new Marker(true, Optional.of(reservation), true);
    }

    /** Returns whether there is a marker that names no reservation. */
    public boolean isBare() {
        return isSet && reservation.isEmpty();
    }

    /** Returns whether this marker counts for the agent of a reservation. */
    public boolean speaksFor(ReservationSid other) {
        return isSet && !isUnclear && reservation.map(other::equals).orElse(true);
    }
}
