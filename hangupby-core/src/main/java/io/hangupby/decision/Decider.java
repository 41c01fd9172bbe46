package io.hangupby.decision;

import java.util.List;
import java.util.Optional;

/**
 * Decides who ended a segment. A decider is a pure function: equal evidence gives an equal verdict, on any thread. It
 * throws no exception.
 */
@FunctionalInterface
public interface Decider {

    /** Returns the verdict; it is {@link EndedBy#UNKNOWN} if the evidence does not say. */
    Verdict decide(CallEvidence evidence);

    /**
     * Returns the question whose reply could still change the verdict, if any. hangupby sends the request, adds the
     * reply to the evidence and calls this method again. The default returns every open question, so a decider sees all
     * evidence. Override it to save requests.
     */
    default Optional<Question> openQuestion(CallEvidence evidence) {
        return evidence.unansweredQuestion();
    }

    /**
     * Returns the verdict, the open question and the evaluated rules. The default trace has one rule: the verdict's.
     */
    default Evaluation evaluate(CallEvidence evidence) {
        Verdict verdict = decide(evidence);
        Finding decided =
                new Finding.Matches(verdict.endedBy(), verdict.reason(), verdict.destination(), verdict.facts());
        return new Evaluation(List.of(new RuleTrace(verdict.rule(), decided)), openQuestion(evidence), verdict);
    }
}
