package io.hangupby.decision.rules;

import static io.hangupby.decision.Finding.needs;
import static io.hangupby.decision.Finding.noMatch;
import static io.hangupby.decision.rules.Facts.fact;

import io.hangupby.call.Call;
import io.hangupby.call.CallSid;
import io.hangupby.call.Role;
import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Finding;
import io.hangupby.decision.Question;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * With which outside party this agent left the customer, if the agent left on purpose, the conference continued with the
 * customer, and no other agent was present. An agent whose leg a supervisor removed did not leave the customer.
 */
enum OutsideParty {
    /** The outside party talks with the customer. */
    TALKING(
            EndedBy.EXTERNAL_WARM_TRANSFER,
            "the agent left the customer talking to an outside party",
            "the customer and an outside party continue to talk") {
        @Override
        Optional<Question> open(CallEvidence evidence) {
            return evidence.questions().whoTheParticipantsAre();
        }

        @Override
        Stream<CallSid> legs(CallEvidence evidence) {
            return evidence.present(Role.EXTERNAL);
        }
    },
    /** The customer waits for an outside party that still rings. */
    RINGING(
            EndedBy.EXTERNAL_COLD_TRANSFER,
            "the agent left the customer waiting for an outside party",
            "an outside party still rang") {
        @Override
        Optional<Question> open(CallEvidence evidence) {
            return evidence.questions().whoRings().or(() -> whoIsConnected(evidence));
        }

        // An outside party who talks with the customer, or this agent, can be among the participants.
        private Optional<Question> whoIsConnected(CallEvidence evidence) {
            return legs(evidence).findAny().isPresent()
                    ? evidence.questions().whoTheParticipantsAre()
                    : Optional.empty();
        }

        @Override
        Stream<CallSid> legs(CallEvidence evidence) {
            boolean isAnyTalking = evidence.isPresent(Role.EXTERNAL);
            return evidence.ringing().filter(leg -> !isAnyTalking && evidence.role(leg) == Role.EXTERNAL);
        }
    };

    private final EndedBy endedBy;
    private final String reason;
    private final String sight;

    OutsideParty(EndedBy endedBy, String reason, String sight) {
        this.endedBy = endedBy;
        this.reason = reason;
        this.sight = sight;
    }

    abstract Optional<Question> open(CallEvidence evidence);

    abstract Stream<CallSid> legs(CallEvidence evidence);

    /** Returns the finding for such a party, the question that is needed, or no match. */
    Finding match(CallEvidence evidence) {
        if (!evidence.wasSeenToGoOn()) {
            return noMatch("the conference is not known to have continued");
        }
        if (evidence.otherAgents().anyPresentAt(evidence.segment().left())) {
            return noMatch("another agent was still present");
        }
        if (evidence.agentWasTakenOut()) {
            Optional<Question> talked = AgentRemoved.whoTalked(evidence);
            if (talked.isPresent()) {
                return needs(talked.get());
            }
            if (AgentRemoved.supervisorTalked(evidence)) {
                return noMatch("a supervisor removed the agent");
            }
        }
        AgentIntent intent = AgentIntent.of(evidence);
        if (intent instanceof AgentIntent.Dropped) {
            return noMatch("the agent did not leave on purpose");
        }
        Optional<Question> question = evidence.questions().whoIsIn().or(() -> open(evidence));
        if (question.isPresent()) {
            return needs(question.get());
        }
        Optional<CallSid> party = legs(evidence).findFirst();
        return party.isPresent() && evidence.isPresent(Role.CUSTOMER) && !evidence.isPresent(Role.AGENT)
                ? ifOnPurpose(evidence, intent, party.get())
                : noMatch("the customer is not known to have been left with an outside party");
    }

    private Finding ifOnPurpose(CallEvidence evidence, AgentIntent intent, CallSid party) {
        return intent.match(
                sign -> Finding.matches(
                        endedBy,
                        reason,
                        evidence.call(party).flatMap(Call::to),
                        fact(evidence.presenceSource(), sight),
                        sign),
                sign -> noMatch("the agent did not leave on purpose"));
    }
}
