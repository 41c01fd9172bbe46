package io.hangupby.simulator.internal.account;

import io.hangupby.simulator.events.ConferenceStatusEvent;
import io.hangupby.simulator.internal.text.TwilioFormats;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Creates the status callback events of one conference. Guarded by the account's lock. */
public final class ConferenceEventFactory {

    private final SimulatedWorkspace workspace;
    private final SidGenerator sids;
    private final SimulatedConference conference;
    private final String reservationSid;
    private final boolean customerEndsConference;
    private int sequence;

    /**
     * @param reservationSid the reservation that TaskRouter created the conference for; every callback carries it
     */
    public ConferenceEventFactory(
            SimulatedWorkspace workspace,
            SidGenerator sids,
            SimulatedConference conference,
            String reservationSid,
            boolean customerEndsConference) {
        this.workspace = workspace;
        this.sids = sids;
        this.conference = conference;
        this.reservationSid = reservationSid;
        this.customerEndsConference = customerEndsConference;
    }

    /** Returns the events of what has happened in the conference since the last call of this method. */
    public List<ConferenceStatusEvent> takeEvents(Optional<PhoneCall> customer, Instant at) {
        return conference.takePendingCallbacks().stream()
                .map(pending -> event(pending, customer, at))
                .toList();
    }

    private ConferenceStatusEvent event(PendingCallback pending, Optional<PhoneCall> customer, Instant at) {
        sequence++;
        SortedMap<String, String> params = new TreeMap<>(pending.more());
        params.put("StatusCallbackEvent", pending.event());
        params.put("ConferenceSid", conference.sid());
        params.put("FriendlyName", conference.friendlyName());
        params.put("AccountSid", workspace.accountSid());
        params.put("SequenceNumber", Integer.toString(sequence));
        params.put("Timestamp", TwilioFormats.rfc2822(at));
        params.put("TaskSid", conference.friendlyName());
        params.put("ReservationSid", reservationSid);
        params.put("WorkspaceSid", workspace.workspaceSid());
        params.put("EndConferenceOnCustomerExit", Boolean.toString(customerEndsConference));
        params.put("BeepOnCustomerEntrance", "false");
        customer.ifPresent(call -> params.put("CustomerCallSid", call.sid()));
        pending.leg().ifPresent(leg -> putLeg(params, leg));
        return new ConferenceStatusEvent(sids.next("EV"), at, params);
    }

    private static void putLeg(SortedMap<String, String> params, ConferenceLeg.View leg) {
        params.put("CallSid", leg.callSid());
        params.put("Muted", Boolean.toString(leg.muted()));
        params.put("Hold", Boolean.toString(leg.hold()));
        params.put("Coaching", Boolean.toString(leg.coached().isPresent()));
        params.put("EndConferenceOnExit", Boolean.toString(leg.endOnExit()));
        params.put("StartConferenceOnEnter", "true");
        leg.coached().ifPresent(callSid -> params.put("CallSidToCoach", callSid));
        leg.label().ifPresent(label -> params.put("ParticipantLabel", label));
    }
}
