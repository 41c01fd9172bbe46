package io.hangupby.call;

import java.time.Instant;
import java.util.Optional;

/**
 * Another agent who accepted a reservation of the same task. Immutable.
 *
 * @param reservation the other agent's reservation
 * @param contact the device on which the other agent takes calls
 * @param accepted when the other agent joined
 * @param left when the other agent's leg left, if it has
 * @param joinedVia the transfer that brought the other agent in, if one did
 */
public record OtherAgent(
        ReservationSid reservation,
        Optional<Address> contact,
        Instant accepted,
        Optional<Instant> left,
        Optional<Transfer> joinedVia) {

    /** Returns whether the other agent was in the conversation at a moment. */
    public boolean wasPresentAt(Instant moment) {
        return !accepted.isAfter(moment) && left.stream().noneMatch(then -> !then.isAfter(moment));
    }

    /** Returns whether a transfer of this starter and mode brought the other agent in. */
    public boolean joinedViaTransfer(ReservationSid starter, Transfer.Mode mode) {
        return joinedVia.stream().anyMatch(transfer -> transfer.is(starter, mode));
    }
}
