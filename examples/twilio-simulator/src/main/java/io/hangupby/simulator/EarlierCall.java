package io.hangupby.simulator;

import io.hangupby.simulator.account.Party;
import io.hangupby.simulator.internal.account.AccountState;
import io.hangupby.simulator.internal.account.ApiLag;
import io.hangupby.simulator.internal.account.ConferenceLeg;
import io.hangupby.simulator.internal.account.PhoneCall;
import io.hangupby.simulator.internal.account.SidGenerator;
import io.hangupby.simulator.internal.account.SimulatedConference;
import io.hangupby.simulator.internal.account.SimulatedWorkspace;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A call that was over before a task began, and of which the task still has the SIDs. */
record EarlierCall(PhoneCall customer, PhoneCall agent, SimulatedConference conference) {

    private static final Duration AGO = Duration.ofHours(1);
    private static final Duration LENGTH = Duration.ofMinutes(3);

    /** Returns a call of a customer with an agent, who hung up about an hour ago. */
    static EarlierCall anHourAgo(String from, SimulatedWorkspace workspace, SidGenerator sids, Instant now) {
        Instant begin = now.minus(AGO).minus(LENGTH);
        Instant end = now.minus(AGO);
        PhoneCall customer = call("inbound", from, workspace.number(), begin, sids);
        PhoneCall agent = call("outbound-api", workspace.number(), "client:earlier_agent", begin, sids);
        SimulatedConference conference = new SimulatedConference(sids.next("CF"), sids.next("WT"), begin, false);
        conference.join(new ConferenceLeg(customer, Party.CUSTOMER, true, begin));
        ConferenceLeg agentLeg =
                new ConferenceLeg(agent, Party.dialled(Party.Kind.OUTSIDE, Optional.empty()), true, begin);
        conference.join(agentLeg);
        conference.hangUp(agentLeg, end);
        conference.publish(end, ApiLag.NONE);
        customer.publish(end, ApiLag.NONE);
        agent.publish(end, ApiLag.NONE);
        return new EarlierCall(customer, agent, conference);
    }

    private static PhoneCall call(String direction, String from, String to, Instant begin, SidGenerator sids) {
        return new PhoneCall(sids.next("CA"), direction, from, to, PhoneCall.Status.IN_PROGRESS, begin);
    }

    /** Lets the API show the call, as long as it shows the task. */
    void addTo(AccountState.Moment moment, String taskSid) {
        moment.add(customer, taskSid);
        moment.add(agent, taskSid);
        moment.add(conference, taskSid);
    }
}
