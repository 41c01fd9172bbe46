package io.hangupby.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.hangupby.decision.rules.DecisionRules;
import org.junit.jupiter.api.Test;

class DefaultRulesTest {
    private static final boolean PROVISIONAL = true;
    private static final boolean FINAL = false;
    private static final boolean NEEDS_FULL_HISTORY = true;
    private static final boolean AS_KNOWN = false;

    @Test
    void come_in_the_order_of_the_documented_table_and_say_what_their_verdicts_rest_on() {
        assertThat(DecisionRules.defaults())
                .extracting(DecisionRule::id, DecisionRule::isProvisional, DecisionRule::needsFullHistory)
                .containsExactly(
                        tuple("not-a-customer-call", FINAL, AS_KNOWN),
                        tuple("never-connected", FINAL, AS_KNOWN),
                        tuple("cold-transfer", PROVISIONAL, AS_KNOWN),
                        tuple("warm-transfer", FINAL, AS_KNOWN),
                        tuple("consult", FINAL, NEEDS_FULL_HISTORY),
                        tuple("external-cold-transfer", FINAL, NEEDS_FULL_HISTORY),
                        tuple("customer-moved-on", PROVISIONAL, AS_KNOWN),
                        tuple("external-warm-transfer", FINAL, NEEDS_FULL_HISTORY),
                        tuple("customer-removed", FINAL, AS_KNOWN),
                        tuple("customer-left", FINAL, AS_KNOWN),
                        tuple("customer-left-first", PROVISIONAL, AS_KNOWN),
                        tuple("external-left", PROVISIONAL, NEEDS_FULL_HISTORY),
                        tuple("supervisor-left", PROVISIONAL, NEEDS_FULL_HISTORY),
                        tuple("agent-left", PROVISIONAL, NEEDS_FULL_HISTORY),
                        tuple("agent-removed", FINAL, AS_KNOWN),
                        tuple("ended-by-api", PROVISIONAL, AS_KNOWN),
                        tuple("reported-end", PROVISIONAL, NEEDS_FULL_HISTORY));
    }
}
