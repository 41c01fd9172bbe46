package io.hangupby.simulator;

import io.hangupby.simulator.ExpectedOutcome.Cause;
import io.hangupby.simulator.account.Agent;
import io.hangupby.simulator.account.Party;
import io.hangupby.simulator.internal.account.ConferenceLeg;
import io.hangupby.simulator.internal.account.PhoneCall;
import java.util.Optional;

/** The steps of parties whom an agent dials into the conference by their number. */
final class OutsidePartySteps {

    private final CallState state;
    private final DisconnectSteps disconnects;

    OutsidePartySteps(CallState state, DisconnectSteps disconnects) {
        this.state = state;
        this.disconnects = disconnects;
    }

    /** Flex adds the number through the API; the agent must be in the conference. */
    void dialled(Agent by, String number, Party.Kind kind) {
        state.change(moment -> {
            state.leg(by);
            state.requireConference()
                    .join(new ConferenceLeg(
                            state.dial(number, PhoneCall.Status.QUEUED, moment),
                            Party.dialled(kind, state.options().outsideLabel()),
                            state.options().outsideEndsConference(),
                            moment.at()));
        });
    }

    /** A program lets a recorder listen, which is no party. */
    void recorderJoins(Agent by, String address) {
        state.change(moment -> {
            state.leg(by);
            state.requireConference()
                    .join(new ConferenceLeg(
                            state.dial(address, PhoneCall.Status.IN_PROGRESS, moment),
                            Party.dialled(Party.Kind.RECORDER, Optional.empty()),
                            false,
                            moment.at()));
        });
    }

    void rings(Party.Kind kind) {
        state.change(moment -> state.requireConference().rings(state.leg(kind)));
    }

    void picksUp(Party.Kind kind) {
        state.change(moment -> state.requireConference().pickUp(state.leg(kind), moment.at()));
    }

    void isNotReached(PhoneCall.Status how) {
        state.change(moment -> state.requireConference().addFailed(state.leg(Party.Kind.OUTSIDE), how, moment.at()));
    }

    void hangsUp(Party.Kind kind) {
        Cause ifConferenceEnds = kind == Party.Kind.OUTSIDE ? Cause.OUTSIDE_PARTY_HUNG_UP : Cause.CUSTOMER_HUNG_UP;
        state.change(moment -> disconnects.thirdPartyLeaves(state.leg(kind), ifConferenceEnds, moment));
    }

    /** Removes the party, or stops dialling it. */
    void isRemoved(Agent by) {
        state.change(moment -> {
            state.leg(by);
            ConferenceLeg outside = state.leg(Party.Kind.OUTSIDE);
            if (outside.isConnected()) {
                state.requireConference().kick(outside, moment.at());
            } else {
                state.requireConference().addFailed(outside, PhoneCall.Status.CANCELED, moment.at());
            }
        });
    }
}
