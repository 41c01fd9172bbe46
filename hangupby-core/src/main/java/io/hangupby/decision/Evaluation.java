package io.hangupby.decision;

import java.util.List;
import java.util.Optional;

/**
 * The result of evaluating one segment's evidence. Immutable.
 *
 * @param trace the rules that were evaluated, in order; the rule that decided is last
 * @param openQuestion the question whose reply could still change the verdict, if any
 * @param verdict the verdict without a reply to the open question
 */
public record Evaluation(List<RuleTrace> trace, Optional<Question> openQuestion, Verdict verdict) {

    /** Copies the trace. */
    public Evaluation {
        trace = List.copyOf(trace);
    }
}
