package io.hangupby.simulator;

import io.hangupby.simulator.ExpectedOutcome.Cause;
import io.hangupby.simulator.account.Agent;
import io.hangupby.simulator.account.Party;
import io.hangupby.simulator.internal.account.ConferenceLeg;
import io.hangupby.simulator.internal.account.PhoneCall;
import java.util.Optional;

/** The steps of supervisors, who have a leg in the conference but no reservation of the task. */
final class SupervisorSteps {

    private final CallState state;
    private final DisconnectSteps disconnects;

    SupervisorSteps(CallState state, DisconnectSteps disconnects) {
        this.state = state;
        this.disconnects = disconnects;
    }

    /** The supervisor speaks only to the coached agent, or to nobody if no agent is coached. */
    void listensIn(Agent supervisor, Optional<Agent> coached) {
        state.change(moment -> {
            Optional<String> coachedCall =
                    coached.map(agent -> state.leg(agent).call().sid());
            PhoneCall call = state.dial(supervisor.contactUri(), PhoneCall.Status.IN_PROGRESS, moment);
            ConferenceLeg leg = new ConferenceLeg(call, Party.supervisor(supervisor), false, moment.at());
            leg.muted(coachedCall.isEmpty());
            leg.coaches(coachedCall);
            state.requireConference().join(leg);
        });
    }

    void joinsTalk(Agent supervisor) {
        state.change(moment -> state.requireConference().letTalk(state.leg(supervisor)));
    }

    void hangsUp() {
        state.change(moment ->
                disconnects.thirdPartyLeaves(state.leg(Party.Kind.SUPERVISOR), Cause.SUPERVISOR_HUNG_UP, moment));
    }

    void removesAgent(Agent supervisor, Agent agent) {
        state.read(() -> state.leg(supervisor));
        disconnects.agentIsRemoved(agent, Cause.SUPERVISOR_REMOVED_AGENT);
    }
}
