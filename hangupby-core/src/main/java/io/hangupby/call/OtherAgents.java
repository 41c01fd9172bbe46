package io.hangupby.call;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The other agents of a task and its transfers, seen from one agent's segment. Immutable.
 *
 * @param agents the other agents who accepted a reservation of the task
 * @param transfers every transfer of the task, oldest first
 * @param joinedVia the transfer that brought this agent in, if one did
 */
public record OtherAgents(List<OtherAgent> agents, List<Transfer> transfers, Optional<Transfer> joinedVia) {
    /** No other agent and no transfer. */
    public static final OtherAgents NONE = new OtherAgents(List.of(), List.of(), Optional.empty());

    /** Copies the lists. */
    public OtherAgents {
        agents = List.copyOf(agents);
        transfers = List.copyOf(transfers);
    }

    /** Returns the other agents who were in the conversation at a moment. */
    public List<OtherAgent> presentAt(Instant moment) {
        return agents.stream().filter(agent -> agent.wasPresentAt(moment)).toList();
    }

    /** Returns whether another agent was in the conversation at a moment. */
    public boolean anyPresentAt(Instant moment) {
        return agents.stream().anyMatch(agent -> agent.wasPresentAt(moment));
    }

    /** Returns the first transfer of this starter and mode that was active at a moment. */
    public Optional<Transfer> activeTransfer(ReservationSid starter, Transfer.Mode mode, Instant moment) {
        return transfers.stream()
                .filter(transfer -> transfer.is(starter, mode) && transfer.activeAt(moment))
                .findFirst();
    }

    /**
     * Returns whether a transfer that this agent may have started was active at a moment, apart from transfers that are known
     * to have this mode.
     */
    public boolean hasActiveTransferBy(ReservationSid starter, Instant moment, Transfer.Mode except) {
        return new OtherAgents(
                        agents,
                        transfers.stream()
                                .filter(transfer -> !transfer.is(except))
                                .toList(),
                        joinedVia)
                .hasActiveTransferBy(starter, moment);
    }

    /** Returns whether a transfer had brought an agent in by a moment, so that nothing of it was left to happen. */
    private boolean hasBrought(Transfer transfer, Instant moment) {
        return agents.stream()
                .anyMatch(agent -> agent.joinedVia().stream().anyMatch(transfer::equals)
                        && !agent.accepted().isAfter(moment));
    }

    /**
     * Returns whether a transfer that this agent may have started was active at a moment, and no agent had joined by it. A
     * transfer without a known starter counts as possibly this agent's.
     */
    public boolean hasActiveTransferBy(ReservationSid starter, Instant moment) {
        return transfers.stream()
                .anyMatch(transfer -> transfer.activeAt(moment)
                        && !hasBrought(transfer, moment)
                        && transfer.startedBy().map(starter::equals).orElse(true));
    }
}
