package io.hangupby.decision.rules;

import static io.hangupby.decision.Finding.matches;
import static io.hangupby.decision.Finding.noMatch;
import static io.hangupby.decision.rules.Facts.conferenceWentOn;
import static io.hangupby.decision.rules.Facts.fact;

import io.hangupby.call.ReservationSid;
import io.hangupby.call.Transfer;
import io.hangupby.call.Transfer.Mode;
import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.DecisionRule;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Fact.Source;
import io.hangupby.decision.Finding;
import java.util.Optional;

/**
 * Decides {@code consult}: {@code CONSULT}.
 *
 * <p>Matches when this agent joined by a warm transfer, and the agent who started the transfer was still present when this
 * agent left. The conference must have gone on with the customer, as {@link CustomerStayed} says. The transfer's status plays
 * no part. Needs the questions of {@link CustomerStayed}. Needs the full history, because a wrap-up of the agent who started the
 * transfer may be missing.
 */
final class Consult implements DecisionRule {

    @Override
    public String id() {
        return "consult";
    }

    @Override
    public boolean isProvisional() {
        return false;
    }

    @Override
    public boolean needsFullHistory() {
        return true;
    }

    @Override
    public Finding evaluate(CallEvidence evidence) {
        boolean starterWasIn = evidence.otherAgents().joinedVia().stream()
                .filter(transfer -> transfer.is(Mode.WARM))
                .map(Transfer::startedBy)
                .flatMap(Optional::stream)
                .anyMatch(starter -> wasIn(evidence, starter));
        if (!starterWasIn) {
            return noMatch("this agent did not join by a warm transfer of an agent who was still present");
        }
        return CustomerStayed.in(evidence)
                .match(() -> matches(
                        EndedBy.CONSULT,
                        "the agent was consulted, and the customer stayed with the agent who started the transfer",
                        fact(Source.EVENTS, "the agent who started the warm transfer had not left"),
                        conferenceWentOn()));
    }

    private static boolean wasIn(CallEvidence evidence, ReservationSid reservation) {
        return evidence.otherAgents().presentAt(evidence.segment().left()).stream()
                .anyMatch(other -> other.reservation().equals(reservation));
    }
}
