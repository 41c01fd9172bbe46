package io.hangupby.decision;

import io.hangupby.call.CallSid;
import io.hangupby.call.Conference;
import io.hangupby.call.Participant;
import io.hangupby.call.ParticipantLeft;
import io.hangupby.call.ParticipantLog;
import io.hangupby.call.Role;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who was in the conference when this agent's leg left. A participant log without a gap says so for any moment, however late
 * the evidence is collected. Otherwise the Participants of a conference in progress say who is in it by now. Immutable.
 *
 * @param isFromLog whether the participant log says so
 * @param isOngoing whether the conference continued without this agent
 * @param participants the legs, ringing legs included, without participants that are no party
 */
record Presence(boolean isFromLog, boolean isOngoing, List<Participant> participants) {

    static Presence of(CallEvidence evidence, LegRoles roles, LeaveOrder order) {
        Optional<ParticipantLeft> agent = order.agent().filter(left -> saysAll(left, evidence.participantLog()));
        return agent.isPresent()
                ? fromLog(evidence, roles, agent.get())
                : new Presence(
                        false,
                        evidence.conference().stream().anyMatch(known -> !known.ended()),
                        parties(evidence.participants().stream().flatMap(List::stream), roles)
                                .filter(listed -> !hadLeft(listed, evidence.participantLog(), order))
                                .toList());
    }

    /** A leg that left because the conference ended shows that it did, whatever else the log lacks. */
    private static boolean saysAll(ParticipantLeft agent, ParticipantLog log) {
        return agent.isConsequenceOfEnd() || log.upTo(agent).isWhole();
    }

    /** Legs that rang do not show in the log until they join. Participants lists them, if it was requested. */
    private static Presence fromLog(CallEvidence evidence, LegRoles roles, ParticipantLeft agent) {
        ParticipantLog log = evidence.participantLog();
        List<Participant> stayed =
                parties(log.upTo(agent).participants().stream(), roles).toList();
        Stream<CallSid> ringing = Stream.concat(
                log.ringingWhenLeft(agent).stream(),
                evidence.participants().stream()
                        .flatMap(List::stream)
                        .filter(listed -> !listed.connected())
                        .map(Participant::call));
        boolean isOngoing = agent.leftOnOwnAccord() && !stayed.isEmpty() && !endedConference(agent, evidence);
        return new Presence(
                true,
                isOngoing,
                Stream.concat(
                                stayed.stream(),
                                parties(ringing.distinct().map(leg -> new Participant(leg, false, false)), roles))
                        .toList());
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
                        .filter(agent::isBefore)
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
        return participants.stream().filter(Participant::connected).map(Participant::call);
    }

    /** Returns the legs that were not connected yet. */
    Stream<CallSid> ringing() {
        return participants.stream()
                .filter(participant -> !participant.connected())
                .map(Participant::call);
    }

    /**
     * Returns whether Twilio's API has settled: the conference is over, or continues with the customer and without this agent.
     */
    boolean isSettled(CallEvidence evidence) {
        if (isFromLog) {
            return isOngoing || evidence.conference().stream().allMatch(Conference::ended);
        }
        return !isOngoing
                || evidence.participants().isEmpty()
                || (evidence.isPresent(Role.CUSTOMER) && agentIsGone(evidence));
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
