package io.hangupby.decision;

import io.hangupby.call.CallSid;
import io.hangupby.call.Conference;
import io.hangupby.call.Participant;
import io.hangupby.call.ParticipantLeft;
import io.hangupby.call.ParticipantLeft.Reason;
import io.hangupby.call.ParticipantLog;
import io.hangupby.call.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who was in the conference when this agent's leg left. A participant log without a gap says so for any moment, however late
 * the evidence is collected. Otherwise the Participants of a conference in progress say who is in it by now. Immutable.
 */
final class Presence {
    private final EvidenceData data;
    private final LeaveOrder order;
    private final boolean isFromLog;
    private final boolean wasSeenToGoOn;
    /** Only participants that are no party are left. */
    private final boolean isDeserted;

    private final List<Present> parties;

    /** A leg of a party, and whether it is connected; a leg that rings is not. */
    private record Present(CallSid leg, Role role, boolean connected) {}

    private Presence(
            EvidenceData data,
            LegRoles roles,
            LeaveOrder order,
            boolean isFromLog,
            boolean wasSeenToGoOn,
            List<Participant> participants) {
        this.data = data;
        this.order = order;
        this.isFromLog = isFromLog;
        this.wasSeenToGoOn = wasSeenToGoOn;
        this.parties = parties(participants, roles);
        this.isDeserted = parties.isEmpty() && !participants.isEmpty();
    }

    /** Leaves out participants that are no party. */
    private static List<Present> parties(List<Participant> participants, LegRoles roles) {
        List<Present> parties = new ArrayList<>(participants.size());
        for (Participant participant : participants) {
            Role role = roles.of(participant.call());
            if (role != Role.IGNORED) {
                parties.add(new Present(participant.call(), role, participant.connected()));
            }
        }
        return parties;
    }

    static Presence of(EvidenceData data, LegRoles roles, LeaveOrder order) {
        Optional<ParticipantLeft> agent = order.agent().filter(left -> saysAll(left, data.participantLog()));
        if (order.agent().isEmpty() && isOverForAll(data)) {
            return new Presence(data, roles, order, true, false, List.of());
        }
        return agent.isPresent()
                ? fromLog(data, roles, order, agent.get())
                : new Presence(
                        data,
                        roles,
                        order,
                        false,
                        data.conference().stream().anyMatch(known -> !known.ended()),
                        data.participants().stream()
                                .flatMap(List::stream)
                                .filter(listed -> !hadLeft(listed, data.participantLog(), order))
                                .toList());
    }

    /** A leg that left because the conference ended shows that it did, even if the log has a gap. */
    private static boolean saysAll(ParticipantLeft agent, ParticipantLog log) {
        return agent.isConsequenceOfEnd() || log.upTo(agent).isWhole();
    }

    /** If the agent's leg is not known, and each leg but the customer's left because the conference ended, so did the agent's. */
    private static boolean isOverForAll(EvidenceData data) {
        if (data.agentLeg().isPresent()) {
            return false;
        }
        List<ParticipantLeft> possible = data
                .participantLog()
                .leavesNear(data.segment().left())
                .stream()
                .filter(left -> !data.customerLeg().equals(Optional.of(left.leg())))
                .toList();
        return !possible.isEmpty() && possible.stream().allMatch(ParticipantLeft::isConsequenceOfEnd);
    }

    /** Legs that rang do not show in the log until they join. Participants lists them, if it was requested. */
    private static Presence fromLog(EvidenceData data, LegRoles roles, LeaveOrder order, ParticipantLeft agent) {
        List<Participant> stayed = data.participantLog().upTo(agent).participants();
        boolean wasSeenToGoOn = agent.hungUpOrWasTakenOut()
                && !endedConference(agent, data)
                && stayed.stream().anyMatch(participant -> roles.of(participant.call()) != Role.IGNORED);
        List<Participant> all =
                Stream.concat(stayed.stream(), ringing(data, agent)).toList();
        return new Presence(data, roles, order, true, wasSeenToGoOn, all);
    }

