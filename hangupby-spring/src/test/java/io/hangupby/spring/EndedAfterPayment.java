package io.hangupby.spring;

import io.hangupby.call.Conference.EndReason;
import io.hangupby.call.TaskSid;
import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.DecisionRule;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Fact;
import io.hangupby.decision.Finding;
import java.util.function.Predicate;

/** Our payment line ends a call through the API once it is paid: that is the agent's work, and no program's. */
record EndedAfterPayment(Predicate<TaskSid> paid) implements DecisionRule {

    @Override
    public String id() {
        return "ended-after-payment";
    }

    @Override
    public Finding evaluate(CallEvidence evidence) {
        if (!evidence.conferenceEndedFor(EndReason.CONFERENCE_ENDED_VIA_API)) {
            return Finding.noMatch("it was not ended through the API");
        }
        if (!paid.test(evidence.segment().task().task())) {
            return Finding.noMatch("nothing was paid in this call");
        }
        return Finding.matches(
                EndedBy.AGENT,
                "the payment was through",
                new Fact(Fact.Source.APPLICATION, "our payment line ended it"));
    }
}
