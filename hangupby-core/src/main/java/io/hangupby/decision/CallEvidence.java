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
 * All that is known of a segment when it is judged: the data, and what the rules ask of them. Everything is judged as of the
 * moment at which this agent's leg left. Immutable and thread-safe.
 *
 * <p>The methods {@code mustAsk…} return a question while only Twilio can tell and nobody has asked yet. A rule returns
 * {@link Finding#needs} for it, in place of a guess.
 *
 * @param segment the segment that is judged
 * @param attributes what the task's attributes say of the call
 * @param marker the plugin's marker, read fresh, as far as it can count for this segment
 * @param pluginInstalled whether agents' browsers have a plugin that marks a deliberate hang-up
 * @param otherAgents the other agents and the transfers of the task
 * @param participantLog who joined the conference and who left it, if its status callbacks are sent
 * @param conference the conference; empty if the task names none
 * @param participants the Participants of a conference that goes on; empty if they were not asked for
 * @param calls what Twilio has of single legs' Calls; a leg that is missing here was not asked for
 * @param children the calls that a leg's Call made; a leg that is missing here was not asked for
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

    /** Returns a builder of evidence for tests: an inbound call of one agent in a browser, which never had a conference. */
    public static CallEvidenceBuilder builder() {
        return new CallEvidenceBuilder();
    }

    /** Returns a builder that begins with this evidence. */
    public CallEvidenceBuilder toBuilder() {
        return new CallEvidenceBuilder(this);
    }

    /** Returns this evidence with the attributes and the marker of a fresher version of the task. */
    public CallEvidence with(CallAttributes fresh, Marker freshMarker) {
        return toBuilder().attributes(fresh).marker(freshMarker).build();
    }

    /** Returns this evidence with what events and status callbacks have told by now. */
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

    /** Returns this evidence with the Participants of the conference, which goes on. */
    public CallEvidence with(List<Participant> listed) {
        return toBuilder().participants(Optional.of(listed)).build();
    }

    /** Returns this evidence with what Twilio has of one more leg's Call. */
    public CallEvidence with(CallSid leg, CallLookup found) {
        return toBuilder().call(leg, found).build();
    }

    /** Returns this evidence with the calls that a leg's Call made. */
    public CallEvidence withChildren(CallSid leg, List<Call> made) {
        return toBuilder().children(leg, made).build();
    }

    /** Returns this agent's leg, if the task reliably names it: it does while there was one agent only. */
    public Optional<CallSid> agentLeg() {
        return attributes.workerLeg().filter(leg -> otherAgents.agents().isEmpty());
    }

    /** Returns the device that this agent was on, if the events or the Call of the agent's leg say so. */
    public Optional<Address> agentDevice() {
        return segment.contact().or(() -> agentLeg().flatMap(this::call).flatMap(Call::to));
    }

    /** Returns the customer's leg. */
    public Optional<CallSid> customerLeg() {
        return participantLog.customer().or(attributes::customerLeg);
    }

    /** Returns whose leg it is. */
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

    /** Returns when and why the agent's leg left, if a status callback said so and the leg is known to be this agent's. */
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

    /** Returns whether status callbacks say that the customer's leg was removed or moved, and the agent had not left before. */
    public boolean customerWasTakenOut() {
        LeaveOrder order = leaveOrder();
        return !order.agentFirst()
                && order.customer().stream()
                        .anyMatch(left -> left.is(ParticipantLeft.Reason.PARTICIPANT_UPDATED_VIA_API));
    }

    /** Returns whether status callbacks say that the agent's leg was removed, and the customer had not left before. */
    public boolean agentWasTakenOut() {
        LeaveOrder order = leaveOrder();
        return !order.customerFirst()
                && order.agent().stream().anyMatch(left -> left.is(ParticipantLeft.Reason.PARTICIPANT_UPDATED_VIA_API));
    }

    /** Returns how the conference ended for this segment. */
    public ConferenceEnd conferenceEnd() {
        return conference
                .map(known -> ConferenceEnd.of(known, segment.left(), participantLog, roles()))
                .orElseGet(() -> ConferenceEnd.without(ConferenceEnd.Kind.NO_CONFERENCE));
    }

    /** Returns whether the conference ended with this segment, for this reason, by a leg of this role. */
    public boolean endedBy(EndReason reason, Role whose) {
        return conferenceEnd().isBy(reason, whose);
    }

    /** Returns whether the conference ended with this segment, for this reason. */
    public boolean endedFor(EndReason reason) {
        return conferenceEnd().isFor(reason);
    }

    /** Returns whether the conference was still going on when it was read. */
    public boolean isOngoing() {
        return conference.stream().anyMatch(known -> !known.ended());
    }

    /** Returns whether a connected participant of the conference, which goes on, has this role. */
    public boolean isPresent(Role role) {
        return present(role).findAny().isPresent();
    }

    /** Returns the legs of this role among the connected participants of the conference, which goes on. */
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

    /** Returns the leg's Call, if it was asked for and Twilio has it. */
    public Optional<Call> call(CallSid leg) {
        return roles().call(leg);
    }

    /** Returns whether the leg's Call was asked for, whether or not Twilio has it. */
    public boolean hasAsked(CallSid leg) {
        return calls.containsKey(leg);
    }

    /** Returns whether the calls that the leg's Call made were asked for. */
    public boolean hasAskedChildren(CallSid leg) {
        return children.containsKey(leg);
    }

    /** Returns whether the leg's Call read as open a second time. */
    public boolean isConfirmedOpen(CallSid leg) {
        return calls.get(leg) instanceof CallLookup.Found found
                && found.again()
                && found.call().status().isOpen();
    }

    /** Returns the telephone or SIP address to which the leg's Call was sent, if that call outlived this segment. */
    public Optional<Address> sentTo(CallSid leg) {
        return children.getOrDefault(leg, List.of()).stream()
                .filter(call ->
                        call.status().isOpen() || call.ended().stream().anyMatch(end -> end.isAfter(segment.left())))
                .map(Call::to)
                .flatMap(Optional::stream)
                .filter(to -> !to.isBrowser())
                .findFirst();
    }

    /** Returns whether a marker says that this segment's agent clicked. */
    public boolean isMarked() {
        return marker.speaksFor(segment.reservation());
    }

    /** Returns whether a moment is clearly later than the one at which this agent's leg left. */
    public boolean isAfterAgentLeft(Instant moment) {
        return ConferenceEnd.isLater(moment, segment.left());
    }

    /** Returns the question whose leg ended the conference, if only its Call can tell. */
    public Optional<Question> mustAskWhoEndedIt() {
        return new OpenQuestions(this).whoEndedIt();
    }

    /** Returns the question who is in the conference, if it goes on and nobody has asked yet. */
    public Optional<Question> mustAskWhoIsIn() {
        return new OpenQuestions(this).whoIsIn();
    }

    /** Returns the question whose leg a participant of the conference is, if only its Call can tell. */
    public Optional<Question> mustAskWhoTheParticipantsAre() {
        return new OpenQuestions(this).whoTheParticipantsAre();
    }

    /** Returns the question whose leg a participant is, if that participant could be this agent. */
    public Optional<Question> mustAskWhetherTheAgentIsIn() {
        return new OpenQuestions(this).whetherTheAgentIsIn();
    }

    /** Returns the question whose leg it was that left when this agent did, if a verdict could depend on the order of leaving. */
    public Optional<Question> mustAskWhoLeftFirst() {
        return new OpenQuestions(this).whoLeftFirst();
    }

    /** Returns the question whose leg it was that left after the customer's, if it could be this agent's. */
    public Optional<Question> mustAskWhetherTheCustomerLeftFirst() {
        return new OpenQuestions(this).whetherTheCustomerLeftFirst();
    }

    /** Returns the question whose leg it is, for the first of these legs of which only its Call can tell. */
    public Optional<Question> mustAskWhose(Stream<CallSid> legs) {
        return new OpenQuestions(this).whose(legs);
    }

    Optional<Question> unansweredQuestion() {
        return new OpenQuestions(this).any();
    }

    /**
     * Returns whether Twilio's API has come to rest: the conference is over, or goes on with the customer and without this
     * agent. Otherwise the API may still show the moment before.
     */
    public boolean isSettled() {
        return !isOngoing() || participants.isEmpty() || (isPresent(Role.CUSTOMER) && agentIsGone());
    }

    /** If this agent's leg is not known, the agent is gone once no more unknown legs are left than other agents to own them. */
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

    /** Returns all that is known, in words. */
    public List<Fact> facts() {
        return new EvidenceFacts(this).all();
    }

    /** Returns whether the plugin marked a click of this agent, in words. */
    public Fact markerFact() {
        return new Fact(
                Source.TASK,
                isMarked() ? "the plugin marked the agent's click" : "no plugin marked a click of this agent");
    }

    /** Returns the device that this agent was on, in words, if known. */
    public Optional<Fact> deviceFact() {
        Source source = segment.contact().isPresent() ? Source.EVENTS : Source.CALL;
        return agentDevice().map(device -> new Fact(source, "the agent was on " + device));
    }
}
