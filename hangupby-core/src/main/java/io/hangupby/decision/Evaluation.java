package io.hangupby.decision;

import java.util.List;
import java.util.Optional;

/**
 * What a decider makes of one segment's evidence. Immutable.
 *
 * @param trace the rules that were evaluated, in order; the rule that decided is last
 * @param openQuestion the question whose reply could still change the verdict, if there is one
 * @param verdict the verdict on this evidence, as if the open question had no reply
 */
public record Evaluation(List<RuleTrace> trace, Optional<Question> openQuestion, Verdict verdict) {

    /** Copies the trace. */
    public Evaluation {
        trace = List.copyOf(trace);
    }
}
