package io.hangupby.decision;

import io.hangupby.call.Address;
import io.hangupby.call.Call;
import io.hangupby.call.CallAttributes;
import io.hangupby.call.CallSid;
import io.hangupby.call.Conference;
import io.hangupby.call.Marker;
import io.hangupby.call.OtherAgent;
import io.hangupby.call.OtherAgents;
import io.hangupby.call.Participant;
import io.hangupby.call.ParticipantLeft;
import io.hangupby.call.ParticipantLog;
import io.hangupby.call.Role;
import io.hangupby.call.Segment;
import io.hangupby.decision.Fact.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything that is known about the end of one segment, collected before the decision. Immutable and thread-safe.
 *
 * @param segment the agent's part of the call that is judged
 * @param attributes what the task says of its call
 * @param marker the plugin's marker, read fresh, as far as it can speak for this segment
 * @param pluginInstalled whether agents' browsers have a plugin that marks a deliberate hang-up
 * @param otherAgents who else had a part in the call
 * @param participantLog who came into the conference and left it, where status callbacks tell
 * @param conference where the legs met; absent where no live call was joined
 * @param participants the participants in a conference that still goes on; empty where they were not asked for, or it was over
 * @param calls what Twilio said of single legs' calls; a leg that is not in it was not asked for
 * @param children the calls that a leg's call made; a leg that is not in it was not asked for
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
    /** Within this time two of Twilio's moments are taken for the same one; its resources show whole seconds only. */
    private static final Duration SAME_MOMENT = Duration.ofSeconds(1);

    /** Copies the lists and maps. */
    public CallEvidence {
        participants = participants.map(List::copyOf);
        calls = Map.copyOf(calls);
        children = Map.copyOf(children);
    }

    /** Returns this evidence with the attributes and marker of a fresher look at the task. */
    public CallEvidence with(CallAttributes fresh, Marker freshMarker) {
        return new CallEvidence(
                segment,
                fresh,
                freshMarker,
                pluginInstalled,
                otherAgents,
                participantLog,
                conference,
                participants,
                calls,
                children);
    }

    /** Returns this evidence with all that is known by now of who else had a part, and of who came and left. */
    public CallEvidence with(OtherAgents nowOtherAgents, ParticipantLog nowParticipantLog) {
        return new CallEvidence(
                segment,
                attributes,
                marker,
                pluginInstalled,
                nowOtherAgents,
                nowParticipantLog,
                conference.map(seen ->
                        seen.ended() ? nowParticipantLog.end().map(seen::ended).orElse(seen) : seen),
                participants,
                calls,
                children);
    }

    /** Returns this evidence with the legs that Twilio lists in the running conference. */
    public CallEvidence with(List<Participant> listed) {
        return new CallEvidence(
                segment,
                attributes,
                marker,
                pluginInstalled,
                otherAgents,
                participantLog,
                conference,
                Optional.of(listed),
                calls,
                children);
    }

    /** Returns this evidence with what Twilio said of one more leg's call. */
    public CallEvidence with(CallSid call, CallLookup answer) {
        Map<CallSid, CallLookup> more = new HashMap<>(calls);
        more.put(call, answer);
        return new CallEvidence(
                segment,
                attributes,
                marker,
                pluginInstalled,
                otherAgents,
                participantLog,
                conference,
                participants,
                more,
                children);
    }

    /** Returns this evidence with the calls that a leg's call made. */
    public CallEvidence withChildren(CallSid parent, List<Call> made) {
        Map<CallSid, List<Call>> more = new HashMap<>(children);
        more.put(parent, List.copyOf(made));
        return new CallEvidence(
                segment,
                attributes,
                marker,
                pluginInstalled,
                otherAgents,
                participantLog,
                conference,
                participants,
                calls,
                more);
    }

    /** Returns the leg of the agent whose segment this is, where the task dependably tells: with one agent only. */
    public Optional<CallSid> agentLeg() {
        return attributes.workerLeg().filter(leg -> otherAgents.agents().isEmpty());
    }

    /** Returns the device that this agent was on, where the events or the leg's own call tell. */
    public Optional<Address> agentDevice() {
        return segment.contact().or(() -> agentLeg().flatMap(this::call).flatMap(Call::to));
    }

    /** Returns the customer's leg. */
    public Optional<CallSid> customerLeg() {
        return participantLog.customer().or(attributes::customerLeg);
    }

    /** Returns the leaving of the customer's leg, where status callbacks told it. */
    public Optional<ParticipantLeft> customerLeave() {
        return customerLeg().flatMap(participantLog::leave);
    }

    /** Returns the leaving of the agent's leg, where status callbacks told it and it is known which leg that is. */
    public Optional<ParticipantLeft> agentLeave() {
        return leavesWithTheAgent()
                .filter(leave -> role(leave.leg()) == Role.AGENT)
                .findFirst();
    }

    /** Says whether the customer is known to have left before the agent did. */
    public boolean customerLeftFirst() {
        return agentLeave().filter(this::customerLeftBefore).isPresent();
    }

    /** Says whether the agent is known to have left before the customer did. */
    public boolean agentLeftFirst() {
        return agentLeave().filter(this::customerLeftAfter).isPresent();
    }

    private boolean customerLeftBefore(ParticipantLeft leave) {
        return customerLeave().filter(customer -> isFirst(customer, leave)).isPresent();
    }

    private boolean customerLeftAfter(ParticipantLeft leave) {
        return customerLeave().filter(customer -> isFirst(leave, customer)).isPresent();
    }

    /** Once the conference is over, the legs that are left in it go in no telling order. */
    private static boolean isFirst(ParticipantLeft one, ParticipantLeft other) {
        return one.isBefore(other) && !one.isConsequenceOfEnd();
    }

    /**
     * Returns the question whose leg it was that left when this agent did, where the order of leaving can hang on it and
     * this agent's leg is not known.
     */
    Optional<Finding> asksWhoLeftFirst() {
        return !participantLog.isAvailable() || agentLeave().isPresent()
                ? Optional.empty()
                : asksWhoEndedIt().or(() -> asksWhoseLeave(this::orderHangsOn));
    }

    /** Returns the question whose leg it was that left after the customer's, if that can have been this agent's. */
    Optional<Finding> asksWhetherTheCustomerLeftFirst() {
        return agentLeave().isPresent() ? Optional.empty() : asksWhoseLeave(this::customerLeftBefore);
    }

    private Optional<Finding> asksWhoseLeave(Predicate<ParticipantLeft> matters) {
        return leavesWithTheAgent()
                .filter(matters)
                .map(ParticipantLeft::leg)
                .filter(this::needsCallForRole)
                .findFirst()
                .map(leg -> Finding.needs(new Question.CallOf(leg)));
    }

    /** Whether it would change anything to know that this leaving was the agent's. */
    private boolean orderHangsOn(ParticipantLeft leave) {
        return leave.is(ParticipantLeft.Reason.PARTICIPANT_UPDATED_VIA_API)
                || (isOngoing() && !isSettled())
                || customerLeftAfter(leave)
                || (customerLeftBefore(leave) && !customerEndedIt())
                || conference
                        .filter(Conference::ended)
                        .filter(ended -> endedAfter(leave, ended))
                        .isPresent();
    }

    private boolean customerEndedIt() {
        return endedBy(Conference.EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, Role.CUSTOMER);
    }

    private Stream<ParticipantLeft> leavesWithTheAgent() {
        return participantLog.leavesNear(segment.left()).stream();
    }

    /** Returns the legs that were heard by all and had not left when this agent did, as far as callbacks told. */
    Stream<CallSid> talkingWithTheAgent() {
        Optional<ParticipantLeft> own = agentLeave();
        return participantLog.talking().stream()
                .filter(leg -> own.filter(agent -> participantLog
                                .leave(leg)
                                .filter(leave -> leave.isBefore(agent))
                                .isEmpty())
                        .isPresent())
                .sorted(Comparator.comparing(CallSid::value));
    }

    /** Returns what Twilio said of a leg's call, if it was asked and knew it. */
    public Optional<Call> call(CallSid leg) {
        return calls.get(leg) instanceof CallLookup.Found known ? Optional.of(known.call()) : Optional.empty();
    }

    /** Says whether Twilio has been asked for this leg's call, whatever it answered. */
    public boolean hasAsked(CallSid leg) {
        return calls.containsKey(leg);
    }

    /** Says whether Twilio has been asked where this leg's call was sent to. */
    public boolean hasAskedChildren(CallSid leg) {
        return children.containsKey(leg);
    }

    /** Says whether a leg's call still read as open when it was asked for a second time. */
    public boolean isConfirmedOpen(CallSid leg) {
        return calls.get(leg) instanceof CallLookup.Found known
                && known.again()
                && known.call().status().isOpen();
    }

    /** Returns the call that a leg's call made and that outlived this agent's part, if there is one and it was asked for. */
    public Optional<Call> liveChild(CallSid parent) {
        return children.getOrDefault(parent, List.of()).stream()
                .filter(child -> child.to().filter(to -> !to.isBrowser()).isPresent())
                .filter(child -> child.status().isOpen()
                        || child.ended()
                                .filter(end -> end.isAfter(segment.left()))
                                .isPresent())
                .findFirst();
    }

    /**
     * Returns whose a leg is. One that the task does not name is told by where its call goes to: it is the agent's only if
     * it goes to the agent's own device.
     */
    public Role role(CallSid leg) {
        if (customerLeg().filter(leg::equals).isPresent()) {
            return Role.CUSTOMER;
        }
        if (agentLeg().filter(leg::equals).isPresent()) {
            return Role.AGENT;
        }
        return call(leg).flatMap(Call::to).map(this::role).orElse(Role.UNKNOWN);
    }

    private Role role(Address to) {
        if (segment.contact().filter(to::sameAs).isPresent()) {
            return Role.AGENT;
        }
        if (otherAgents.agents().stream()
                .map(OtherAgent::contact)
                .flatMap(Optional::stream)
                .anyMatch(to::sameAs)) {
            return Role.OTHER_AGENT;
        }
        if (isAnyAgentsDeviceUnknown()) {
            return Role.UNKNOWN;
        }
        return to.isBrowser() ? Role.SUPERVISOR : Role.EXTERNAL;
    }

    /** An agent of whose device nothing is known may be on any. */
    private boolean isAnyAgentsDeviceUnknown() {
        return (segment.contact().isEmpty() && agentLeg().isEmpty())
                || otherAgents.agents().stream()
                        .anyMatch(otherAgent -> otherAgent.contact().isEmpty());
    }

    /** Says whether a leg's role hangs on a call that nobody has asked for yet. */
    public boolean needsCallForRole(CallSid leg) {
        return role(leg) == Role.UNKNOWN && !hasAsked(leg);
    }

    /**
     * Returns how the conference ended, where that says something of this segment. A conference that went on for more than
     * a second after this agent had left, or after the agent's leg is known to have left, and was then ended by somebody
     * else, says nothing of how this agent's part ended.
     */
    public Optional<Conference> ending() {
        return conference
                .filter(Conference::ended)
                .filter(ended -> !endedLater(ended) || endedByTheAgent(ended))
                .filter(ended ->
                        agentLeave().filter(own -> endedAfter(own, ended)).isEmpty());
    }

    /** This leg had left of itself before one that is not the agent's ended the conference. */
    private boolean endedAfter(ParticipantLeft leave, Conference ended) {
        return leave.leftOnOwnAccord()
                && ended.endingLeg()
                        .filter(leg -> role(leg) != Role.AGENT)
                        .flatMap(participantLog::leave)
                        .filter(leave::isBefore)
                        .isPresent();
    }

    private boolean endedLater(Conference ended) {
        return ended.updated().filter(this::isAfterTheAgentLeft).isPresent();
    }

    private boolean endedByTheAgent(Conference ended) {
        return ended.endingLeg().filter(leg -> role(leg) == Role.AGENT).isPresent();
    }

    /** Says whether a moment is clearly later than the one as of which this segment is judged. */
    public boolean isAfterTheAgentLeft(Instant moment) {
        return moment.isAfter(segment.left().plus(SAME_MOMENT));
    }

    /** Says whether the conference ended for this reason, by a leg of this role, as far as {@link #ending} goes. */
    public boolean endedBy(Conference.EndReason reason, Role whose) {
        return endedFor(reason) && endingRole() == whose;
    }

    /** Says whether the conference ended for this reason, as far as {@link #ending} goes. */
    public boolean endedFor(Conference.EndReason reason) {
        return ending().flatMap(Conference::endReason).filter(reason::equals).isPresent();
    }

    /** Returns whose leg ended the conference, as far as {@link #ending} goes. */
    public Role endingRole() {
        return ending().flatMap(Conference::endingLeg).map(this::role).orElse(Role.UNKNOWN);
    }

    /** Returns the question whose leg ended the conference, if only its call can tell: a rule returns it in place of a guess. */
    public Optional<Finding> asksWhoEndedIt() {
        return conference
                .flatMap(Conference::endingLeg)
                .filter(this::needsCallForRole)
                .map(leg -> Finding.needs(new Question.CallOf(leg)));
    }

    /** Returns the question who is in the conference, if it goes on and nobody has asked yet. */
    public Optional<Finding> asksWhoIsIn() {
        return unaskedLegs().map(Finding::needs);
    }

    private Optional<Question> unaskedLegs() {
        return conference
                .filter(running -> !running.ended() && participants.isEmpty())
                .map(running -> new Question.LegsIn(running.sid()));
    }

    /** Says whether the conference was still going on when it was read. */
    public boolean isOngoing() {
        return conference.filter(running -> !running.ended()).isPresent();
    }

    /** Says whether the conference went on without this agent, however it ended later. */
    public boolean wentOn() {
        return conference.isPresent() && ending().isEmpty();
    }

    /** Says whether the leg of this role is listed, and connected, in the running conference. */
    public boolean isPresent(Role role) {
        return connected().anyMatch(leg -> role(leg.call()) == role);
    }

    /** Returns the connected legs of this role in the running conference. */
    public List<Participant> present(Role role) {
        return connected().filter(leg -> role(leg.call()) == role).toList();
    }

    /** Returns a leg in the running conference of which nobody has asked yet whose it is. */
    public Optional<CallSid> legOfUnknownRole() {
        return connected().map(Participant::call).filter(this::needsCallForRole).findFirst();
    }

    private Stream<Participant> connected() {
        return participants.stream().flatMap(List::stream).filter(Participant::connected);
    }

    /** Says whether the agent is known to have acted on purpose by a marker that speaks for this segment. */
    public boolean isMarked() {
        return marker.speaksFor(segment.reservation());
    }

    /**
     * Says whether everything that was asked for has come to rest, so that looking again would show the same: the conference
     * is over, or goes on with the customer and without this agent. Before that, Twilio's API may still show the moment
     * before.
     */
    public boolean isSettled() {
        return !isOngoing() || participants.isEmpty() || (isPresent(Role.CUSTOMER) && agentIsGone());
    }

    /**
     * Without knowing which leg is this agent's, it can be told gone where no more legs are left than there are colleagues to
     * own them.
     */
    private boolean agentIsGone() {
        if (agentLeave().isPresent()) {
            return true;
        }
        if (isPresent(Role.AGENT)) {
            return false;
        }
        long unknown =
                connected().filter(leg -> role(leg.call()) == Role.UNKNOWN).count();
        return agentLeg().isPresent() || unknown + present(Role.OTHER_AGENT).size() <= otherAgentsPresent();
    }

    private int otherAgentsPresent() {
        return otherAgents.presentAt(segment.left()).size();
    }

    /** Returns any question that has not been asked yet. */
    Optional<Question> unansweredQuestion() {
        return unaskedLegs()
                .or(() -> Stream.of(customerLeg(), conference.flatMap(Conference::endingLeg), legOfUnknownRole())
                        .flatMap(Optional::stream)
                        .filter(leg -> !hasAsked(leg))
                        .map(leg -> (Question) new Question.CallOf(leg))
                        .findFirst());
    }

    /** Returns all that is known, in words. */
    public List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(Source.EVENTS, "the agent's leg went at " + Facts.utc(segment.left())));
        agentDevice().ifPresent(device -> facts.add(Facts.wasOn(this, device)));
        facts.addAll(Facts.otherAgents(this));
        facts.add(conference
                .map(seen -> new Fact(Source.CONFERENCE, describe(seen)))
                .orElse(new Fact(Source.TASK, "no conference is named")));
        participants.ifPresent(seen -> facts.add(new Fact(Source.PARTICIPANTS, describe(seen))));
        participantLog.leaves().forEach(leave -> facts.add(describe(leave)));
        calls.keySet().stream().sorted(Comparator.comparing(CallSid::value)).forEach(leg -> facts.add(describe(leg)));
        facts.add(isMarked() ? Facts.marked() : Facts.unmarked());
        return facts;
    }

    private String describe(Conference seen) {
        if (!seen.ended()) {
            return "it was going on";
        }
        String how = "it ended, " + seen.endReason().map(Object::toString).orElse("no reason given") + ", "
                + seen.endingLeg()
                        .map(leg -> "by " + Facts.whose(role(leg)) + " leg")
                        .orElse("no leg named");
        return seen.updated().filter(this::isAfterTheAgentLeft).isPresent() ? how + ", after this agent had left" : how;
    }

    private String describe(List<Participant> seen) {
        return seen.isEmpty()
                ? "nobody was listed"
                : "listed: "
                        + seen.stream()
                                .map(leg -> Facts.whose(role(leg.call())) + " leg")
                                .collect(Collectors.joining(", "));
    }

    /** Callbacks have whole seconds; what came first is told by their numbers. */
    private Fact describe(ParticipantLeft leave) {
        String why = leave.reason().map(reason -> ", " + reason).orElse("");
        return new Fact(
                Source.CALLBACKS,
                Facts.whose(role(leave.leg())) + " leg left as event " + leave.order() + " of the conference" + why
                        + (leave.onHold() ? ", on hold" : ""));
    }

    private Fact describe(CallSid leg) {
        return new Fact(
                Source.CALL,
                call(leg)
                        .map(call -> Facts.whose(role(leg)) + " call is " + call.status())
                        .orElse(Facts.whose(role(leg)) + " call is not there"));
    }
}
