package io.hangupby.decision;

import java.util.List;
import java.util.Optional;

/**
 * Decides who ended a segment. A pure function of the evidence: the same evidence gives the same verdict, every time, on
 * any thread, without an exception.
 */
@FunctionalInterface
public interface Decider {

    /** Returns the verdict; it is {@link EndedBy#UNKNOWN} if the evidence does not say. */
    Verdict decide(CallEvidence evidence);

    /**
     * Returns the question whose reply could still change the verdict, if there is one. Twilio is asked, the reply joins the
     * evidence, and this is called again. By default every question is asked, so that a decider sees all there is; a decider
     * that knows what it needs saves requests.
     */
    default Optional<Question> openQuestion(CallEvidence evidence) {
        return evidence.unansweredQuestion();
    }

    /**
     * Returns the verdict, the open question and the rules that led there, all at once. By default the only rule is the
     * verdict's own.
     */
    default Evaluation evaluate(CallEvidence evidence) {
        Verdict verdict = decide(evidence);
        Finding decided =
                new Finding.Matches(verdict.endedBy(), verdict.reason(), verdict.destination(), verdict.facts());
        return new Evaluation(List.of(new RuleTrace(verdict.rule(), decided)), openQuestion(evidence), verdict);
    }
}
