package io.hangupby.decision;

import java.util.function.Function;

/**
 * One rule of the ordered list. A rule matches, does not match, or needs the reply to a question.
 *
 * <p>A rule is evaluated several times for one segment, on any thread, and must return the same finding for the same
 * evidence. It must be fast and must not block, because the agent is in after-call work. If a rule throws, nothing is
 * written.
 *
 * <pre>{@code
 * DecisionRule afterHours = DecisionRule.of(
 *         "after-hours",
 *         evidence -> evidence.segment().left().isAfter(closing)
 *                 ? Finding.matches(EndedBy.SYSTEM, "we had closed", new Fact(Fact.Source.APPLICATION, "our opening hours"))
 *                 : Finding.noMatch("we were open"));
 * Decider decider = DecisionRules.ours().before("agent-left", afterHours).decider();
 * }</pre>
 */
public interface DecisionRule {

    /** Returns the id that verdicts, log lines and metrics show. Use lower case and hyphens. */
    String id();

    /**
     * Returns whether evidence that arrives later can change a verdict of this rule. If so, the rule is evaluated again. The
     * default is {@code true}.
     */
    default boolean isProvisional() {
        return true;
    }

    /**
     * Returns whether a verdict of this rule relies on the absence of an event. If so, and hangupby may have missed
     * events of the task, TaskRouter's recorded events are read once before the verdict counts. The default is {@code
     * false}.
     */
    default boolean needsFullHistory() {
        return false;
    }

    /** Returns this rule's finding for the evidence. */
    Finding evaluate(CallEvidence evidence);

    /** Returns a rule with this id that evaluates this function: provisional, without need of the full history. */
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
