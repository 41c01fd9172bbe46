package io.hangupby.decision;

import java.util.List;

/**
 * The result of evaluating one segment's evidence. Immutable.
 *
 * @param trace the rules that were evaluated, in order; the rule that decided is last
 * @param openQuestions the questions whose replies could still change the verdict, without repetition
 * @param verdict the verdict without a reply to the open questions
 */
public record Evaluation(List<RuleTrace> trace, List<Question> openQuestions, Verdict verdict) {

    /** Copies the lists. */
    public Evaluation {
        trace = List.copyOf(trace);
        openQuestions = List.copyOf(openQuestions);
    }
}
