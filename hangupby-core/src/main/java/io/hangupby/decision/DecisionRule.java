package io.hangupby.decision;

import java.util.function.Function;

/**
 * One rule of the ordered list. It matches, it does not match, or it needs a question answered.
 *
 * <p>A rule is evaluated several times for one segment, on any thread, and returns the same finding for the same evidence each
 * time. It must be quick: it runs while the agent is in after-call work.
 *
 * <pre>{@code
 * DecisionRule afterHours = DecisionRule.of("after-hours", evidence -> evidence.segment().left().isAfter(closing)
 *         ? Finding.matches(EndedBy.SYSTEM, "we had closed", new Fact(Fact.Source.APPLICATION, "our opening hours"))
 *         : Finding.noMatch("we were open"));
 * Decider decider = DecisionRules.ours().before("agent-left", afterHours).decider();
 * }</pre>
 */
public interface DecisionRule {

    /** Returns the name of the rule in verdicts, log lines, metrics and docs. */
    String id();

    /**
     * Returns whether evidence that arrives later can change a verdict of this rule. A rule that returns
     * {@link Stability#PROVISIONAL}, the default, is evaluated again; a rule that returns {@link Stability#FINAL} is not.
     */
    default Stability stability() {
        return Stability.PROVISIONAL;
    }

    /**
     * Returns whether a verdict of this rule rests on the absence of an event. If so, and hangupby first saw the task in the
     * middle of it, TaskRouter's events of the task are read once before the verdict counts. The default is {@code false}.
     */
    default boolean needsFullHistory() {
        return false;
    }

    /** Returns what this rule makes of the evidence. */
    Finding evaluate(CallEvidence evidence);

    /** Returns a rule with this id that evaluates this function, with the defaults of everything else. */
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
