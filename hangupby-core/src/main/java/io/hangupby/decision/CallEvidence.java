package io.hangupby.decision;

import io.hangupby.call.Address;
import io.hangupby.call.Call;
import io.hangupby.call.CallSid;
import io.hangupby.call.Conference;
import io.hangupby.call.Conference.EndReason;
import io.hangupby.call.ConferenceSid;
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
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a segment when it is judged, and what rules need to know of it. The evidence is about the moment
 * at which this agent's leg left. Immutable and thread-safe.
 *
 * <p>{@link #questions} has what only Twilio's API can say and was not asked yet. A rule then returns {@link Finding#needs}
 * with the question, and does not guess.
 */
public final class CallEvidence {
    private final EvidenceData data;
    private final OpenQuestions questions = new OpenQuestions(this);
    /** Two threads may both derive it, and get the same. */
    private @Nullable DerivedEvidence derived;

    CallEvidence(EvidenceData data) {
        this.data = data;
    }

    /** Returns a builder for tests, of an inbound call with one agent in a browser and without a conference. */
    public static CallEvidenceBuilder builder() {
        return CallEvidenceBuilder.ofPlainCall();
    }

    /** Returns a builder of evidence about a segment. Nothing further is known yet, and a plugin is installed. */
    public static CallEvidenceBuilder builder(Segment segment) {
        return new CallEvidenceBuilder(segment);
    }

    /** Returns a builder that starts from this evidence. */
    public CallEvidenceBuilder toBuilder() {
        return new CallEvidenceBuilder(data);
    }

    /** Returns the segment that is judged. */
    public Segment segment() {
        return data.segment();
    }

    /** Returns whether the agent called the customer, as the task's attributes say. */
    public boolean isOutbound() {
        return data.attributes().outbound();
    }

    /** Returns whether an agent called another agent, as the task's attributes say. */
    public boolean isInternal() {
        return data.attributes().internal();
    }

    /** Returns the conference that the task's attributes name. */
    public Optional<ConferenceSid> namedConference() {
        return data.attributes().conference();
    }

    /** Returns the customer's leg that the task's attributes name; see {@link #customerLeg}. */
    public Optional<CallSid> namedCustomerLeg() {
        return data.attributes().customerLeg();
    }

    /** Returns the leg of the agent who accepted first, as the task's attributes name it; see {@link #agentLeg}. */
    public Optional<CallSid> namedAgentLeg() {
        return data.attributes().workerLeg();
    }

    /** Returns the plugin's marker, read fresh, as far as it can count for this segment. */
    public Marker marker() {
        return data.marker();
    }

    /** Returns whether agents' browsers have a plugin that marks a deliberate hang-up. */
    public boolean pluginInstalled() {
        return data.pluginInstalled();
    }

    /** Returns the other agents and the transfers of the task. */
    public OtherAgents otherAgents() {
        return data.otherAgents();
    }

    /** Returns who joined and who left the conference; empty unless Twilio sends conference status callbacks. */
    public ParticipantLog participantLog() {
        return data.participantLog();
    }

    /** Returns the conference; empty if the task names none. */
    public Optional<Conference> conference() {
        return data.conference();
    }

    /** Returns the Participants of a conference in progress; empty if they were not requested. */
    public Optional<List<Participant>> participants() {
        return data.participants();
    }

    /** Returns the legs whose Calls were requested. */
    public Set<CallSid> requestedCalls() {
        return data.calls().keySet();
    }

    /** Returns the child calls of each leg's Call; a leg without an entry was not requested. */
    public Map<CallSid, List<Call>> children() {
        return data.children();
    }

    /** Returns the addresses of participants that are no party to a call. */
    public Set<Address> ignoredParticipants() {
        return data.ignoredParticipants();
    }

    /** Returns who ended the segment by reports of Voice Insights; unknown if they only prove that the customer did not. */
    public Optional<Role> reportedEnd() {
        return data.reportedEnd();
    }

    /** Returns what follows from the evidence, derived once. */
    DerivedEvidence derived() {
        DerivedEvidence known = derived;
        if (known == null) {
            known = DerivedEvidence.of(data);
            derived = known;
        }
        return known;
    }

    /** Returns this agent's leg, if the task names it reliably: only while it has had a single agent. */
    public Optional<CallSid> agentLeg() {
        return derived().roles().agent();
    }

    /** Returns this agent's device in this call. The Call of the agent's leg says so, otherwise the events do. */
    public Optional<Address> agentDevice() {
        return agentLegsDevice().or(segment()::contact);
    }

    private Optional<Address> agentLegsDevice() {
        return agentLeg().flatMap(this::call).flatMap(Call::to);
    }

    /** Returns the customer's leg. */
    public Optional<CallSid> customerLeg() {
        return derived().roles().customer();
    }

    /** Returns the role of the leg. */
    public Role role(CallSid leg) {
        return derived().roles().of(leg);
    }

    /** Returns when and why the customer's leg left, if a status callback said so. */
    public Optional<ParticipantLeft> customerLeave() {
        return derived().order().customer();
    }

    /** Returns when and why the agent's leg left, if a status callback said so of a leg that is known to be the agent's. */
    public Optional<ParticipantLeft> agentLeave() {
        return derived().order().agent();
    }

    /** Returns whether status callbacks say that the customer left before the agent, and not because the conference ended. */
    public boolean customerLeftFirstByCallbacks() {
        return derived().order().customerFirst();
    }

    /** Returns whether status callbacks say that the agent left before the customer, or while the customer stayed. */
    public boolean agentLeftFirstByCallbacks() {
        return (derived().presence().logSaysItWentOn() && isPresent(Role.CUSTOMER))
                || derived().order().agentFirst();
    }

    /** Returns whether status callbacks say that the customer's leg was removed or moved before the agent left. */
    public boolean customerWasTakenOut() {
        return derived().order().customerWasTakenOut();
    }

    /** Returns whether status callbacks say that the agent's leg was removed before the customer left. */
    public boolean agentWasTakenOut() {
        return derived().order().agentWasTakenOut();
    }

    /** Returns whether the conference ended with this segment, for this reason. */
    public boolean conferenceEndedFor(EndReason reason) {
        return derived().conferenceEnd().isFor(reason);
    }

    /** Returns whether the conference ended with this segment, for this reason, by a leg of this role. */
    public boolean conferenceEndedBy(EndReason reason, Role whose) {
        return derived().conferenceEnd().isBy(reason, whose);
    }

    /** Returns whether the conference ended with this segment because a leg of this role was removed. */
    public boolean conferenceEndedByRemovalOf(Role whose) {
        return derived().conferenceEnd().isRemovalOf(whose);
    }

    /** Returns why the conference ended with this segment, if it did and Twilio says. */
    public Optional<EndReason> endReason() {
        return derived().conferenceEnd().reason();
    }

    /** Returns the role of the leg that ended the conference with this segment; unknown if Twilio does not say. */
    public Role endingRole() {
        return derived().conferenceEnd().whose();
    }

    /** Returns when the conference ended with this segment, if it did and Twilio says, in whole seconds. */
    public Optional<Instant> conferenceEndedAt() {
        return derived().conferenceEnd().at();
    }

    /** Returns whether the conference went on without this agent: it was seen to, or another party ended it later. */
    public boolean conferenceWentOn() {
        return derived().conferenceEnd().wentOn();
    }

    /** Returns whether this segment had no conference: none is named, or the conference had ended before the agent accepted. */
    public boolean isWithoutConference() {
        return data.ownConference().isEmpty();
    }

    /** Returns whether the customer's Call had ended before this agent accepted, as far as it was requested. */
    public boolean isOverBeforeAccepted() {
        return data.isOverBeforeAccepted(customerLeg().flatMap(this::call).flatMap(Call::ended));
    }

    /** Returns whether the conference went on without this agent, as its log says or because it was in progress when read. */
    public boolean wasSeenToGoOn() {
        return derived().presence().wasSeenToGoOn();
    }

    /** Returns whether a connected participant had this role when this agent left or, without a log, when it was read. */
    public boolean isPresent(Role role) {
        return derived().presence().isPresent(role);
    }

    /** Returns the connected participants who have this role; see {@link #isPresent}. */
    public Stream<CallSid> present(Role role) {
        return derived().presence().connected(role);
    }

    /** Returns which source says who was in the conference. */
    public Source presenceSource() {
        return derived().presence().isFromLog() ? Source.CALLBACKS : Source.PARTICIPANTS;
    }

    /** Returns the legs that rang and were not connected yet when this agent left, or ring by now. */
    public Stream<CallSid> ringing() {
        return derived().presence().ringing();
    }

    /** Returns the leg's Call, if it was requested and Twilio has it. */
    public Optional<Call> call(CallSid leg) {
        return derived().roles().call(leg);
    }

    /** Returns whether the leg's Call was requested, even if Twilio does not have it. */
    public boolean hasAsked(CallSid leg) {
        return data.calls().containsKey(leg);
    }

    /** Returns whether the leg's Call was found, and read a second time, a second later. */
    public boolean hasAskedAgain(CallSid leg) {
        return data.calls().get(leg) instanceof CallLookup.Found found && found.again();
    }

    /** Returns whether the child calls of the leg's Call were requested. */
    public boolean hasAskedChildren(CallSid leg) {
        return data.children().containsKey(leg);
    }

    /** Returns whether the marker says that this segment's agent clicked. */
    public boolean isMarked() {
        return marker().speaksFor(segment().reservation());
    }

    /** Returns whether a moment is more than a second after this agent's leg left. */
    public boolean isOverASecondAfterAgentLeft(Instant moment) {
        return ConferenceEnd.isLater(moment, segment());
    }

    /** Returns the requests that are still open and that a verdict can depend on. */
    public OpenQuestions questions() {
        return questions;
    }

    /** Returns whether Twilio's API has settled: the conference is over, or goes on with the customer and without this agent. */
    public boolean apiHasSettled() {
        return derived().presence().apiHasSettled();
    }

    /** Returns whether Twilio's API may still list this agent's leg although the agent left. */
    public boolean isAgentListed() {
        return derived().presence().isAgentListed();
    }

    /** Returns all facts of this evidence, for people. */
    public List<Fact> facts() {
        return new EvidenceFacts(this).all();
    }

    /** Returns a fact that says whether the plugin marked a click of this agent. */
    public Fact markerFact() {
        return new EvidenceFacts(this).marker();
    }

    /** Returns a fact that names the kind of this agent's device, if known. */
    public Optional<Fact> deviceFact() {
        Source source = agentLegsDevice().isPresent() ? Source.CALL : Source.EVENTS;
        return agentDevice().map(device -> new Fact(source, "the agent was on " + device));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CallEvidence evidence && data.equals(evidence.data);
    }

    @Override
    public int hashCode() {
        return data.hashCode();
    }

    @Override
    public String toString() {
        return data.toString();
    }
}
