package io.hangupby.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.OtherAgent;
import io.hangupby.call.OtherAgents;
import io.hangupby.call.ParticipantChange;
import io.hangupby.call.ParticipantLeft;
import io.hangupby.call.ParticipantLog;
import io.hangupby.call.ParticipantLogBuilder;
import io.hangupby.call.ReservationSid;
import io.hangupby.call.Segment;
import io.hangupby.call.Transfer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SegmentDetailTest {
    private static final Segment SEGMENT = CallEvidence.builder().build().segment();
    private static final Instant LEFT = SEGMENT.left();
    private static final ReservationSid OTHER = new ReservationSid("WR" + "7".repeat(32));

    @ParameterizedTest
    @CsvSource({
        // held at, released at, left at (seconds after the agent's leave), result
        "-30, , 0, true",
        "-30, -10, 0, false",
        "-30, -10, , false",
        "-30, , , true",
        "-30, 5, , true",
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
            log.left(new ParticipantLeft(
                    CallEvidenceBuilder.CUSTOMER, 4, LEFT.plusSeconds(left), Optional.empty(), holds));
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
        // started by this agent, seconds after the leave: failed at, the invited agent accepted at, and left at
        "true, , , , true",
        "true, -5, , , false",
        "true, 5, , , true",
        "true, , -20, , true",
        "true, , -20, -10, false",
        "false, , , , false"
    })
    void a_transfer_is_under_way_until_it_failed_or_one_of_its_agents_has_left(
            boolean own, Integer failed, Integer accepted, Integer left, boolean underWay) {
        Transfer transfer = new Transfer(
                Optional.of(own ? SEGMENT.reservation() : OTHER),
                Optional.of(Transfer.Mode.WARM),
                LEFT.minusSeconds(60),
                Optional.ofNullable(failed).map(LEFT::plusSeconds));
        List<OtherAgent> invited = Optional.ofNullable(accepted)
                .map(at -> new OtherAgent(
                        OTHER,
                        Optional.empty(),
                        LEFT.plusSeconds(at),
                        Optional.ofNullable(left).map(LEFT::plusSeconds),
                        Optional.of(transfer)))
                .stream()
                .toList();

        assertThat(detail(CallEvidence.builder()
                                .otherAgents(new OtherAgents(invited, List.of(transfer), Optional.empty())))
                        .transferring())
                .contains(underWay);
    }

    private static ParticipantChange change(int order, int after, boolean joins, boolean onHold) {
        return new ParticipantChange(
                CallEvidenceBuilder.CUSTOMER, order, LEFT.plusSeconds(after), joins, true, onHold, false);
    }

    private static SegmentDetail detail(CallEvidenceBuilder evidence) {
        return new SegmentDetail(SEGMENT, Optional.of(evidence.build()), Optional.empty());
    }
}
