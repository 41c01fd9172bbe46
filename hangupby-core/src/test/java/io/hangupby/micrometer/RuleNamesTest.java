package io.hangupby.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleNamesTest {
    private final RuleNames names = new RuleNames();

    @ParameterizedTest
    @CsvSource({
        "agent-left, agent-left",
        "ended after payment (v2), ended after payment (v2)",
        "'', other",
        "task WT0123456789abcdef0123456789abcdef, other",
        "paid by 15550, other",
        "a-rule-whose-name-goes-on-and-on-until-it-is-longer-than-any-name-that-was-meant-to-be-read, other"
    })
    void only_a_rule_id_becomes_a_tag(String rule, String tag) {
        assertThat(names.tag(rule)).isEqualTo(tag);
        assertThat(names.tag(rule)).isEqualTo(tag);
    }

    @Test
    void at_most_a_hundred_rules_become_tags() {
        assertThat(IntStream.range(0, 200).mapToObj(i -> names.tag("rule-" + i)).distinct())
                .hasSize(101)
                .contains("rule-99", "other");
        assertThat(names.tag("rule-7")).isEqualTo("rule-7");
    }
}
