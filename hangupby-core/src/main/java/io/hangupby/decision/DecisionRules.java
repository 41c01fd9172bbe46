package io.hangupby.decision;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Rules in the order in which they are tried: ours, the table of {@code docs/decisions.md} as code, with changes of a user's
 * own. Immutable.
 */
public final class DecisionRules {
    /** What these rules say stands, whatever else is heard; the others rest on something's not having happened. */
    private static final Set<String> FINAL = Set.of(
            "not-a-customer-call",
            "never-connected",
            "warm-transfer",
            "consult",
            "external-cold-transfer",
            "customer-moved-on",
            "external-warm-transfer",
            "customer-removed",
            "customer-left",
            "agent-removed");

    /** No transfer, no other agent, no wrap-up of the agent who asked: what these rules, or none, take for granted. */
    private static final Set<String> SILENT = Set.of(
            "consult",
            "external-warm-transfer",
            "external-left",
            "supervisor-left",
            "agent-left",
            OrderedDecider.UNDECIDED);

    private final List<DecisionRule> rules;

    private DecisionRules(List<DecisionRule> rules) {
        this.rules = rules;
    }

    /** Says whether a verdict rests on something's not having happened, which nobody knows who has not heard everything. */
    public static boolean restsOnSilence(Verdict verdict) {
        return SILENT.contains(verdict.rule());
    }

    /** Says whether evidence that comes in late can still turn a verdict, as long as its agent is in after-call work. */
    public static boolean canTurn(Verdict verdict) {
        return !FINAL.contains(verdict.rule());
    }

    /** Returns our rules, to be changed. */
    public static DecisionRules ours() {
        return new DecisionRules(defaults());
    }

    /**
     * Returns these rules with one more, which is tried right before another one; before {@code undecided}, it comes last.
     *
     * @throws IllegalArgumentException if no rule has that id, or one has the new rule's already
     */
    public DecisionRules before(String id, DecisionRule rule) {
        if (rule.id().equals(OrderedDecider.UNDECIDED) || ids().contains(rule.id())) {
            throw refused("there is a rule " + rule.id() + " already");
        }
        List<DecisionRule> more = new ArrayList<>(rules);
        more.add(id.equals(OrderedDecider.UNDECIDED) ? rules.size() : indexOf(id), rule);
        return new DecisionRules(List.copyOf(more));
    }

    /**
     * Returns these rules with one less.
     *
     * @throws IllegalArgumentException if no rule has that id
     */
    public DecisionRules without(String id) {
        List<DecisionRule> fewer = new ArrayList<>(rules);
        fewer.remove(indexOf(id));
        return new DecisionRules(List.copyOf(fewer));
    }

    /** Returns a decider that goes by these rules: the first that applies decides, and none means unknown. */
    public Decider decider() {
        return decider(rules);
    }

    private int indexOf(String id) {
        int index = ids().indexOf(id);
        if (index < 0) {
            throw refused("there is no rule " + id);
        }
        return index;
    }

    private List<String> ids() {
        return rules.stream().map(DecisionRule::id).toList();
    }

    private IllegalArgumentException refused(String why) {
        return new IllegalArgumentException(
                why + "; the rules are " + String.join(", ", ids()) + ", " + OrderedDecider.UNDECIDED);
    }

    /** Returns the rules in the order in which they are tried. */
    public static List<DecisionRule> defaults() {
        return List.of(
                DecisionRule.of("not-a-customer-call", CustomerRules::notACustomerCall),
                DecisionRule.of("never-connected", CustomerRules::neverConnected),
                DecisionRule.of("cold-transfer", TransferRules::coldTransfer),
                DecisionRule.of("warm-transfer", TransferRules::warmTransfer),
                DecisionRule.of("consult", TransferRules::consult),
                DecisionRule.of("external-cold-transfer", CustomerRules::externalColdTransfer),
                DecisionRule.of("customer-moved-on", CustomerRules::customerMovedOn),
                DecisionRule.of("external-warm-transfer", AgentRules::externalWarmTransfer),
                DecisionRule.of("customer-removed", CustomerRules::customerRemoved),
                DecisionRule.of("customer-left", CustomerRules::customerLeft),
                DecisionRule.of("customer-left-first", CustomerRules::customerLeftFirst),
                DecisionRule.of("external-left", AgentRules::externalLeft),
                DecisionRule.of("supervisor-left", AgentRules::supervisorLeft),
                DecisionRule.of("agent-left", AgentRules::agentLeft),
                DecisionRule.of("agent-removed", AgentRules::agentRemoved),
                DecisionRule.of("ended-by-api", AgentRules::endedByApi));
    }

    /** Returns a decider that goes by these rules: the first that applies decides, and none means unknown. */
    public static Decider decider(List<DecisionRule> rules) {
        return new OrderedDecider(rules);
    }
}
