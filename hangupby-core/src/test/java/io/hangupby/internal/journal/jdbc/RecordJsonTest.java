package io.hangupby.internal.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.decision.Outcome;
import io.hangupby.internal.event.CallEvent;
import io.hangupby.testing.CapturedLog;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordJsonTest {
    private final RecordJson json = new RecordJson();

    @Test
    void every_event_is_read_as_it_was_written() {
        RandomRecords random = new RandomRecords(1);
        for (int i = 0; i < 500; i++) {
            CallEvent event = random.of(CallEvent.class);

            assertThat(json.event(json.write(event))).contains(event);
        }
    }

    @Test
    void every_outcome_is_read_as_it_was_written_with_all_that_it_rests_on() {
        RandomRecords random = new RandomRecords(2);
        for (int i = 0; i < 500; i++) {
            List<Outcome> outcomes = List.of(random.of(Outcome.class), random.of(Outcome.class));

            assertThat(json.outcomes(json.write(outcomes))).isEqualTo(outcomes);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"kind\":\"Telepathy\"}", "{}", "not JSON", "", "null"})
    void an_event_that_this_version_does_not_know_is_left_out(String text) {
        try (CapturedLog quiet = new CapturedLog()) {
            assertThat(json.event(text)).isEmpty();
            assertThat(json.event(text)).isEmpty();
            assertThat(quiet.text()).containsOnlyOnce("does not understand");
        }
    }

    @Test
    void what_another_version_added_is_ignored() {
        RandomRecords random = new RandomRecords(3);
        CallEvent event = random.of(CallEvent.class);

        assertThat(json.event(json.write(event).replaceFirst("\\{", "{\"mood\":{\"of\":[1]},")))
                .contains(event);
    }

    @Test
    void a_verdict_stays_where_what_it_rests_on_is_not_understood() {
        Outcome outcome = new RandomRecords(4).of(Outcome.class);
        while (outcome.evidence().isEmpty()) {
            outcome = new RandomRecords(outcome.hashCode()).of(Outcome.class);
        }
        String broken =
                json.write(List.of(outcome)).replace("\"pluginInstalled\":", "\"pluginInstalled\":\"neither\",\"x\":");

        try (CapturedLog quiet = new CapturedLog()) {
            assertThat(json.outcomes(broken)).containsExactly(outcome.withoutEvidence());
            assertThat(quiet.text()).contains("does not understand");
        }
    }
}
