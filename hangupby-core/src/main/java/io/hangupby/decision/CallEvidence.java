package io.hangupby.decision;

import io.hangupby.call.Address;
import io.hangupby.call.Call;
import io.hangupby.call.CallAttributes;
import io.hangupby.call.CallSid;
import io.hangupby.call.Conference;
import io.hangupby.call.Conference.EndReason;
import io.hangupby.call.Marker;
import io.hangupby.call.OtherAgents;
import io.hangupby.call.Participant;
import io.hangupby.call.ParticipantLeft;
import io.hangupby.call.ParticipantLog;
import io.hangupby.call.Role;
import io.hangupby.call.Segment;
import io.hangupby.decision.Fact.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All that is known of a segment when it is judged, and what rules need to know of it. The evidence is about the moment
 * at which this agent's leg left. Immutable and thread-safe.
 *
 * <p>{@link #questions} has what only Twilio's API can say and was not asked yet. A rule then returns {@link Finding#needs}
 * with the question, and does not guess.
 *
 * @param segment the segment that is judged
 * @param attributes what the task's attributes say about the call
 * @param marker the plugin's marker, read fresh, as far as it can count for this segment
 * @param pluginInstalled whether agents' browsers have a plugin that marks a deliberate hang-up
 * @param otherAgents the other agents and the transfers of the task
 * @param participantLog who joined and who left the conference; empty unless Twilio sends conference status callbacks
 * @param conference the conference; empty if the task names none
 * @param participants the Participants of a conference in progress; empty if they were not requested
 * @param calls the Calls of single legs; a leg without an entry was not requested
 * @param children the child calls of a leg's Call; a leg without an entry was not requested
 * @param ignoredParticipants the addresses of participants that are no party to a call
 */
public record CallEvidence(
        Segment segment,
        CallAttributes attributes,
        Marker marker,
        boolean pluginInstalled,
        OtherAgents otherAgents,
        ParticipantLog participantLog,
        Optional<Conference> conference,
        Optional<List<Participant>> participants,
        Map<CallSid, CallLookup> calls,
        Map<CallSid, List<Call>> children,
        Set<Address> ignoredParticipants) {

    /** Twilio's resources show whole seconds. */
    private static final Duration IN_THAT_SECOND = Duration.ofSeconds(1);

    /** An old call's conference ended long before. The agent's own conference can end as soon as the agent accepts. */
    private static final Duration LONG_BEFORE = Duration.ofSeconds(30);

    /** Copies the lists and maps. */
    public CallEvidence {
        participants = participants.map(List::copyOf);
        calls = Map.copyOf(calls);
        children = Map.copyOf(children);
        ignoredParticipants = Set.copyOf(ignoredParticipants);
    }

    /**
     * Returns a builder of evidence for tests. The default is an inbound call with one agent in a browser and without a
     * conference.
     */
    public static CallEvidenceBuilder builder() {
        return new CallEvidenceBuilder();
    }

    /** Returns a builder that starts from this evidence. */
    public CallEvidenceBuilder toBuilder() {
        return new CallEvidenceBuilder(this);
    }

    /** Returns this evidence with the attributes and the marker of a fresher version of the task. */
    public CallEvidence with(CallAttributes fresh, Marker freshMarker) {
        return toBuilder().attributes(fresh).marker(freshMarker).build();
    }

    /** Returns this evidence with the current state of events and status callbacks. */
    public CallEvidence with(OtherAgents nowOtherAgents, ParticipantLog nowParticipantLog) {
        Optional<Conference> nowConference = conference.map(
                seen -> seen.ended() ? nowParticipantLog.end().map(seen::ended).orElse(seen) : seen);
        return toBuilder()
                .otherAgents(nowOtherAgents)
                .participantLog(nowParticipantLog)
                .conference(nowConference)
                .build();
    }

    /** Returns this evidence with the conference. */
    public CallEvidence with(Conference known) {
        return toBuilder().conference(Optional.of(known)).build();
    }

    /** Returns this evidence with the Participants of the conference in progress. */
    public CallEvidence with(List<Participant> listed) {
        return toBuilder().participants(Optional.of(listed)).build();
    }

    /** Returns this evidence with one more leg's Call. */
    public CallEvidence with(CallSid leg, CallLookup found) {
        return toBuilder().call(leg, found).build();
    }

    /** Returns this evidence with the child calls of a leg's Call. */
    public CallEvidence withChildren(CallSid leg, List<Call> made) {
        return toBuilder().children(leg, made).build();
    }

    /**
     * Returns this agent's leg, if the task names it reliably. The task does so only while it has had a single agent.
     */
    public Optional<CallSid> agentLeg() {
        return attributes.workerLeg().filter(leg -> otherAgents.agents().isEmpty());
    }

    /** Returns this agent's device in this call. The Call of the agent's leg says so, otherwise the events do. */
    public Optional<Address> agentDevice() {
        return agentLegsDevice().or(segment::contact);
    }

    private Optional<Address> agentLegsDevice() {
        return agentLeg().flatMap(this::call).flatMap(Call::to);
    }

    /** Returns the customer's leg. */
    public Optional<CallSid> customerLeg() {
        return participantLog.customer().or(attributes::customerLeg);
    }

    /** Returns the role of the leg. */
    public Role role(CallSid leg) {
        return roles().of(leg);
    }

    LegRoles roles() {
        return new LegRoles(
                customerLeg(), agentLeg(), segment.contact(), otherAgents.agents(), ignoredParticipants, calls);
    }

    Presence presence() {
        return Presence.of(this, roles(), leaveOrder());
    }

    LeaveOrder leaveOrder() {
        return LeaveOrder.in(participantLog, roles(), segment);
    }

    /** Returns when and why the customer's leg left, if a status callback said so. */
    public Optional<ParticipantLeft> customerLeave() {
        return leaveOrder().customer();
    }

    /**
     * Returns when and why the agent's leg left, if a status callback said so and the leg is known to be the agent's.
     */
    public Optional<ParticipantLeft> agentLeave() {
        return leaveOrder().agent();
    }

    /** Returns whether the customer is known to have left before the agent. */
    public boolean customerLeftFirst() {
        return leaveOrder().customerFirst();
    }

    /** Returns whether the agent is known to have left before the customer. */
    public boolean agentLeftFirst() {
        Presence presence = presence();
        boolean customerStayed = presence.isFromLog() && presence.isOngoing() && isPresent(Role.CUSTOMER);
        return customerStayed || leaveOrder().agentFirst();
    }

    /** Returns whether status callbacks say that the customer's leg was removed or moved before the agent left. */
    public boolean customerWasTakenOut() {
        LeaveOrder order = leaveOrder();
        return !order.agentFirst()
                && order.customer().stream()
                        .anyMatch(left -> left.is(ParticipantLeft.Reason.PARTICIPANT_UPDATED_VIA_API));
    }

    /** Returns whether status callbacks say that the agent's leg was removed before the customer left. */
    public boolean agentWasTakenOut() {
        LeaveOrder order = leaveOrder();
        return !order.customerFirst()
                && order.agent().stream().anyMatch(left -> left.is(ParticipantLeft.Reason.PARTICIPANT_UPDATED_VIA_API));
    }

    /** Returns how the conference ended for this segment. */
    public ConferenceEnd conferenceEnd() {
        Presence presence = presence();
        if (presence.isFromLog() && presence.isOngoing()) {
            return ConferenceEnd.WENT_ON;
        }
        return ownConference()
                .filter(known -> known.ended() || !presence.isFromLog())
                .map(known -> ConferenceEnd.of(known, segment, participantLog, roles()))
                .orElse(ConferenceEnd.NOT_KNOWN);
    }

    /** Returns whether this segment had no conference: none is named, or the conference had ended before the agent accepted. */
    public boolean isWithoutConference() {
        return ownConference().isEmpty();
    }

    private Optional<Conference> ownConference() {
        return conference.filter(known -> !known.ended() || !wasBefore(known.updated(), LONG_BEFORE));
    }

    /** Returns whether the conference ended with this segment, for this reason, by a leg of this role. */
    public boolean endedBy(EndReason reason, Role whose) {
        return conferenceEnd().isBy(reason, whose);
    }

    /** Returns whether the customer's Call had ended before this agent accepted, as far as it was requested. */
    public boolean isOverBeforeAccepted() {
        return wasBefore(customerLeg().flatMap(this::call).flatMap(Call::ended), IN_THAT_SECOND);
    }

    private boolean wasBefore(Optional<Instant> end, Duration margin) {
        return end.stream()
                .anyMatch(at -> segment.accepted().stream()
                        .anyMatch(accepted -> !at.plus(margin).isAfter(accepted)));
    }

    /**
     * Returns whether the conference went on without this agent: according to a log of its participants, or because it was
     * in progress when it was read.
     */
    public boolean isOngoing() {
        return presence().isOngoing();
    }

    /**
     * Returns whether a connected participant of the conference has this role: when this agent left, according to a log of
     * its participants, or otherwise when the conference in progress was read.
     */
    public boolean isPresent(Role role) {
        return present(role).findAny().isPresent();
    }

    /** Returns the connected participants who have this role; see {@link #isPresent}. */
    public Stream<CallSid> present(Role role) {
        LegRoles roles = roles();
        return presence().connected().filter(leg -> roles.of(leg) == role);
    }

    /** Returns which source says who was in the conference. */
    public Source presenceSource() {
        return presence().isFromLog() ? Source.CALLBACKS : Source.PARTICIPANTS;
    }

    /** Returns the legs that rang and were not connected yet when this agent left, or ring by now. */
    public Stream<CallSid> ringing() {
        return presence().ringing();
    }

    /** Returns the leg's Call, if it was requested and Twilio has it. */
    public Optional<Call> call(CallSid leg) {
        return roles().call(leg);
    }

    /** Returns whether the leg's Call was requested, even if Twilio does not have it. */
    public boolean hasAsked(CallSid leg) {
        return calls.containsKey(leg);
    }

    /** Returns whether the child calls of the leg's Call were requested. */
    public boolean hasAskedChildren(CallSid leg) {
        return children.containsKey(leg);
    }

    /** Returns whether the leg's Call was read twice and was open both times. */
    public boolean isConfirmedOpen(CallSid leg) {
        return calls.get(leg) instanceof CallLookup.Found found
                && found.again()
                && found.call().status().isOpen();
    }

    /**
     * Returns the telephone or SIP address that a child call of the leg's Call went to, if that child call outlived
     * this segment.
     */
    public Optional<Address> sentTo(CallSid leg) {
        return children.getOrDefault(leg, List.of()).stream()
                .filter(call ->
                        call.status().isOpen() || call.ended().stream().anyMatch(end -> end.isAfter(segment.left())))
                .map(Call::to)
                .flatMap(Optional::stream)
                .filter(to -> !to.isBrowser())
                .findFirst();
    }

    /** Returns whether the marker says that this segment's agent clicked. */
    public boolean isMarked() {
        return marker.speaksFor(segment.reservation());
    }

    /** Returns whether a moment is more than a second after this agent's leg left. */
    public boolean isAfterAgentLeft(Instant moment) {
        return ConferenceEnd.isLater(moment, segment);
    }

    /** Returns the requests that are still open and that a verdict can depend on. */
    public OpenQuestions questions() {
        return new OpenQuestions(this);
    }

    /**
     * Returns whether Twilio's API has settled: the conference is over, or continues with the customer and without this
     * agent. Otherwise the API may still show an earlier state.
     */
    public boolean isSettled() {
        return presence().isSettled(this);
    }

    /** Returns whether Twilio's API may still list this agent's leg although the agent left. */
    public boolean isAgentListed() {
        return presence().isAgentListed(this);
    }

    /** Returns all facts of this evidence, for people. */
    public List<Fact> facts() {
        return new EvidenceFacts(this).all();
    }

    /** Returns a fact that says whether the plugin marked a click of this agent. */
    public Fact markerFact() {
        return new Fact(
                Source.TASK,
                isMarked() ? "the plugin marked the agent's click" : "no plugin marked a click of this agent");
    }

    /** Returns a fact that names the kind of this agent's device, if known. */
    public Optional<Fact> deviceFact() {
        Source source = agentLegsDevice().isPresent() ? Source.CALL : Source.EVENTS;
        return agentDevice().map(device -> new Fact(source, "the agent was on " + device));
    }
}
