package io.hangupby.decision;

import java.util.List;
import java.util.Optional;

/**
 * Decides who ended a segment. A pure function of the evidence: the same evidence gives the same verdict, every time, on
 * any thread, without an exception.
 */
@FunctionalInterface
public interface Decider {

    /** Returns the verdict; it is {@link EndedBy#UNKNOWN} where the evidence does not say. */
    Verdict decide(CallEvidence evidence);

    /**
     * Returns the question whose answer could still change the verdict, if there is one. It is asked of Twilio, the answer
     * joins the evidence, and this is called again. By default all that can be asked is asked, so that a decider sees all
     * there is; one that knows what it needs saves requests.
     */
    default Optional<Question> openQuestion(CallEvidence evidence) {
        return evidence.unansweredQuestion();
    }

    /**
     * Returns the rules that were tried for the verdict on this evidence, in their order, the one that decided last. By
     * default that is the verdict's own rule, so that a decider without rules need not say more.
     */
    default List<RuleTrace> trace(CallEvidence evidence) {
        Verdict verdict = decide(evidence);
        Finding decided =
                new Finding.Matches(verdict.endedBy(), verdict.reason(), verdict.destination(), verdict.facts());
        return List.of(new RuleTrace(verdict.rule(), decided));
    }
}
