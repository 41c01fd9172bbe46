package io.hangupby.decision;

import static io.hangupby.decision.Facts.end;
import static io.hangupby.decision.Facts.fact;
import static io.hangupby.decision.Facts.marked;
import static io.hangupby.decision.Facts.noPlugin;
import static io.hangupby.decision.Facts.unmarked;
import static io.hangupby.decision.Facts.wasOn;
import static io.hangupby.decision.Finding.matches;
import static io.hangupby.decision.Finding.needs;
import static io.hangupby.decision.Finding.noMatch;

import io.hangupby.call.Call;
import io.hangupby.call.CallSid;
import io.hangupby.call.Conference.EndReason;
import io.hangupby.call.Participant;
import io.hangupby.call.ParticipantLeft;
import io.hangupby.call.Role;
import io.hangupby.decision.Fact.Source;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The rules that go by what became of the agent's leg, and by who was left, or ended it, instead. */
final class AgentRules {
    private AgentRules() {}

    static Finding externalWarmTransfer(CallEvidence evidence) {
        if (!evidence.isOngoing()) {
            return noMatch("the conference is not known to have gone on");
        }
        if (!evidence.otherAgents().presentAt(evidence.segment().left()).isEmpty()) {
            return noMatch("another agent was still in");
        }
        Optional<Finding> question = evidence.asksWhoIsIn()
                .or(() -> evidence.legOfUnknownRole().map(leg -> needs(new Question.CallOf(leg))));
        if (question.isPresent()) {
            return question.get();
        }
        List<Participant> outside = evidence.present(Role.EXTERNAL);
        if (outside.isEmpty() || !evidence.isPresent(Role.CUSTOMER) || evidence.isPresent(Role.AGENT)) {
            return noMatch("the customer and an outside party are not known to talk on");
        }
        return onPurposeOrNot(
                evidence,
                sign -> matches(
                        EndedBy.EXTERNAL_WARM_TRANSFER,
                        "the agent left the customer talking to an outside party",
                        evidence.call(outside.get(0).call()).flatMap(Call::to),
                        fact(Source.PARTICIPANTS, "the customer and an outside party talk on"),
                        sign),
                sign -> noMatch("the agent did not leave on purpose"));
    }

    static Finding externalLeft(CallEvidence evidence) {
        return evidence.asksWhoEndedIt()
                .orElseGet(() -> evidence.endedBy(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, Role.EXTERNAL)
                        ? matches(EndedBy.EXTERNAL, "an outside party hung up", end(evidence, "an outside party's leg"))
                        : noMatch("no outside party's leg ended the conference"));
    }

    static Finding supervisorLeft(CallEvidence evidence) {
        return evidence.asksWhoEndedIt()
                .orElseGet(() -> evidence.endedBy(
                                EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, Role.SUPERVISOR)
                        ? matches(EndedBy.SUPERVISOR, "a supervisor hung up", end(evidence, "a supervisor's leg"))
                        : noMatch("no supervisor's leg ended the conference"));
    }

    static Finding agentLeft(CallEvidence evidence) {
        Optional<Finding> question = evidence.asksWhoEndedIt().or(evidence::asksWhoLeftFirst);
        if (question.isPresent()) {
            return question.get();
        }
        if (evidence.endedBy(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, Role.AGENT)) {
            return hungUpOrDropped(evidence, end(evidence, "the agent's leg"));
        }
        if (wasTakenDown(evidence)) {
            return noMatch("the agent's leg did not leave by itself");
        }
        Instant left = evidence.segment().left();
        if (evidence.otherAgents().hasActiveTransferBy(evidence.segment().reservation(), left)) {
            return noMatch("the agent was handing the call on");
        }
        if (evidence.agentLeftFirst()
                && evidence.agentLeave()
                        .filter(ParticipantLeft::leftOnOwnAccord)
                        .isPresent()) {
            return hungUpOrDropped(
                    evidence,
                    fact(Source.CALLBACKS, "the agent's leg left before the customer's, participant_hung_up"));
        }
        if (evidence.endedBy(EndReason.LAST_PARTICIPANT_LEFT, Role.CUSTOMER)
                && evidence.otherAgents().presentAt(left).isEmpty()) {
            return hungUpOrDropped(evidence, end(evidence, "the customer's leg"));
        }
        return evidence.asksWhoIsIn()
                .or(() -> asksWhetherTheAgentIsIn(evidence))
                .orElseGet(() -> evidence.isOngoing() && evidence.isSettled()
                        ? hungUpOrDropped(
                                evidence,
                                fact(
                                        Source.PARTICIPANTS,
                                        "the conference goes on with the customer and without the agent"))
                        : noMatch("the agent's leg is not known to have left by itself"));
    }

