package io.hangupby.decision;

import static io.hangupby.call.Conference.EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.hangupby.call.ReservationSid;
import io.hangupby.call.Segment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DryRunReportTest {
    private final DryRunReport report = new DryRunReport(Vocabulary.DEFAULT::value);
    private int segments;

    @Test
    void the_report_is_a_table_by_rule() {
        finds(3, "customer-left", "customer", "customer");
        finds(1, "customer-left", "customer", "disconnect");
        finds(1, "customer-left", "customer", "consult");
        finds(1, "customer-left", "customer", "agent");
        finds(2, "agent-left", "agent", "Agent");
        finds(1, "undecided", "", "free\ntext");
        report.onOutcome(outcome("undecided", WriteResult.Status.TOO_LATE));
        report.onOutcome(outcome("customer-left", WriteResult.Status.DRY_RUN));

        assertThat(report.toString()).isEqualTo("""
                rule           computed  found       segments
                agent-left     agent     Agent       2         spelled differently
                customer-left  customer  customer    3         same
                customer-left  customer  agent       1         different
                customer-left  customer  consult     1         different
                customer-left  customer  disconnect  1         different
                undecided      -         free text   1         different
                3 of 9 are the same; 1 could not be compared
                """);
        assertThat(report.compared()).isEqualTo(9);
        assertThat(report.same()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"agent, agent, false", "agent, Agent, true", "agent, customer, false", "agent, , false", ", , false"})
    void values_that_differ_in_case_only_are_spelled_differently(String computed, String found, boolean differently) {
        assertThat(new DryRunComparison(Optional.ofNullable(computed), Optional.ofNullable(found))
                        .isSpelledDifferently())
                .isEqualTo(differently);
    }

    @Test
    void the_table_is_consistent_while_segments_are_counted() {
        CompletableFuture<Void> counting =
                CompletableFuture.runAsync(() -> finds(20_000, "customer-left", "customer", "customer"));
        while (!counting.isDone()) {
            List<String> lines = report.toString().lines().toList();
            String row = lines.size() == 2 ? "0" : lines.get(1).split(" {2,}", -1)[3];
            assertThat(lines.get(lines.size() - 1)).startsWith(row + " of " + row + " are the same");
        }
        counting.join();
    }

    @Test
    void counts_free_text_together_beyond_a_thousand_combinations() {
        for (int i = 0; i < 2000; i++) {
            finds(1, "customer-left", "customer", "case " + i);
        }
        finds(1, "customer-left", "customer", "case 1");

        assertThat(report.rules().get("customer-left"))
                .hasSize(1001)
                .containsEntry(new DryRunComparison(Optional.of("customer"), Optional.of("(others)")), 1000L);
        assertThat(report.compared()).isEqualTo(2001);
    }

    @Test
    void moves_a_segment_whose_verdict_changes_if_it_is_recent() {
        Outcome forgotten = outcome("customer-left", WriteResult.Status.COMPARED);
        Outcome oldest = outcome("customer-left", WriteResult.Status.COMPARED);
        DryRunComparison same = new DryRunComparison(Optional.of("customer"), Optional.of("customer"));
        report.onCompared(forgotten, same);
        report.onCompared(oldest, same);
        finds(9_998, "customer-left", "customer", "customer");
        Outcome notComparedAgain = outcome("customer-left", WriteResult.Status.DRY_RUN);
        report.onCompared(notComparedAgain, same);

        report.onOutcome(turned(notComparedAgain));
        report.onOutcome(turned(forgotten));
        report.onOutcome(turned(oldest));

        DryRunComparison changed = new DryRunComparison(Optional.of("agent"), Optional.of("customer"));
        assertThat(report.rules())
                .containsExactly(
                        entry("agent-left", Map.of(changed, 1L)), entry("customer-left", Map.of(same, 10_000L)));
    }

    private static Outcome turned(Outcome outcome) {
        Verdict now = new Verdict(Optional.of(EndedBy.AGENT), "agent-left", "as it turned out", List.of());
        return new Outcome(outcome.segment(), now, outcome.write());
    }

    private void finds(int times, String rule, String ours, String stood) {
        DryRunComparison comparison =
                new DryRunComparison(Optional.of(ours).filter(value -> !value.isEmpty()), Optional.of(stood));
        for (int i = 0; i < times; i++) {
            report.onCompared(outcome(rule, WriteResult.Status.COMPARED), comparison);
        }
    }

    private Outcome outcome(String rule, WriteResult.Status status) {
        Segment any = Evidence.ended(PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, Evidence.AGENT)
                .build()
                .segment();
        ReservationSid another = new ReservationSid(String.format("WR%032x", segments++));
        return new Outcome(
                new Segment(
                        any.task(), another, any.worker(), any.contact(), any.accepted(), any.left(), any.completed()),
                new Verdict(Optional.of(EndedBy.CUSTOMER), rule, "as it was", List.of()),
                new WriteResult(status, "as it went"));
    }
}
