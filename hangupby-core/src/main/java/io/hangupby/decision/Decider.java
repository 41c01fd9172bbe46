package io.hangupby.decision;

import java.util.List;

/**
 * Decides who ended a segment. A decider is a pure function: equal evidence gives an equal verdict, on any thread. It
 * throws no exception.
 */
@FunctionalInterface
public interface Decider {

    /** Returns the verdict; it is {@link EndedBy#UNKNOWN} if the evidence does not say. */
    Verdict decide(CallEvidence evidence);

    /**
     * Returns the questions whose replies could still change the verdict. hangupby sends their requests at the same
     * time, adds the replies to the evidence and calls this method again. The default returns every question until it has
     * been asked, so a decider sees all evidence. Override it to save requests.
     */
    default List<Question> openQuestions(CallEvidence evidence) {
        return evidence.questions().all();
    }

    /**
     * Returns the verdict, the open questions and the evaluated rules. The default trace has one rule: the verdict's.
     */
    default Evaluation evaluate(CallEvidence evidence) {
        Verdict verdict = decide(evidence);
        Finding decided =
                new Finding.Matches(verdict.endedBy(), verdict.reason(), verdict.destination(), verdict.facts());
        return new Evaluation(List.of(new RuleTrace(verdict.rule(), decided)), openQuestions(evidence), verdict);
    }
}
