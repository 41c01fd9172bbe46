package io.hangupby.decision;

import java.util.function.Function;

/**
 * One rule of the ordered list: it looks at the evidence and decides, passes, or names the one question that stands in its
 * way. It is called several times for one segment, on any thread, and says the same of the same evidence each time.
 *
 * @see DecisionRules#before
 */
public interface DecisionRule {

    /** The name by which a verdict, the docs and the settings know the rule. */
    String id();

    /** Looks at the evidence. */
    Finding evaluate(CallEvidence evidence);

    /** Makes a rule of a function. */
    static DecisionRule of(String id, Function<CallEvidence, Finding> evaluate) {
        return new DecisionRule() {
            @Override
            public String id() {
                return id;
            }

            @Override
            public Finding evaluate(CallEvidence evidence) {
                return evaluate.apply(evidence);
            }

            @Override
            public String toString() {
                return id;
            }
        };
    }
}
