package io.hangupby.decision;

import io.hangupby.call.CallSid;
import io.hangupby.call.Conference;
import io.hangupby.call.Participant;
import io.hangupby.call.ParticipantLeft;
import io.hangupby.call.ParticipantLeft.Reason;
import io.hangupby.call.ParticipantLog;
import io.hangupby.call.Role;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Who was in the conference when this agent's leg left. A participant log without a gap says so for any moment, however late
 * the evidence is collected. Otherwise the Participants of a conference in progress say who is in it by now. Immutable.
 *
 * @param isFromLog whether the participant log says so
 * @param isOngoing whether the conference continued without this agent
 * @param participants supplies the legs, ringing legs included, without participants that are no party; most rules do not need
 *     them
 */
record Presence(boolean isFromLog, boolean isOngoing, Supplier<Stream<Participant>> participants) {

    static Presence of(CallEvidence evidence, LegRoles roles, LeaveOrder order) {
        Optional<ParticipantLeft> agent = order.agent().filter(left -> saysAll(left, evidence.participantLog()));
        if (order.agent().isEmpty() && isOverForAll(evidence)) {
            return new Presence(true, false, Stream::empty);
        }
        return agent.isPresent()
                ? fromLog(evidence, roles, agent.get())
                : new Presence(
                        false,
                        evidence.conference().stream().anyMatch(known -> !known.ended()),
                        () -> parties(evidence.participants().stream().flatMap(List::stream), roles)
                                .filter(listed -> !hadLeft(listed, evidence.participantLog(), order)));
    }

    /** A leg that left because the conference ended shows that it did, even if the log has a gap. */
    private static boolean saysAll(ParticipantLeft agent, ParticipantLog log) {
        return agent.isConsequenceOfEnd() || log.upTo(agent).isWhole();
    }

    /** If the agent's leg is not known, and each leg but the customer's left because the conference ended, so did the agent's. */
    private static boolean isOverForAll(CallEvidence evidence) {
        List<ParticipantLeft> possible = evidence
                .participantLog()
                .leavesNear(evidence.segment().left())
                .stream()
                .filter(left -> !evidence.customerLeg().equals(Optional.of(left.leg())))
                .toList();
        return evidence.agentLeg().isEmpty()
                && !possible.isEmpty()
                && possible.stream().allMatch(ParticipantLeft::isConsequenceOfEnd);
    }

    /** Legs that rang do not show in the log until they join. Participants lists them, if it was requested. */
    private static Presence fromLog(CallEvidence evidence, LegRoles roles, ParticipantLeft agent) {
        List<Participant> stayed = evidence.participantLog().upTo(agent).participants();
        boolean isOngoing = agent.leftOnOwnAccord()
                && !endedConference(agent, evidence)
                && parties(stayed.stream(), roles).findAny().isPresent();
        return new Presence(
                true, isOngoing, () -> parties(Stream.concat(stayed.stream(), ringing(evidence, agent)), roles));
    }

    private static Stream<Participant> ringing(CallEvidence evidence, ParticipantLeft agent) {
        Stream<CallSid> listed = evidence.participants().stream()
                .flatMap(List::stream)
                .filter(participant -> !participant.connected())
                .map(Participant::call);
        return Stream.concat(evidence.participantLog().ringingWhenLeft(agent).stream(), listed)
                .distinct()
                .map(leg -> new Participant(leg, false, false));
    }

    /** The conference's end names the leg. If it does not, the legs that left next show whether the conference was over. */
    private static boolean endedConference(ParticipantLeft agent, CallEvidence evidence) {
        ParticipantLog log = evidence.participantLog();
        Optional<CallSid> endingLeg = log.end()
                .flatMap(ParticipantLog.End::leg)
                .or(() -> evidence.conference().filter(Conference::ended).flatMap(Conference::endingLeg));
        return endingLeg
                .map(agent.leg()::equals)
                .or(() -> log.departures().stream()
                        .filter(left -> agent.isBefore(left) && !left.is(Reason.PARTICIPANT_ADD_FAILED))
                        .findFirst()
                        .map(ParticipantLeft::isConsequenceOfEnd))
                .or(agent::endOnExit)
                .orElse(false);
    }

    private static Stream<Participant> parties(Stream<Participant> listed, LegRoles roles) {
        return listed.filter(participant -> roles.of(participant.call()) != Role.IGNORED);
    }

    /** Twilio's API can still list a leg that has left. */
    private static boolean hadLeft(Participant listed, ParticipantLog log, LeaveOrder order) {
        return log.leave(listed.call()).stream()
                .anyMatch(left -> order.agent().stream().noneMatch(agent -> agent.isBefore(left)));
    }

    /** Returns the connected legs. */
    Stream<CallSid> connected() {
        return participants.get().filter(Participant::connected).map(Participant::call);
    }

    /** Returns the legs that were not connected yet. */
    Stream<CallSid> ringing() {
        return participants
                .get()
                .filter(participant -> !participant.connected())
                .map(Participant::call);
    }

    /** Returns whether Twilio's API may still list this agent's leg. */
    boolean isAgentListed(CallEvidence evidence) {
        return isOngoing && !isFromLog && evidence.participants().isPresent() && !agentIsGone(evidence);
    }

    /**
     * Returns whether Twilio's API has settled: the conference is over, is left to participants that are no party, or continues with
     * the customer and without this agent.
     */
    boolean isSettled(CallEvidence evidence) {
        if (isDeserted(evidence)) {
            return true;
        }
        if (isFromLog) {
            return isOngoing || evidence.conference().stream().allMatch(Conference::ended);
        }
        return !isOngoing
                || evidence.participants().isEmpty()
                || (evidence.isPresent(Role.CUSTOMER) && agentIsGone(evidence));
    }

    private boolean isDeserted(CallEvidence evidence) {
        List<Participant> present = isFromLog
                ? evidence.agentLeave()
                        .map(left -> evidence.participantLog().upTo(left).participants())
                        .orElse(List.of())
                : evidence.participants().orElse(List.of());
        return !present.isEmpty()
                && present.stream().map(Participant::call).map(evidence::role).allMatch(Role.IGNORED::equals);
    }

    /** If this agent's leg is not known, the agent has left once the other agents account for all unknown legs. */
    private static boolean agentIsGone(CallEvidence evidence) {
        if (evidence.agentLeave().isPresent()) {
            return true;
        }
        if (evidence.isPresent(Role.AGENT)) {
            return false;
        }
        long possibleOtherAgents = evidence.present(Role.UNKNOWN).count()
                + evidence.present(Role.OTHER_AGENT).count();
        return evidence.agentLeg().isPresent()
                || possibleOtherAgents
                        <= evidence.otherAgents()
                                .presentAt(evidence.segment().left())
                                .size();
    }
}
