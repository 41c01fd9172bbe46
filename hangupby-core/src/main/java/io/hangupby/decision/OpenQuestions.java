package io.hangupby.decision;

import io.hangupby.call.CallSid;
import io.hangupby.call.Conference;
import io.hangupby.call.Conference.EndReason;
import io.hangupby.call.ParticipantLeft;
import io.hangupby.call.Role;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds the questions that the evidence leaves open. Each question is asked once, and only while a verdict can depend
 * on the reply.
 */
final class OpenQuestions {
    private final CallEvidence evidence;
    private final LegRoles roles;
    private final LeaveOrder order;

    OpenQuestions(CallEvidence evidence) {
        this.evidence = evidence;
        this.roles = evidence.roles();
        this.order = evidence.leaveOrder();
    }

    Optional<Question> whoEndedIt() {
        return whose(evidence.conference().flatMap(Conference::endingLeg).stream());
    }

    Optional<Question> whoIsIn() {
        return evidence.conference()
                .filter(running -> !running.ended()
                        && evidence.participants().isEmpty()
                        && evidence.logOfWhatWentOn().isEmpty())
                .map(running -> new Question.ParticipantsIn(running.sid()));
    }

    Optional<Question> whoTheParticipantsAre() {
        return whose(evidence.connected());
    }

    /** If the agent's leg is not known, only the legs' Calls show whether a participant is the agent. */
    Optional<Question> whetherTheAgentIsIn() {
        boolean agentIsKnown = evidence.agentLeg().isPresent() || order.agent().isPresent();
        return agentIsKnown && evidence.isSettled() ? Optional.empty() : whoTheParticipantsAre();
    }

    /** If the agent's leave is not known, a leg that left at the same time may be the agent's. */
    Optional<Question> whoLeftFirst() {
        return evidence.participantLog().isAvailable() && order.agent().isEmpty()
                ? whoEndedIt().or(() -> whoseLeave(this::orderDependsOn))
                : Optional.empty();
    }

    Optional<Question> whetherTheCustomerLeftFirst() {
        return order.agent().isPresent() ? Optional.empty() : whoseLeave(order::customerBefore);
    }

    Optional<Question> whose(Stream<CallSid> legs) {
        return legs.filter(roles::needsCall).findFirst().map(Question.CallOf::new);
    }

    /** Returns every question that has not been asked yet. */
    List<Question> all() {
        Stream<CallSid> known = Stream.concat(
                evidence.customerLeg().stream(), evidence.conference().flatMap(Conference::endingLeg).stream());
        Stream<Question> calls = Stream.concat(known, evidence.connected().filter(roles::needsCall))
                .filter(leg -> !evidence.hasAsked(leg))
                .distinct()
                .map(Question.CallOf::new);
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
                evidence.endedBy(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, Role.CUSTOMER);
        return left.is(ParticipantLeft.Reason.PARTICIPANT_UPDATED_VIA_API)
                || (evidence.isOngoing() && !evidence.isSettled())
                || order.customerAfter(left)
                || (order.customerBefore(left) && !customerEndedIt)
                || isBeforeTheEnd(left);
    }

    private boolean isBeforeTheEnd(ParticipantLeft left) {
        return evidence.conference().stream()
                .filter(Conference::ended)
                .anyMatch(ended -> ConferenceEnd.isBeforeTheEnd(left, ended, evidence.participantLog(), roles));
    }
}
