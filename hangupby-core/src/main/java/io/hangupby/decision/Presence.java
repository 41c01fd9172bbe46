package io.hangupby.decision;

import io.hangupby.call.CallSid;
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

    static Presence of(CallEvidence evidence) {
        LegRoles roles = evidence.roles();
        Optional<ParticipantLeft> agent =
                evidence.agentLeave().filter(evidence.participantLog()::wentOnAfter);
        List<Participant> listed = evidence.participants().orElse(List.of());
        return agent.map(left -> fromLog(evidence.participantLog(), left, listed, roles))
                .orElseGet(() -> new Presence(
                        false,
                        evidence.conference().stream().anyMatch(known -> !known.ended()),
                        listed.stream()
                                .filter(row -> isParty(row, roles))
                                .filter(row -> !hadLeft(row, evidence.participantLog(), evidence.agentLeave()))
                                .toList()));
    }

    /** A leg that rings does not show in the log until it joins. Participants lists it, if they were requested. */
    private static Presence fromLog(
            ParticipantLog log, ParticipantLeft agent, List<Participant> listed, LegRoles roles) {
        Stream<CallSid> ringing = Stream.concat(
                log.ringingWhenLeft(agent).stream(),
                listed.stream().filter(row -> !row.connected()).map(Participant::call));
        return new Presence(
                true,
                true,
                Stream.concat(
                                log.upTo(agent).participants().stream(),
                                ringing.distinct().map(leg -> new Participant(leg, false, false)))
                        .filter(row -> isParty(row, roles))
                        .toList());
    }

    private static boolean isParty(Participant row, LegRoles roles) {
        return roles.of(row.call()) != Role.IGNORED;
    }

    /** Twilio's API can still list a leg that has left. */
    private static boolean hadLeft(Participant row, ParticipantLog log, Optional<ParticipantLeft> agent) {
        return log.leave(row.call()).stream()
                .anyMatch(left -> agent.stream().noneMatch(own -> own.isBefore(left)));
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
        return !isOngoing
                || isFromLog
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
