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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that is known of a segment when it is judged, and what rules need to know of it. The evidence is about the moment
 * at which this agent's leg left. Immutable and thread-safe.
 *
 * <p>The methods {@code mustAsk…} return a question that only Twilio's API can resolve and that was not asked yet. A
 * rule then returns {@link Finding#needs} with the question, and does not guess.
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
        Map<CallSid, List<Call>> children) {

    /** Copies the lists and maps. */
    public CallEvidence {
        participants = participants.map(List::copyOf);
        calls = Map.copyOf(calls);
        children = Map.copyOf(children);
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

    /** Returns this agent's device, if the events or the Call of the agent's leg name it. */
    public Optional<Address> agentDevice() {
        return segment.contact().or(() -> agentLeg().flatMap(this::call).flatMap(Call::to));
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
        return new LegRoles(customerLeg(), agentLeg(), segment.contact(), otherAgents.agents(), calls);
    }

    LeaveOrder leaveOrder() {
        return LeaveOrder.in(participantLog, roles(), segment.left());
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
        return leaveOrder().agentFirst();
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
        return conference
                .map(known -> ConferenceEnd.of(known, segment.left(), participantLog, roles()))
                .orElse(ConferenceEnd.NONE);
    }

    /** Returns whether the conference ended with this segment, for this reason, by a leg of this role. */
    public boolean endedBy(EndReason reason, Role whose) {
        return conferenceEnd().isBy(reason, whose);
    }

    /** Returns whether the conference ended with this segment, for this reason. */
    public boolean endedFor(EndReason reason) {
        return conferenceEnd().isFor(reason);
    }

    /** Returns whether the conference was in progress when it was read. */
    public boolean isOngoing() {
        return conference.stream().anyMatch(known -> !known.ended());
    }

    /** Returns whether a connected participant of the conference in progress has this role. */
    public boolean isPresent(Role role) {
        return present(role).findAny().isPresent();
    }

    /** Returns the legs of this role among the connected participants of the conference in progress. */
    public Stream<CallSid> present(Role role) {
        LegRoles roles = roles();
        return connected().filter(leg -> roles.of(leg) == role);
    }

    Stream<CallSid> connected() {
        return participants.stream()
                .flatMap(List::stream)
                .filter(Participant::connected)
                .map(Participant::call);
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
        return ConferenceEnd.isLater(moment, segment.left());
    }

    /** Returns the request that shows whose leg ended the conference, if it is still open. */
    public Optional<Question> mustAskWhoEndedIt() {
        return new OpenQuestions(this).whoEndedIt();
    }

    /** Returns the request that lists who is in the conference in progress, if it is still open. */
    public Optional<Question> mustAskWhoIsIn() {
        return new OpenQuestions(this).whoIsIn();
    }

    /** Returns the request that shows whose leg a participant is, if it is still open. */
    public Optional<Question> mustAskWhoTheParticipantsAre() {
        return new OpenQuestions(this).whoTheParticipantsAre();
    }

    /** Returns the request that shows whose leg a participant is, if the participant could be this agent. */
    public Optional<Question> mustAskWhetherTheAgentIsIn() {
        return new OpenQuestions(this).whetherTheAgentIsIn();
    }

    /**
     * Returns the request that shows whose leg left when this agent left, if a verdict could depend on the order of
     * leaving.
     */
    public Optional<Question> mustAskWhoLeftFirst() {
        return new OpenQuestions(this).whoLeftFirst();
    }

    /** Returns the request that shows whose leg left after the customer's, if the leg could be this agent's. */
    public Optional<Question> mustAskWhetherTheCustomerLeftFirst() {
        return new OpenQuestions(this).whetherTheCustomerLeftFirst();
    }

    /** Returns the request for the Call of the first of these legs whose owner is not known. */
    public Optional<Question> mustAskWhose(Stream<CallSid> legs) {
        return new OpenQuestions(this).whose(legs);
    }

    Optional<Question> unansweredQuestion() {
        return new OpenQuestions(this).any();
    }

    /**
     * Returns whether Twilio's API has settled: the conference is over, or continues with the customer and without this
     * agent. Otherwise the API may still show an earlier state.
     */
    public boolean isSettled() {
        return !isOngoing() || participants.isEmpty() || (isPresent(Role.CUSTOMER) && agentIsGone());
    }

    /** If this agent's leg is not known, the agent has left once the other agents account for all unknown legs. */
    private boolean agentIsGone() {
        if (agentLeave().isPresent()) {
            return true;
        }
        if (isPresent(Role.AGENT)) {
            return false;
        }
        long possibleOtherAgents =
                present(Role.UNKNOWN).count() + present(Role.OTHER_AGENT).count();
        return agentLeg().isPresent()
                || possibleOtherAgents <= otherAgents.presentAt(segment.left()).size();
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
        Source source = segment.contact().isPresent() ? Source.EVENTS : Source.CALL;
        return agentDevice().map(device -> new Fact(source, "the agent was on " + device));
    }
}
