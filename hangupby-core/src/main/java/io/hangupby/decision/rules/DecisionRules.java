package io.hangupby.decision.rules;

import io.hangupby.decision.Decider;
import io.hangupby.decision.DecisionRule;
import io.hangupby.decision.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * Rules in the order in which they are evaluated: ours, as in the table of {@code docs/decisions.md}, with a user's changes.
 * Immutable.
 */
public final class DecisionRules {
    private static final List<DecisionRule> OURS = List.of(
            new NotACustomerCall(),
            new NeverConnected(),
            new ColdTransfer(),
            new WarmTransfer(),
            new Consult(),
            new ExternalColdTransfer(),
            new CustomerMovedOn(),
            new ExternalWarmTransfer(),
            new CustomerRemoved(),
            new CustomerLeft(),
            new CustomerLeftFirst(),
            new ExternalLeft(),
            new SupervisorLeft(),
            new AgentLeft(),
            new AgentRemoved(),
            new EndedByApi());

    private final List<DecisionRule> rules;

    private DecisionRules(List<DecisionRule> rules) {
        this.rules = rules;
    }

    /** Returns our rules, to be changed. */
    public static DecisionRules ours() {
        return new DecisionRules(OURS);
    }

    /**
     * Returns these rules with one more, which is evaluated right before another one; before {@code undecided}, it comes last.
     *
     * @throws IllegalArgumentException if no rule has that id, or one has the new rule's already
     */
    public DecisionRules before(String id, DecisionRule rule) {
        if (rule.id().equals(Verdict.UNDECIDED) || ids().contains(rule.id())) {
            throw invalid("there is a rule " + rule.id() + " already");
        }
        List<DecisionRule> more = new ArrayList<>(rules);
        more.add(id.equals(Verdict.UNDECIDED) ? rules.size() : indexOf(id), rule);
        return new DecisionRules(List.copyOf(more));
    }

    /**
     * Returns these rules without one of them.
     *
     * @throws IllegalArgumentException if no rule has that id
     */
    public DecisionRules without(String id) {
        List<DecisionRule> fewer = new ArrayList<>(rules);
        fewer.remove(indexOf(id));
        return new DecisionRules(List.copyOf(fewer));
    }

    /** Returns a decider that evaluates these rules: the first that matches decides, and if none matches the verdict is unknown. */
    public Decider decider() {
        return decider(rules);
    }

    private int indexOf(String id) {
        int index = ids().indexOf(id);
        if (index < 0) {
            throw invalid("there is no rule " + id);
        }
        return index;
    }

    private List<String> ids() {
        return rules.stream().map(DecisionRule::id).toList();
    }

    private IllegalArgumentException invalid(String why) {
        return new IllegalArgumentException(
                why + "; the rules are " + String.join(", ", ids()) + ", " + Verdict.UNDECIDED);
    }

    /** Returns our rules in the order in which they are evaluated. */
    public static List<DecisionRule> defaults() {
        return OURS;
    }

    /** Returns a decider that evaluates these rules: the first that matches decides, and if none matches the verdict is unknown. */
    public static Decider decider(List<DecisionRule> rules) {
        return new OrderedDecider(rules);
    }
}
