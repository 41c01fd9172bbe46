package io.hangupby.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.decision.AuditResult.Status;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AuditReportTest {
    private final AuditReport report = AuditReport.of(Stream.of(
            audited("customer-left", EndedBy.CUSTOMER, Status.AGREES),
            audited("customer-left", EndedBy.CUSTOMER, Status.AGREES),
            audited("customer-left", EndedBy.CUSTOMER, Status.DISAGREES),
            outcome("agent-left", Optional.of(EndedBy.AGENT)),
            outcome("undecided", Optional.of(EndedBy.UNKNOWN))
                    .with(new AuditResult(
                            Status.NOT_COMPARABLE,
                            Optional.of(EndedBy.DISCONNECT),
                            "because",
                            Set.of(),
                            Optional.empty())),
            outcome("never-connected", Optional.empty()).with(new AuditResult(Status.AGREES, "because"))));

    private static Outcome audited(String rule, EndedBy endedBy, Status status) {
        return outcome(rule, Optional.of(endedBy)).with(new AuditResult(status, "because"));
    }

    private static Outcome outcome(String rule, Optional<EndedBy> endedBy) {
        return new Outcome(
                CallEvidence.builder().build().segment(),
                new Verdict(endedBy, rule, "because", List.of()),
                new WriteResult(WriteResult.Status.WRITTEN, "written"));
    }

    @Test
    void segments_with_a_category_are_counted_by_rule_and_result() {
        assertThat(report.rules())
                .isEqualTo(Map.of(
                        "agent-left", Map.of(Status.NO_DATA, 1L),
                        "customer-left", Map.of(Status.AGREES, 2L, Status.DISAGREES, 1L),
                        "undecided", Map.of(Status.NOT_COMPARABLE, 1L)));
        assertThat(report.count("customer-left", Status.AGREES)).isEqualTo(2);
        assertThat(report.count("customer-left", Status.NO_DATA)).isZero();
        assertThat(report.count(Status.AGREES)).isEqualTo(2);
        assertThat(report.count(Status.NO_DATA)).isEqualTo(1);
        assertThat(report.alternatives()).isEqualTo(Map.of(EndedBy.DISCONNECT, 1L));
    }

    @Test
    void nobody_can_change_the_counts() {
        assertThat(report.rules()).isUnmodifiable();
        assertThat(report.rules().get("customer-left")).isUnmodifiable();
        assertThat(report.alternatives()).isUnmodifiable();
    }

    @Test
    void the_table_has_a_line_for_each_rule_the_totals_and_what_undecided_segments_would_have_been() {
        assertThat(report.toString().lines().map(line -> line.strip().replaceAll(" {2,}", " | ")))
                .containsExactly(
                        "rule | agrees | disagrees | not comparable | no data",
                        "agent-left | 0 | 0 | 0 | 1",
                        "customer-left | 2 | 1 | 0 | 0",
                        "undecided | 0 | 0 | 1 | 0",
                        "total | 2 | 1 | 1 | 1",
                        "undecided segments would have been: disconnect 1");
        assertThat(AuditReport.of(Stream.empty()).toString().lines()).hasSize(2);
    }
}
