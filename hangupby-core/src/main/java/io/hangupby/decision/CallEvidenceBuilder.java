package io.hangupby.decision;

import io.hangupby.call.AccountSid;
import io.hangupby.call.Address;
import io.hangupby.call.Call;
import io.hangupby.call.CallSid;
import io.hangupby.call.Conference;
import io.hangupby.call.Conference.EndReason;
import io.hangupby.call.ConferenceSid;
import io.hangupby.call.Marker;
import io.hangupby.call.OtherAgents;
import io.hangupby.call.Participant;
import io.hangupby.call.ParticipantLog;
import io.hangupby.call.ReservationSid;
import io.hangupby.call.Role;
import io.hangupby.call.Segment;
import io.hangupby.call.TaskRef;
import io.hangupby.call.TaskSid;
import io.hangupby.call.WorkerSid;
import io.hangupby.call.WorkspaceSid;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Builds the evidence of one segment, for tests of a rule or a decider. The default is an inbound call with invented
 * SIDs: one agent in a browser with the plugin, no marker, no conference. The Call of the agent's leg is known; with a
 * conference that ended, the customer's Call ended at the same time. Not thread-safe.
 */
public final class CallEvidenceBuilder {
    /** The customer's leg, unless another is set. */
    public static final CallSid CUSTOMER = new CallSid("CA" + "c".repeat(32));

    /** The agent's leg, unless another is set. */
    public static final CallSid AGENT = new CallSid("CA" + "a".repeat(32));

    private static final ConferenceSid CONFERENCE = new ConferenceSid("CF" + "f".repeat(32));

    private Segment segment;
    private Optional<ConferenceSid> namedConference = Optional.empty();
    private Optional<CallSid> namedCustomerLeg = Optional.empty();
    private Optional<CallSid> namedAgentLeg = Optional.empty();
    private boolean outbound;
    private boolean internal;
    private Marker marker = Marker.NONE;
    private boolean pluginInstalled = true;
    private OtherAgents otherAgents = OtherAgents.NONE;
    private ParticipantLog participantLog = ParticipantLog.NONE;
    private Optional<Conference> conference = Optional.empty();
    private Optional<List<Participant>> participants = Optional.empty();
    private final Map<CallSid, CallLookup> calls = new HashMap<>();
    private final Map<CallSid, List<Call>> children = new HashMap<>();
    private Set<Address> ignoredParticipants = Set.of();
    private Optional<Role> reportedEnd = Optional.empty();

    CallEvidenceBuilder(Segment segment) {
        this.segment = segment;
    }

    CallEvidenceBuilder(EvidenceData data) {
        this(data.segment());
        namedConference = data.attributes().conference();
        namedCustomerLeg = data.attributes().customerLeg();
        namedAgentLeg = data.attributes().workerLeg();
        outbound = data.attributes().outbound();
        internal = data.attributes().internal();
        marker = data.marker();
        pluginInstalled = data.pluginInstalled();
        otherAgents = data.otherAgents();
        participantLog = data.participantLog();
        conference = data.conference();
        participants = data.participants();
        calls.putAll(data.calls());
        children.putAll(data.children());
        ignoredParticipants = data.ignoredParticipants();
        reportedEnd = data.reportedEnd();
    }

    static CallEvidenceBuilder ofPlainCall() {
        Optional<Address> browser = Optional.of(new Address("client:agent"));
        Segment segment = new Segment(
                new TaskRef(
                        new AccountSid("AC" + "0".repeat(32)),
                        new WorkspaceSid("WS" + "0".repeat(32)),
                        new TaskSid("WT" + "0".repeat(32))),
                new ReservationSid("WR" + "1".repeat(32)),
                Optional.of(new WorkerSid("WK" + "a".repeat(32))),
                browser,
                Optional.of(Instant.EPOCH.minusSeconds(60)),
                Instant.EPOCH,
                false);
        return new CallEvidenceBuilder(segment)
                .namedConference(Optional.of(CONFERENCE))
                .namedCustomerLeg(Optional.of(CUSTOMER))
                .namedAgentLeg(Optional.of(AGENT))
                .call(completed(segment, AGENT, browser));
    }

    /** Returns a Call that ended when the agent's leg left. */
    private static Call completed(Segment segment, CallSid leg, Optional<Address> to) {
        return new Call(leg, Call.Status.COMPLETED, to, Optional.of(segment.left()));
    }

    /** Sets the segment that is judged. */
    public CallEvidenceBuilder segment(Segment judged) {
        segment = judged;
        return this;
    }

    /** Sets whether the agent called the customer. */
    public CallEvidenceBuilder outbound(boolean called) {
        outbound = called;
        return this;
    }

    /** Sets whether an agent called another agent. */
    public CallEvidenceBuilder internal(boolean called) {
        internal = called;
        return this;
    }

