package io.hangupby.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.decision.rules.DecisionRules;
import org.junit.jupiter.api.Test;

class RuleOrderTest {
    @Test
    void come_in_the_order_of_the_documented_table() {
        assertThat(DecisionRules.defaults())
                .extracting(DecisionRule::id)
                .containsExactly(
                        "not-a-customer-call",
                        "never-connected",
                        "cold-transfer",
                        "warm-transfer",
                        "consult",
                        "external-cold-transfer",
                        "customer-moved-on",
                        "external-warm-transfer",
                        "customer-removed",
                        "customer-left",
                        "customer-left-first",
                        "external-left",
                        "supervisor-left",
                        "agent-left",
                        "agent-removed",
                        "ended-by-api",
                        "reported-end");
    }
}
