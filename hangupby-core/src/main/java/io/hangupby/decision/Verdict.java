package io.hangupby.decision;

import io.hangupby.call.Address;
import java.util.List;
import java.util.Optional;

/**
 * Who ended one segment, and why. Immutable.
 *
 * @param endedBy who ended the segment; empty if there was no conversation with a customer to end, so nothing is
 *     written
 * @param rule the id of the rule that decided, as in {@code docs/rules.md}
 * @param reason one sentence for people
 * @param destination the outside party to whom the customer went, if any
 * @param facts the facts that the verdict is based on
 * @param isProvisional whether later evidence can change the verdict while the agent is in after-call work
 * @param needsFullHistory whether the verdict relies on the absence of an event
 */
public record Verdict(
        Optional<EndedBy> endedBy,
        String rule,
        String reason,
        Optional<Address> destination,
        List<Fact> facts,
        boolean isProvisional,
        boolean needsFullHistory) {
    /** The rule of a verdict when no rule matches. */
    public static final String UNDECIDED = "undecided";

    /** The rule of a verdict on a task that Twilio no longer has. */
    public static final String TASK_GONE = "task-gone";

    /** The rule of a verdict on a task whose attributes are not a JSON object. */
    public static final String ATTRIBUTES_UNREADABLE = "attributes-unreadable";

    /** Copies the facts. */
    public Verdict {
        facts = List.copyOf(facts);
    }

    /** Creates a provisional verdict without a destination, for a decider that has no rules. */
    public Verdict(Optional<EndedBy> endedBy, String rule, String reason, List<Fact> facts) {
        this(endedBy, rule, reason, Optional.empty(), facts, true, false);
    }

    /** Returns the verdict of a rule that matches. */
    public static Verdict of(DecisionRule rule, Finding.Matches finding) {
        return new Verdict(
                finding.endedBy(),
                rule.id(),
                finding.reason(),
                finding.destination(),
                finding.facts(),
                rule.isProvisional(),
                rule.needsFullHistory());
    }

    /** Returns the verdict on a task that Twilio no longer has. No rule was evaluated. */
    public static Verdict taskGone() {
        return unknown(TASK_GONE, "Twilio no longer has the task");
    }

    /** Returns the verdict on a task whose attributes cannot be read. No rule was evaluated. */
    public static Verdict attributesUnreadable() {
        return unknown(ATTRIBUTES_UNREADABLE, "the task's attributes cannot be read");
    }

    private static Verdict unknown(String rule, String reason) {
        return new Verdict(Optional.of(EndedBy.UNKNOWN), rule, reason, Optional.empty(), List.of(), false, false);
    }

    /** Returns whether both verdicts write the same value and the same destination into a task. */
    public boolean writesSameAs(Verdict other) {
        return endedBy.equals(other.endedBy) && destination.equals(other.destination);
    }
}
