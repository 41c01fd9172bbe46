package io.hangupby.decision;

import io.hangupby.call.CallSid;
import io.hangupby.call.Conference;
import io.hangupby.call.Conference.EndReason;
import io.hangupby.call.ParticipantLeft;
import io.hangupby.call.Role;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds the questions that the evidence leaves open. Each question is asked once, and only while a verdict can depend
 * on the reply. A rule then returns {@link Finding#needs} with the question. Immutable and thread-safe.
 */
public final class OpenQuestions {
    private final CallEvidence evidence;

    OpenQuestions(CallEvidence evidence) {
        this.evidence = evidence;
    }

    private LegRoles roles() {
        return evidence.derived().roles();
    }

    private LeaveOrder order() {
        return evidence.derived().order();
    }

    private Presence presence() {
        return evidence.derived().presence();
    }

    /** Returns the request that shows whose leg ended the conference. */
    public Optional<Question> whoEndedIt() {
        return whose(evidence.conference().flatMap(Conference::endingLeg).stream());
    }

    /** Returns the request that lists who is in the conference in progress, unless a log of its participants says it. */
    public Optional<Question> whoIsIn() {
        return evidence.conference()
                .filter(running -> !running.ended()
                        && evidence.participants().isEmpty()
                        && !presence().logSaysItWentOn())
                .map(running -> Question.participantsIn(running.sid()));
    }

    /** Returns the request that shows whose leg a participant is. */
    public Optional<Question> whoTheParticipantsAre() {
        return whose(presence().connected());
    }

    /**
     * Returns the request that shows whether an outside party rings, and whose leg that is. A log does not show legs that ring,
     * so it is asked for only where the customer stayed alone, or with a supervisor.
     */
    public Optional<Question> whoRings() {
        List<CallSid> ringing = evidence.ringing().toList();
        boolean isAlone =
                presence().connected().map(roles()::of).allMatch(EnumSet.of(Role.CUSTOMER, Role.SUPERVISOR)::contains);
        boolean canAsk = presence().logSaysItWentOn()
                && ringing.isEmpty()
                && isAlone
                && evidence.participants().isEmpty()
                && evidence.conference().stream().noneMatch(Conference::ended);
        return canAsk
                ? evidence.conference().map(Conference::sid).map(Question::participantsIn)
                : whose(ringing.stream());
    }

    /**
     * Returns the request that shows whose leg a participant is, if the participant could be this agent. If the agent's leg is
     * not known, only the legs' Calls show it.
     */
    public Optional<Question> whetherTheAgentIsIn() {
        boolean agentIsKnown =
                evidence.agentLeg().isPresent() || order().agent().isPresent();
        return agentIsKnown && evidence.apiHasSettled() ? Optional.empty() : whoTheParticipantsAre();
    }

    /** Returns the request that shows whose leg a participant is, if this agent may still be listed although gone. */
    public Optional<Question> whetherItIsSettled() {
        return evidence.isAgentListed() ? whoTheParticipantsAre() : Optional.empty();
    }

    /**
     * Returns the request that shows whose leg left when this agent left, if a verdict could depend on the order of leaving.
     */
    public Optional<Question> whoLeftFirst() {
        return evidence.participantLog().isAvailable() && order().agent().isEmpty()
                ? whoEndedIt().or(() -> whoseLeave(this::orderDependsOn))
                : Optional.empty();
    }

    /** Returns the request that shows whose leg left near the agent's end. */
    public Optional<Question> whoLeft() {
        return whoseLeave(left -> true);
    }

    /** Returns the request that shows whose leg left after the customer's, if the leg could be this agent's. */
    public Optional<Question> whetherTheCustomerLeftFirst() {
        return order().agent().isPresent() ? Optional.empty() : whoseLeave(order()::customerBefore);
    }

    /** Returns the request for the Call of the first of these legs whose owner is not known. */
    public Optional<Question> whose(Stream<CallSid> legs) {
        return legs.filter(roles()::needsCall).findFirst().map(Question::callOf);
    }

    /** Returns every question that has not been asked yet. */
    List<Question> all() {
        Stream<CallSid> known = Stream.concat(
                evidence.customerLeg().stream(), evidence.conference().flatMap(Conference::endingLeg).stream());
        Stream<CallSid> left = evidence
                .participantLog()
                .leavesNear(evidence.segment().left())
                .stream()
                .map(ParticipantLeft::leg);
        Stream<CallSid> unknown = Stream.concat(presence().connected(), left).filter(roles()::needsCall);
        Stream<Question> calls = Stream.concat(known, unknown)
                .filter(leg -> !evidence.hasAsked(leg))
                .distinct()
                .map(Question::callOf);
        return Stream.concat(whoIsIn().stream(), calls).toList();
    }

    private Optional<Question> whoseLeave(Predicate<ParticipantLeft> matters) {
        return whose(evidence.participantLog().leavesNear(evidence.segment().left()).stream()
                .filter(matters)
                .map(ParticipantLeft::leg));
    }

    /** Returns whether a verdict could depend on whether this leave was the agent's. */
    private boolean orderDependsOn(ParticipantLeft left) {
        boolean customerEndedIt =
                evidence.conferenceEndedBy(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, Role.CUSTOMER);
        return left.is(ParticipantLeft.Reason.PARTICIPANT_UPDATED_VIA_API)
                || (evidence.wasSeenToGoOn() && !evidence.apiHasSettled())
                || order().customerAfter(left)
                || (order().customerBefore(left) && !customerEndedIt)
                || isBeforeTheEnd(left);
    }

    private boolean isBeforeTheEnd(ParticipantLeft left) {
        return evidence.conference().stream()
                .filter(Conference::ended)
                .anyMatch(ended -> ConferenceEnd.isBeforeTheEnd(left, ended, evidence.participantLog(), roles()));
    }
}
