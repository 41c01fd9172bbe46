package io.hangupby.call;

import java.time.Instant;
import java.util.Optional;

/**
 * Another agent who took the same call. Immutable.
 *
 * @param reservation the colleague's reservation
 * @param contact the device on which the colleague takes calls
 * @param accepted when the colleague joined
 * @param left when the colleague's leg went, if it has
 * @param cameBy the transfer that brought the colleague in, if one did
 */
public record Colleague(
        ReservationSid reservation,
        Optional<Address> contact,
        Instant accepted,
        Optional<Instant> left,
        Optional<Transfer> cameBy) {

    /** Says whether the colleague had a part in the talk at a moment. */
    public boolean wasInAt(Instant moment) {
        return !accepted.isAfter(moment)
                && left.filter(went -> !went.isAfter(moment)).isEmpty();
    }
}
