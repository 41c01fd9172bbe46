package io.hangupby.decision;

import static io.hangupby.decision.Evidence.SIP_PHONE;
import static io.hangupby.decision.Evidence.TELEPHONE;
import static io.hangupby.decision.WriteResult.Status.COMPARED;
import static io.hangupby.decision.WriteResult.Status.DRY_RUN;
import static io.hangupby.decision.WriteResult.Status.NOTHING_TO_WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.Address;
import io.hangupby.call.BrowserSign;
import io.hangupby.call.Marker;
import io.hangupby.decision.WriteResult.Status;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OutcomeTest {
    private static final CallEvidence EVIDENCE = CallEvidence.builder().marked().build();
    private static final Verdict VERDICT =
            new Verdict(Optional.of(EndedBy.AGENT), "agent-left", "the agent hung up", List.of());
    private static final WriteResult WRITTEN = new WriteResult(Status.WRITTEN, "written");
    private static final AuditResult AUDIT = new AuditResult(AuditResult.Status.NOT_COMPARABLE, "no leg is comparable");

    private final Outcome outcome = new Outcome(EVIDENCE.segment(), VERDICT, WRITTEN, Optional.of(EVIDENCE));

    @Test
    void a_change_of_one_part_leaves_the_others() {
        WriteResult later = new WriteResult(Status.TOO_LATE, "the agent had completed");

        assertThat(outcome.with(later))
                .isEqualTo(new Outcome(EVIDENCE.segment(), VERDICT, later, Optional.of(EVIDENCE)));
        assertThat(outcome.with(AUDIT).with(later))
                .isEqualTo(new Outcome(EVIDENCE.segment(), VERDICT, later, Optional.of(EVIDENCE), Optional.of(AUDIT)));
        assertThat(outcome.with(AUDIT).withoutEvidence())
                .isEqualTo(new Outcome(EVIDENCE.segment(), VERDICT, WRITTEN, Optional.empty(), Optional.of(AUDIT)));
    }

    @Test
    void the_marker_is_that_of_the_evidence() {
        assertThat(outcome.marker()).isEqualTo(EVIDENCE.marker());
        assertThat(outcome.withoutEvidence().marker()).isEqualTo(Marker.NONE);
    }

    @Test
    void the_detail_has_what_voice_insights_says() {
        AuditResult audit = new AuditResult(
                AuditResult.Status.AGREES,
                Optional.empty(),
                "both legs agree",
                Set.of(BrowserSign.NETWORK_LOST),
                Optional.of(487));

        assertThat(outcome.with(audit).detail().browserSigns()).containsExactly(BrowserSign.NETWORK_LOST);
        assertThat(outcome.with(audit).detail().sipCode()).contains(487);
        assertThat(outcome.detail().sipCode()).isEmpty();
    }

    @Test
    void an_audit_is_a_fact_of_voice_insights() {
        assertThat(AUDIT.fact())
                .isEqualTo(new Fact(Fact.Source.VOICE_INSIGHTS, "not comparable: no leg is comparable"));
    }

    @ParameterizedTest
    @EnumSource(Status.class)
    void flex_insights_has_a_value_to_read_unless_there_is_none_or_nothing_is_written(Status status) {
        assertThat(new WriteResult(status, "so it went").isForInsights())
                .isEqualTo(!EnumSet.of(NOTHING_TO_WRITE, DRY_RUN, COMPARED).contains(status));
    }

    @Test
    void losses_and_what_was_read_are_added_to_a_write() {
        assertThat(WRITTEN.afterLosses(2).with(Kept.LOST))
                .isEqualTo(new WriteResult(Status.WRITTEN, "written", 2, Optional.of(Kept.LOST)));
        assertThat(WRITTEN.with(Kept.KEPT).afterLosses(1))
                .isEqualTo(new WriteResult(Status.WRITTEN, "written", 1, Optional.of(Kept.KEPT)));
    }

    @Test
    void verdicts_write_the_same_if_value_and_destination_are_the_same() {
        Verdict toTelephone = to(Optional.of(EndedBy.EXTERNAL_COLD_TRANSFER), Optional.of(TELEPHONE));

        assertThat(toTelephone.writesSameAs(to(Optional.of(EndedBy.EXTERNAL_COLD_TRANSFER), Optional.of(TELEPHONE))))
                .isTrue();
        assertThat(toTelephone.writesSameAs(to(Optional.of(EndedBy.EXTERNAL_COLD_TRANSFER), Optional.of(SIP_PHONE))))
                .isFalse();
        assertThat(toTelephone.writesSameAs(to(Optional.of(EndedBy.EXTERNAL_WARM_TRANSFER), Optional.of(TELEPHONE))))
                .isFalse();
    }

    private static Verdict to(Optional<EndedBy> endedBy, Optional<Address> destination) {
        return new Verdict(endedBy, "mine", "so it was", destination, List.of(), true, false);
    }

    @Test
    void a_verdict_without_evidence_is_unknown_and_names_what_was_missing() {
        assertThat(Verdict.taskGone()).returns("task-gone", Verdict::rule);
        assertThat(Verdict.attributesUnreadable()).returns("attributes-unreadable", Verdict::rule);
        assertThat(List.of(Verdict.taskGone(), Verdict.attributesUnreadable()))
                .allMatch(verdict -> verdict.endedBy().equals(Optional.of(EndedBy.UNKNOWN)));
    }

    @Test
    void only_the_repeat_of_a_request_has_to_wait() {
        assertThat(Question.callStillOpen(Evidence.CUSTOMER).hasToWait()).isTrue();
        assertThat(List.of(
                        Question.callOf(Evidence.CUSTOMER),
                        Question.childrenOf(Evidence.CUSTOMER),
                        Question.participantsIn(Evidence.ROOM)))
                .noneMatch(Question::hasToWait);
    }
}
