package io.hangupby.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.hangupby.call.BrowserSign;
import io.hangupby.call.CallSid;
import io.hangupby.call.OtherAgent;
import io.hangupby.call.OtherAgents;
import io.hangupby.call.ParticipantChange;
import io.hangupby.call.ParticipantLeft;
import io.hangupby.call.ParticipantLog;
import io.hangupby.call.ParticipantLogBuilder;
import io.hangupby.call.ReservationSid;
import io.hangupby.call.Segment;
import io.hangupby.call.Transfer;
import io.hangupby.decision.Fact.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentDetailTest {
    private static final Segment SEGMENT = CallEvidence.builder().build().segment();
    private static final Instant LEFT = SEGMENT.left();
    private static final ReservationSid OTHER = new ReservationSid("WR" + "7".repeat(32));
    private static final ReservationSid THIRD = new ReservationSid("WR" + "8".repeat(32));
    private static final Optional<ReservationSid> STARTER = Optional.of(SEGMENT.reservation());
    private static final Transfer OWN = transfer(STARTER, -60, null);

    @ParameterizedTest
    @CsvSource({
        // held at, released at, left at (seconds after the agent's leave), result
        "-30, , 0, true",
        "-30, -10, 0, false",
        "-30, -10, , false",
        "-30, , , true",
        "-30, 5, , true",
        "-30, 0, , false",
        ", , -5, false"
    })
    void on_hold_is_the_customers_state_when_the_segment_ended(
            Integer held, Integer released, Integer left, boolean onHold) {
        ParticipantLogBuilder log = ParticipantLog.builder().customer(CallEvidenceBuilder.CUSTOMER);
        log.changed(change(1, -90, true, false));
        if (held != null) {
            log.changed(change(2, held, false, true));
        }
        if (released != null) {
            log.changed(change(3, released, false, false));
        }
        if (left != null) {
            boolean holds = held != null && released == null;
            log.left(left(CallEvidenceBuilder.CUSTOMER, 4, left, holds));
        }

        assertThat(detail(CallEvidence.builder().participantLog(log.build())).onHold())
                .contains(onHold);
    }

    @Test
    void on_hold_is_not_known_without_status_callbacks() {
        assertThat(detail(CallEvidence.builder()).onHold()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        // seconds after the agent's leave, and whether the leave says that the leg was on hold
        "0, true, true",
        "5, true, false",
        "-5, false, false"
    })
    void a_leave_until_the_end_of_the_segment_says_it_even_if_the_callback_of_the_hold_is_missing(
            int left, boolean holds, boolean onHold) {
        ParticipantLogBuilder log = ParticipantLog.builder().customer(CallEvidenceBuilder.CUSTOMER);
        log.changed(change(1, -90, true, false)).left(left(CallEvidenceBuilder.CUSTOMER, 2, left, holds));

        assertThat(detail(CallEvidence.builder().participantLog(log.build())).onHold())
                .contains(onHold);
    }

    @Test
    void the_latest_leave_says_it() {
        ParticipantLogBuilder log = ParticipantLog.builder().customer(CallEvidenceBuilder.CUSTOMER);
        log.left(left(CallEvidenceBuilder.CUSTOMER, 1, -90, true))
                .changed(change(2, -80, true, false))
                .left(left(CallEvidenceBuilder.CUSTOMER, 3, -1, false));

        assertThat(detail(CallEvidence.builder().participantLog(log.build())).onHold())
                .contains(false);
    }

    @Test
    void another_leg_does_not_say_it() {
        ParticipantLogBuilder log = ParticipantLog.builder().customer(CallEvidenceBuilder.CUSTOMER);
        log.changed(change(1, -90, true, false))
                .changed(new ParticipantChange(
                        CallEvidenceBuilder.AGENT, 2, LEFT.minusSeconds(80), true, true, true, false))
                .left(left(CallEvidenceBuilder.AGENT, 3, 0, true));

        assertThat(detail(CallEvidence.builder().participantLog(log.build())).onHold())
                .contains(false);
    }

    private static ParticipantLeft left(CallSid leg, int order, int after, boolean onHold) {
        return new ParticipantLeft(leg, order, LEFT.plusSeconds(after), Optional.empty(), onHold);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void a_transfer_is_under_way_until_it_failed_or_one_of_its_agents_has_left(
            String name, Transfer transfer, List<OtherAgent> others, boolean underWay) {
        CallEvidenceBuilder evidence =
                CallEvidence.builder().otherAgents(new OtherAgents(others, List.of(transfer), Optional.empty()));

        assertThat(detail(evidence).transferring()).contains(underWay);
    }

    static Stream<Arguments> a_transfer_is_under_way_until_it_failed_or_one_of_its_agents_has_left() {
        Optional<Transfer> own = Optional.of(OWN);
        Optional<Transfer> none = Optional.empty();
        Transfer anothers = transfer(Optional.of(OTHER), -60, null);
        return Stream.of(
                arguments("nobody has accepted", OWN, List.of(), true),
                arguments("it starts with the end", transfer(STARTER, 0, null), List.of(), true),
                arguments("it starts later", transfer(STARTER, 1, null), List.of(), false),
                arguments("it failed before", transfer(STARTER, -60, -5), List.of(), false),
                arguments("it failed with the end", transfer(STARTER, -60, 0), List.of(), true),
                arguments("it failed later", transfer(STARTER, -60, 5), List.of(), true),
                arguments("the invited agent is in", OWN, List.of(agent(OTHER, -20, null, own)), true),
                arguments("the invited agent has left", OWN, List.of(agent(OTHER, -20, -10, own)), false),
                arguments("the invited agent came and left at the end", OWN, List.of(agent(OTHER, 0, 0, own)), false),
                arguments("the invited agent comes later", OWN, List.of(agent(OTHER, 5, null, own)), true),
                arguments(
                        "the agent of another transfer has left",
                        OWN,
                        List.of(agent(OTHER, -20, -10, Optional.of(anothers))),
                        true),
                arguments("its starter is unknown", transfer(Optional.empty(), -60, null), List.of(), true),
                arguments("its starter is in", anothers, List.of(agent(OTHER, -90, null, none)), true),
                arguments("its starter has left", anothers, List.of(agent(OTHER, -90, -30, none)), false),
                arguments("only a third agent is in", anothers, List.of(agent(THIRD, -90, null, none)), false));
    }

    private static Transfer transfer(Optional<ReservationSid> starter, int after, @Nullable Integer failed) {
        return new Transfer(
                starter,
                Optional.of(Transfer.Mode.WARM),
                LEFT.plusSeconds(after),
                Optional.ofNullable(failed).map(LEFT::plusSeconds));
    }

    private static OtherAgent agent(
            ReservationSid reservation, int accepted, @Nullable Integer left, Optional<Transfer> joinedVia) {
        return new OtherAgent(
                reservation,
                Optional.empty(),
                LEFT.plusSeconds(accepted),
                Optional.ofNullable(left).map(LEFT::plusSeconds),
                joinedVia);
    }

    @ParameterizedTest
    @CsvSource({
        // accepted (milliseconds before the agent's leave), talk time in milliseconds, shorter than ten seconds
        "10000, 10000, false",
        "9999, 9999, true",
        "0, 0, true",
        "-1, , ",
        ", , "
    })
    void the_talk_time_is_from_the_acceptance_until_the_agents_leave(
            @Nullable Long before, @Nullable Long talkTime, @Nullable Boolean isShort) {
        SegmentDetail detail =
                detail(Optional.ofNullable(before).map(LEFT::minusMillis), Optional.empty(), Optional.empty());

        assertThat(detail.talkTime()).isEqualTo(Optional.ofNullable(talkTime).map(Duration::ofMillis));
        assertThat(detail.isShorterThan(Duration.ofSeconds(10))).isEqualTo(Optional.ofNullable(isShort));
    }

    @Test
    void nothing_is_known_without_evidence_and_audit() {
        SegmentDetail detail = detail(Optional.empty(), Optional.empty(), Optional.empty());

        assertThat(detail.facts()).isEmpty();
        assertThat(detail.onHold()).isEmpty();
        assertThat(detail.transferring()).isEmpty();
        assertThat(detail.browserSigns()).isEmpty();
        assertThat(detail.sipCode()).isEmpty();
    }

    @Test
    void what_the_browser_reported_is_in_the_audit() {
        AuditResult audit = new AuditResult(
                AuditResult.Status.AGREES,
                Optional.empty(),
                "both legs agree",
                Set.of(BrowserSign.NETWORK_LOST),
                Optional.of(487));
        SegmentDetail detail = detail(Optional.empty(), Optional.empty(), Optional.of(audit));

        assertThat(detail.browserSigns()).containsExactly(BrowserSign.NETWORK_LOST);
        assertThat(detail.sipCode()).contains(487);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_facts_say_what_is_known(boolean yes) {
        OtherAgents others = yes ? new OtherAgents(List.of(), List.of(OWN), Optional.empty()) : OtherAgents.NONE;
        ParticipantLog log = ParticipantLog.builder()
                .left(left(CallEvidenceBuilder.CUSTOMER, 1, 0, yes))
                .build();
        CallEvidence evidence =
                CallEvidence.builder().otherAgents(others).participantLog(log).build();

        Fact held = new Fact(Source.CALLBACKS, yes ? "the customer was on hold" : "the customer was not on hold");
        Fact transfer = new Fact(Source.EVENTS, "a transfer or a consult was under way");
        Fact time = new Fact(Source.EVENTS, "talk time: 12 s");
        assertThat(detail(Optional.of(LEFT.minusMillis(12_999)), Optional.of(evidence), Optional.empty())
                        .facts())
                .isEqualTo(yes ? List.of(held, transfer, time) : List.of(held, time));
    }

    private static SegmentDetail detail(
            Optional<Instant> accepted, Optional<CallEvidence> evidence, Optional<AuditResult> audit) {
        Segment segment = new Segment(
                SEGMENT.task(), SEGMENT.reservation(), SEGMENT.worker(), SEGMENT.contact(), accepted, LEFT, false);
        return new SegmentDetail(segment, evidence, audit);
    }

    private static ParticipantChange change(int order, int after, boolean joins, boolean onHold) {
        return new ParticipantChange(
                CallEvidenceBuilder.CUSTOMER, order, LEFT.plusSeconds(after), joins, true, onHold, false);
    }

    private static SegmentDetail detail(CallEvidenceBuilder evidence) {
        return new SegmentDetail(SEGMENT, Optional.of(evidence.build()), Optional.empty());
    }
}