    /** Where it is not known which leg is the agent's, only the legs' calls tell whether one of them is. */
    private static Optional<Finding> asksWhetherTheAgentIsIn(CallEvidence evidence) {
        boolean agentIsTold =
                evidence.agentLeg().isPresent() || evidence.agentLeave().isPresent();
        return agentIsTold && evidence.isSettled()
                ? Optional.empty()
                : evidence.legOfUnknownRole().map(leg -> needs(new Question.CallOf(leg)));
    }

    private static Finding hungUpOrDropped(CallEvidence evidence, Fact left) {
        return onPurposeOrNot(
                evidence,
                sign -> matches(EndedBy.AGENT, "the agent hung up", left, sign),
                sign -> matches(
                        EndedBy.DISCONNECT, "the agent's browser went without a click", left, unmarked(), sign));
    }

    /**
     * Only a browser's leg that went without a marker went without a purpose; a handset leaves no marker. Either finding is
     * made of the sign by which that was told.
     */
    private static Finding onPurposeOrNot(
            CallEvidence evidence, Function<Fact, Finding> onPurpose, Function<Fact, Finding> dropped) {
        if (evidence.isMarked()) {
            return onPurpose.apply(marked());
        }
        if (!evidence.pluginInstalled()) {
            return onPurpose.apply(noPlugin());
        }
        Optional<CallSid> own = evidence.agentLeg().filter(leg -> !evidence.hasAsked(leg));
        return evidence.agentDevice()
                .map(device -> (device.isBrowser() ? dropped : onPurpose).apply(wasOn(evidence, device)))
                .or(() -> own.map(leg -> needs(new Question.CallOf(leg))))
                .orElse(noMatch("it is not known on what device the agent was"));
    }

    static Finding agentRemoved(CallEvidence evidence) {
        boolean kicked = CustomerRules.isRemoval(evidence) && evidence.endingRole() == Role.AGENT;
        if (!kicked && !wasTakenDown(evidence)) {
            return noMatch("the agent's leg was not removed");
        }
        Optional<CallSid> unknown = evidence.talkingWithTheAgent()
                .filter(evidence::needsCallForRole)
                .findFirst();
        if (unknown.isPresent()) {
            return needs(new Question.CallOf(unknown.get()));
        }
        Fact how = kicked
                ? end(evidence, "the agent's leg")
                : fact(Source.CALLBACKS, "the agent's leg left, " + ParticipantLeft.Reason.PARTICIPANT_UPDATED_VIA_API);
        return evidence.talkingWithTheAgent().anyMatch(leg -> evidence.role(leg) == Role.SUPERVISOR)
                ? matches(
                        EndedBy.SUPERVISOR,
                        "the agent was taken out of the call, and a supervisor was in it",
                        how,
                        fact(Source.CALLBACKS, "a supervisor was heard by all"))
                : matches(EndedBy.AGENT, "the agent's leg was taken down", how);
    }

    private static boolean wasTakenDown(CallEvidence evidence) {
        return !evidence.customerLeftFirst()
                && evidence.agentLeave()
                        .filter(leave -> leave.is(ParticipantLeft.Reason.PARTICIPANT_UPDATED_VIA_API))
                        .isPresent();
    }

    static Finding endedByApi(CallEvidence evidence) {
        if (!evidence.endedFor(EndReason.CONFERENCE_ENDED_VIA_API)) {
            return noMatch("the conference was not ended through the API");
        }
        Fact how = fact(Source.CONFERENCE, "it ended, " + EndReason.CONFERENCE_ENDED_VIA_API);
        return evidence.isMarked()
                ? matches(EndedBy.AGENT, "the agent ended the call for all", how, marked())
                : matches(EndedBy.SYSTEM, "a program ended the call", how, unmarked());
    }
}