    private static Stream<Participant> ringing(EvidenceData data, ParticipantLeft agent) {
        Stream<CallSid> listed = data.participants().stream()
                .flatMap(List::stream)
                .filter(participant -> !participant.connected())
                .map(Participant::call);
        return Stream.concat(data.participantLog().ringingWhenLeft(agent).stream(), listed)
                .distinct()
                .map(leg -> new Participant(leg, false, false));
    }

    /** The conference's end names the leg. If it does not, the legs that left next show whether the conference was over. */
    private static boolean endedConference(ParticipantLeft agent, EvidenceData data) {
        ParticipantLog log = data.participantLog();
        Optional<CallSid> endingLeg = log.endingLeg()
                .or(() -> data.conference().filter(Conference::ended).flatMap(Conference::endingLeg));
        return endingLeg
                .map(agent.leg()::equals)
                .or(() -> log.departures().stream()
                        .filter(left -> agent.isBefore(left) && !left.is(Reason.PARTICIPANT_ADD_FAILED))
                        .findFirst()
                        .map(ParticipantLeft::isConsequenceOfEnd))
                .or(agent::endOnExit)
                .orElse(false);
    }

    /** Twilio's API can still list a leg that has left. */
    private static boolean hadLeft(Participant listed, ParticipantLog log, LeaveOrder order) {
        return log.leave(listed.call()).stream()
                .anyMatch(left -> order.agent().stream().noneMatch(agent -> agent.isBefore(left)));
    }

    /** Returns whether the participant log says who was in the conference. */
    boolean isFromLog() {
        return isFromLog;
    }

    /** Returns whether the conference was seen to go on without this agent: by the log, or because it was in progress when read. */
    boolean wasSeenToGoOn() {
        return wasSeenToGoOn;
    }

    /** Returns whether the participant log says that the conference continued without this agent. */
    boolean logSaysItWentOn() {
        return isFromLog && wasSeenToGoOn;
    }

    /** Returns the connected legs. */
    Stream<CallSid> connected() {
        return parties.stream().filter(Present::connected).map(Present::leg);
    }

    /** Returns the connected legs of this role. */
    Stream<CallSid> connected(Role role) {
        return parties.stream()
                .filter(party -> party.connected() && party.role() == role)
                .map(Present::leg);
    }

    /** Returns whether a connected leg has this role. */
    boolean isPresent(Role role) {
        return parties.stream().anyMatch(party -> party.connected() && party.role() == role);
    }

    /** Returns the legs that were not connected yet. */
    Stream<CallSid> ringing() {
        return parties.stream().filter(party -> !party.connected()).map(Present::leg);
    }

    /** Returns whether Twilio's API may still list this agent's leg. */
    boolean isAgentListed() {
        return wasSeenToGoOn && !agentIsGone();
    }

    /**
     * Returns whether Twilio's API has settled: the conference is over, is left to participants that are no party, or continues with
     * the customer and without this agent.
     */
    boolean apiHasSettled() {
        if (isDeserted) {
            return true;
        }
        if (isFromLog) {
            return wasSeenToGoOn || data.conference().stream().allMatch(Conference::ended);
        }
        return !wasSeenToGoOn || data.participants().isEmpty() || (isPresent(Role.CUSTOMER) && agentIsGone());
    }

    /** If this agent's leg is not known, the agent has left once the other agents account for all unknown legs. */
    private boolean agentIsGone() {
        if (order.agent().isPresent()) {
            return true;
        }
        if (isPresent(Role.AGENT)) {
            return false;
        }
        long possibleOtherAgents =
                connected(Role.UNKNOWN).count() + connected(Role.OTHER_AGENT).count();
        return data.agentLeg().isPresent()
                || possibleOtherAgents
                        <= data.otherAgents().presentAt(data.segment().left()).size();
    }
}
