package io.hangupby.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.decision.Vocabulary.Style;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class VocabularyTest {

    @ParameterizedTest
    @CsvSource({
        "CUSTOMER, customer, Customer",
        "AGENT, agent, Agent",
        "DISCONNECT, disconnect, Disconnect",
        "COLD_TRANSFER, cold transfer, Cold Transfer",
        "WARM_TRANSFER, warm transfer, Warm Transfer",
        "CONSULT, consult, Consult",
        "EXTERNAL_COLD_TRANSFER, external cold transfer, External Cold Transfer",
        "EXTERNAL_WARM_TRANSFER, external warm transfer, External Warm Transfer",
        "EXTERNAL, external, External",
        "SUPERVISOR, supervisor, Supervisor",
        "SYSTEM, system, System"
    })
    void every_category_has_a_value_in_both_styles(EndedBy endedBy, String lower, String title) {
        assertThat(Vocabulary.DEFAULT.value(endedBy)).contains(lower);
        assertThat(Vocabulary.DEFAULT.with(Style.TITLE).value(endedBy)).contains(title);
    }

    @ParameterizedTest
    @EnumSource(Style.class)
    void has_no_word_for_unknown_whatever_is_set(Style style) {
        Vocabulary vocabulary = Vocabulary.DEFAULT.with(style).with(EndedBy.UNKNOWN, "no idea");
        assertThat(vocabulary.value(EndedBy.UNKNOWN)).isEmpty();
    }

    @Test
    void a_value_can_be_overridden() {
        Vocabulary vocabulary =
                Vocabulary.DEFAULT.with(EndedBy.CONSULT, " Rückfrage ").with(Style.TITLE);
        assertThat(vocabulary.value(EndedBy.CONSULT)).contains("Rückfrage");
        assertThat(vocabulary.value(EndedBy.SYSTEM)).contains("System");
    }

    @Test
    void two_categories_can_share_a_value() {
        Vocabulary vocabulary =
                Vocabulary.DEFAULT.with(EndedBy.COLD_TRANSFER, "transfer").with(EndedBy.WARM_TRANSFER, "transfer");
        assertThat(vocabulary.value(EndedBy.COLD_TRANSFER)).isEqualTo(vocabulary.value(EndedBy.WARM_TRANSFER));
    }

    @ParameterizedTest
    @CsvSource({"''", "' '"})
    void an_empty_value_writes_nothing(String empty) {
        assertThat(Vocabulary.DEFAULT.with(EndedBy.SYSTEM, empty).value(EndedBy.SYSTEM))
                .isEmpty();
    }
}
