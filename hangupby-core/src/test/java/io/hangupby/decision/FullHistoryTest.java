package io.hangupby.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.decision.rules.DecisionRules;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FullHistoryTest {

    @ParameterizedTest
    @CsvSource({
        "not-a-customer-call,    false",
        "never-connected,        false",
        "cold-transfer,          false",
        "warm-transfer,          false",
        "consult,                true",
        "external-cold-transfer, true",
        "customer-moved-on,      false",
        "external-warm-transfer, true",
        "customer-removed,       false",
        "customer-left,          false",
        "customer-left-first,    false",
        "external-left,          true",
        "supervisor-left,        true",
        "agent-left,             true",
        "agent-removed,          false",
        "ended-by-api,           false"
    })
    void a_verdict_that_rests_on_an_absence_needs_the_full_history(String id, boolean needed) {
        assertThat(DecisionRules.defaults())
                .filteredOn(rule -> rule.id().equals(id))
                .singleElement()
                .returns(needed, DecisionRule::needsFullHistory);
    }
}
