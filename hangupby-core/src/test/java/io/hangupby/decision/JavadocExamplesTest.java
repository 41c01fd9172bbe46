package io.hangupby.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.Conference.EndReason;
import io.hangupby.call.ReservationSid;
import io.hangupby.decision.rules.DecisionRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples in the Javadoc of types that users implement are in this file, which compiles and runs them. */
class JavadocExamplesTest {
    private static final Path SOURCES = Path.of("src/main/java/io/hangupby/decision");
    private static final Path THIS = Path.of("src/test/java/io/hangupby/decision/JavadocExamplesTest.java");

    @ParameterizedTest
    @ValueSource(strings = {"DecisionRule", "HangUpByListener"})
    void each_example_is_code_of_this_file(String type) throws IOException {
        String source = Files.readString(SOURCES.resolve(type + ".java"));
        String example = source.substring(
                        source.indexOf("<pre>{@code") + "<pre>{@code".length(), source.indexOf("}</pre>"))
                .replaceAll("(?m)^ \\*", "");

        assertThat(Files.readString(THIS)).containsIgnoringWhitespaces(example);
    }

    @Test
    void a_rule_added_before_another_decides_first() {
        Instant closing = Instant.EPOCH.minusSeconds(1);

        DecisionRule afterHours = DecisionRule.of(
                "after-hours",
                evidence -> evidence.segment().left().isAfter(closing)
                        ? Finding.matches(
                                EndedBy.SYSTEM, "we had closed", new Fact(Fact.Source.APPLICATION, "our opening hours"))
                        : Finding.noMatch("we were open"));
        Decider decider = DecisionRules.ours().before("agent-left", afterHours).decider();

        assertThat(decider.decide(agentLeft()).rule()).isEqualTo("after-hours");
    }

    @Test
    void a_listener_that_keeps_reservations_counts_a_changed_verdict_once() {
        DroppedCalls listener = new DroppedCalls();
        Verdict dropped = DecisionRules.ours().decider().decide(agentLeft());
        WriteResult written = new WriteResult(WriteResult.Status.WRITTEN, "written");

        listener.onOutcome(new Outcome(agentLeft().segment(), dropped, written));
        listener.onOutcome(new Outcome(agentLeft().segment(), dropped, written));
        assertThat(listener.dropped).hasSize(1);

        listener.onOutcome(new Outcome(agentLeft().segment(), Verdict.taskGone(), written));
        assertThat(listener.dropped).isEmpty();
    }

    private static CallEvidence agentLeft() {
        return CallEvidence.builder()
                .ended(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, CallEvidenceBuilder.AGENT)
                .build();
    }

    static class DroppedCalls implements HangUpByListener {
        private final Set<ReservationSid> dropped = ConcurrentHashMap.newKeySet();

        @Override
        public void onOutcome(Outcome outcome) {
            ReservationSid segment = outcome.segment().reservation();
            dropped.remove(segment);
            if (outcome.verdict().endedBy().equals(Optional.of(EndedBy.DISCONNECT))) {
                dropped.add(segment);
            }
        }
    }
}
