package io.hangupby.decision.rules;

import io.hangupby.decision.Decider;
import io.hangupby.decision.DecisionRule;
import io.hangupby.decision.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * An ordered list of rules: hangupby's rules, as in the table of {@code docs/rules.md}, with a user's changes.
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
            new EndedByApi(),
            new ReportedEnd());

    private final List<DecisionRule> rules;

    private DecisionRules(List<DecisionRule> rules) {
        this.rules = rules;
    }

    /** Returns hangupby's rules, as the start of a changed list. */
    public static DecisionRules ours() {
        return new DecisionRules(OURS);
    }

    /**
     * Returns these rules with another rule, which is evaluated right before the rule of this id. To add the rule at
     * the end, use the id {@code undecided}.
     *
     * @throws IllegalArgumentException if no rule has this id, or a rule already has the new rule's id
     */
    public DecisionRules before(String id, DecisionRule rule) {
        if (rule.id().equals(Verdict.UNDECIDED) || ids().contains(rule.id())) {
            throw invalid("a rule with the id " + rule.id() + " already exists");
        }
        List<DecisionRule> more = new ArrayList<>(rules);
        more.add(id.equals(Verdict.UNDECIDED) ? rules.size() : indexOf(id), rule);
        return new DecisionRules(List.copyOf(more));
    }

    /**
     * Returns these rules without the rule of this id.
     *
     * @throws IllegalArgumentException if no rule has this id
     */
    public DecisionRules without(String id) {
        List<DecisionRule> fewer = new ArrayList<>(rules);
        fewer.remove(indexOf(id));
        return new DecisionRules(List.copyOf(fewer));
    }

    /**
     * Returns a decider in which the first matching rule decides. If no rule matches, the verdict is {@code undecided}.
     */
    public Decider decider() {
        return decider(rules);
    }

    private int indexOf(String id) {
        int index = ids().indexOf(id);
        if (index < 0) {
            throw invalid("no rule has the id " + id);
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

    /** Returns hangupby's rules in the order of evaluation. */
    public static List<DecisionRule> defaults() {
        return OURS;
    }

    /**
     * Returns a decider in which the first matching rule decides. If no rule matches, the verdict is {@code undecided}.
     */
    public static Decider decider(List<DecisionRule> rules) {
        return new OrderedDecider(rules);
    }
}
