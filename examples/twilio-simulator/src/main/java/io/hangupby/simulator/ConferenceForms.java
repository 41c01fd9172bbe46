package io.hangupby.simulator;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Puts together the parameters of one conference's status callbacks. Guarded by the world's lock. */
final class ConferenceForms {

    private final Workplace workplace;
    private final Sids sids;
    private final Room room;
    private final String reservationSid;
    private final boolean customerEndsConference;
    private int sequence;

    /**
     * @param reservationSid of the agent whose accepting made the conference; TaskRouter sends it whoever's leg it is
     */
    ConferenceForms(Workplace workplace, Sids sids, Room room, String reservationSid, boolean customerEndsConference) {
        this.workplace = workplace;
        this.sids = sids;
        this.room = room;
        this.reservationSid = reservationSid;
        this.customerEndsConference = customerEndsConference;
    }

    ConferenceEvent event(Notice notice, Optional<PhoneCall> customer, Instant at) {
        sequence++;
        SortedMap<String, String> params = new TreeMap<>(notice.more());
        params.put("StatusCallbackEvent", notice.event());
        params.put("ConferenceSid", room.sid());
        params.put("FriendlyName", room.friendlyName());
        params.put("AccountSid", workplace.accountSid());
        params.put("SequenceNumber", Integer.toString(sequence));
        params.put("Timestamp", Resources.rfc2822(at));
        params.put("TaskSid", room.friendlyName());
        params.put("ReservationSid", reservationSid);
        params.put("WorkspaceSid", workplace.workspaceSid());
        params.put("EndConferenceOnCustomerExit", Boolean.toString(customerEndsConference));
        params.put("BeepOnCustomerEntrance", "false");
        customer.ifPresent(call -> params.put("CustomerCallSid", call.sid()));
        notice.leg().ifPresent(leg -> putLeg(params, leg));
        return new ConferenceEvent(sids.next("EV"), at, params);
    }

    private static void putLeg(SortedMap<String, String> params, Leg.View leg) {
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