    /** Sets the conference that the task's attributes name. */
    public CallEvidenceBuilder namedConference(Optional<ConferenceSid> named) {
        namedConference = named;
        return this;
    }

    /** Sets the customer's leg that the task's attributes name. */
    public CallEvidenceBuilder namedCustomerLeg(Optional<CallSid> named) {
        namedCustomerLeg = named;
        return this;
    }

    /** Sets the leg of the agent who accepted first, as the task's attributes name it. */
    public CallEvidenceBuilder namedAgentLeg(Optional<CallSid> named) {
        namedAgentLeg = named;
        return this;
    }

    /** Sets the plugin's marker. */
    public CallEvidenceBuilder marker(Marker found) {
        marker = found;
        return this;
    }

    /** Sets a marker that says that this segment's agent clicked. */
    public CallEvidenceBuilder marked() {
        return marker(Marker.of(segment.reservation()));
    }

    /** Sets whether agents' browsers have a plugin that marks a deliberate hang-up. */
    public CallEvidenceBuilder pluginInstalled(boolean installed) {
        pluginInstalled = installed;
        return this;
    }

    /** Sets the other agents and the transfers of the task. */
    public CallEvidenceBuilder otherAgents(OtherAgents others) {
        otherAgents = others;
        return this;
    }

    /** Sets who joined and who left the conference, according to its status callbacks. */
    public CallEvidenceBuilder participantLog(ParticipantLog log) {
        participantLog = log;
        return this;
    }

    /** Sets the conference; empty if the task names none. */
    public CallEvidenceBuilder conference(Optional<Conference> known) {
        conference = known;
        return this;
    }

    /** Sets a conference that ended when the agent's leg left, for this reason, without an ending leg. */
    public CallEvidenceBuilder ended(EndReason reason) {
        return ended(reason, Optional.empty());
    }

    /** Sets a conference that ended when the agent's leg left, for this reason, with this ending leg. */
    public CallEvidenceBuilder ended(EndReason reason, CallSid leg) {
        return ended(reason, Optional.of(leg));
    }

    private CallEvidenceBuilder ended(EndReason reason, Optional<CallSid> leg) {
        calls.putIfAbsent(CUSTOMER, CallLookup.of(Optional.of(completed(segment, CUSTOMER, Optional.empty())), false));
        return conference(
                Optional.of(new Conference(CONFERENCE, true, Optional.of(reason), leg, Optional.of(segment.left()))));
    }

    /** Sets a conference in progress with these legs, all connected and talking. */
    public CallEvidenceBuilder inProgressWith(CallSid... legs) {
        conference =
                Optional.of(new Conference(CONFERENCE, false, Optional.empty(), Optional.empty(), Optional.empty()));
        return participants(Optional.of(
                Arrays.stream(legs).map(leg -> new Participant(leg, true, true)).toList()));
    }

    /** Sets the Participants of a conference in progress; empty if they were not requested. */
    public CallEvidenceBuilder participants(Optional<List<Participant>> listed) {
        participants = listed;
        return this;
    }

    /** Adds the Call of a leg. */
    public CallEvidenceBuilder call(Call found) {
        return call(found.sid(), Optional.of(found));
    }

    /** Adds what Twilio has for the Call of a leg; empty if Twilio has no such Call. */
    public CallEvidenceBuilder call(CallSid leg, Optional<Call> found) {
        return call(leg, CallLookup.of(found, false));
    }

    /** Adds what Twilio has for the Call of a leg, read a second time, a second later. */
    public CallEvidenceBuilder callAgain(CallSid leg, Optional<Call> found) {
        return call(leg, CallLookup.of(found, true));
    }

    CallEvidenceBuilder call(CallSid leg, CallLookup lookup) {
        calls.put(leg, lookup);
        return this;
    }

    /** Adds the child calls of a leg's Call. */
    public CallEvidenceBuilder children(CallSid leg, List<Call> made) {
        children.put(leg, List.copyOf(made));
        return this;
    }

    /** Sets the addresses of participants that are no party to a call. */
    public CallEvidenceBuilder ignoredParticipants(Set<Address> addresses) {
        ignoredParticipants = addresses;
        return this;
    }

    /** Sets whose leg ended the segment, according to Voice Insights; see {@link CallEvidence#reportedEnd}. */
    public CallEvidenceBuilder reportedEnd(Optional<Role> whose) {
        reportedEnd = whose;
        return this;
    }

    /** Returns the evidence. */
    public CallEvidence build() {
        return new CallEvidence(new EvidenceData(
                segment,
                new CallAttributes(namedConference, namedCustomerLeg, namedAgentLeg, outbound, internal),
                marker,
                pluginInstalled,
                otherAgents,
                participantLog,
                conference,
                participants,
                calls,
                children,
                ignoredParticipants,
                reportedEnd));
    }
}
