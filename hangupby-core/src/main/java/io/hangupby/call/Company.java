package io.hangupby.call;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who else had a part in a call, seen from one agent's segment. Immutable.
 *
 * @param colleagues the other agents who took the call
 * @param transfers every handing on of the call, oldest first
 * @param cameBy the transfer that brought this agent in, if one did
 */
public record Company(List<Colleague> colleagues, List<Transfer> transfers, Optional<Transfer> cameBy) {
    /** The company of an agent who was alone with the customer. */
    public static final Company NONE = new Company(List.of(), List.of(), Optional.empty());

    /** Copies the lists. */
    public Company {
        colleagues = List.copyOf(colleagues);
        transfers = List.copyOf(transfers);
    }

    /** Returns the colleagues who were in the talk at a moment. */
    public List<Colleague> inAt(Instant moment) {
        return colleagues.stream()
                .filter(colleague -> colleague.wasInAt(moment))
                .toList();
    }

    /** Returns a transfer that this agent started in this mode, and that had not come to nothing by a moment. */
    public Optional<Transfer> standing(ReservationSid starter, Transfer.Mode mode, Instant moment) {
        return transfers.stream()
                .filter(transfer -> transfer.is(starter, mode) && transfer.stoodAt(moment))
                .findFirst();
    }

    /** Says whether this agent had started to hand the call on, and it had not come to nothing by a moment. */
    public boolean isHandedOnBy(ReservationSid starter, Instant moment) {
        return transfers.stream()
                .anyMatch(transfer -> transfer.stoodAt(moment)
                        && transfer.startedBy().map(starter::equals).orElse(true));
    }
}
