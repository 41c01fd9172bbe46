package io.hangupby.decision;

import java.util.List;

/** Our rules, in their order: the table of {@code docs/decisions.md} as code. */
public final class DecisionRules {
    private DecisionRules() {}

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
