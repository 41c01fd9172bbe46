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

    /**
     * Returns the first transfer of this mode that this agent is known to have started, and that was active at a moment. It is
     * active until it fails, even if an agent has joined by it.
     */
    public Optional<Transfer> activeTransfer(ReservationSid starter, Transfer.Mode mode, Instant moment) {
        return transfers.stream()
                .filter(transfer -> transfer.is(starter, mode) && transfer.activeAt(moment))
                .findFirst();
    }

    /**
     * Returns the transfers that were pending at a moment: active, and no agent had joined by them. A transfer whose starter is
     * not known may be this agent's, so it is among them.
     */
    public List<Transfer> pendingTransfers(ReservationSid possibleStarter, Instant moment) {
        return transfers.stream()
                .filter(transfer -> transfer.activeAt(moment)
                        && !anyJoinedBy(transfer, moment)
                        && transfer.startedBy().map(possibleStarter::equals).orElse(true))
                .toList();
    }

    /** Returns whether an agent had joined by a transfer at a moment, so that nothing of it was left to happen. */
    private boolean anyJoinedBy(Transfer transfer, Instant moment) {
        return agents.stream()
                .anyMatch(agent -> agent.joinedVia().stream().anyMatch(transfer::equals)
                        && !agent.accepted().isAfter(moment));
    }
}
