package io.hangupby.internal.processing;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.Conference;
import io.hangupby.call.Conference.EndReason;
import io.hangupby.call.Transfer;
import io.hangupby.decision.Detail;
import io.hangupby.decision.Vocabulary;
import io.hangupby.decision.WriteResult.Status;
import io.hangupby.internal.event.EventType;
import io.hangupby.internal.event.TaskRouterEvent.TransferEvent;
import io.hangupby.internal.twilio.InMemoryTwilio.Request;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Details go into the fields that a user names, in the same write as the value. */
class SegmentDetailsTest extends SegmentProcessorFixture {
    private final SegmentProcessor detailed = detailed(Map.of(
            Detail.TALK_TIME, "conversation_measure_2",
            Detail.SHORT_CALL, "conversation_attribute_4",
            Detail.TRANSFERRING, "conversation_measure_3",
            Detail.ON_HOLD, "conversation_attribute_3"));

    private SegmentProcessor detailed(Map<Detail, String> fields) {
        return engine(
                new EngineSettings(true, Vocabulary.DEFAULT, false, false, false)
                        .withDetails(new DetailFields(fields, Duration.ofSeconds(200))),
                reported);
    }

    @Test
    void details_are_written_with_the_value_in_one_write_and_nothing_else_changes() {
        customerHangsUp("{\"theirs\":1.10," + LIVE + ",\"conversations\":{\"conversation_measure_2\": 1.0 }}");

        workUntilDone(detailed);

        assertThat(twilio.attributes(TASK))
                .isEqualTo("{\"theirs\":1.10," + LIVE + ",\"conversations\":{\"conversation_measure_2\": 180,"
                        + "\"hang_up_by\":\"customer\",\"conversation_measure_3\":0,"
                        + "\"conversation_attribute_4\":\"Yes\" }}");
        assertThat(twilio.asked(Request.UPDATE)).isEqualTo(1);
        assertThat(reported.only().detail().talkTime()).contains(Duration.ofMinutes(3));
        assertThat(reported.only().detail().isShorterThan(Duration.ofSeconds(10)))
                .contains(false);
        assertThat(reported.only().detail().onHold()).isEmpty();
    }

    @Test
    void details_are_taken_off_with_the_value_unless_another_program_changed_them() {
        coldTransfer();
        workUntilDone(detailed);
        assertThat(twilio.attributes(TASK)).contains("\"conversation_measure_3\":1", "\"conversation_measure_2\":180");
        twilio.edit(
                TASK,
                text -> text.replace("\"conversation_attribute_4\":\"Yes\"", "\"conversation_attribute_4\":\"x\""));

        bobTakesOver();
        workUntilDone(detailed);

        assertThat(value()).isEmpty();
        assertThat(twilio.attributes(TASK))
                .doesNotContain("conversation_measure")
                .contains("\"conversation_attribute_4\":\"x\"");
    }

    @Test
    void a_detail_for_which_there_is_no_room_does_not_cost_the_value() {
        String filling = "x".repeat(4096 - 180 - LIVE.length());
        customerHangsUp("{\"filling\":\"" + filling + "\"," + LIVE + "}");

        workUntilDone(detailed);

        assertThat(value()).contains("customer");
        assertThat(reported.only().write().status()).isEqualTo(Status.WRITTEN);
        assertThat(twilio.attributes(TASK).length()).isLessThanOrEqualTo(4096);
    }

    @Test
    void nothing_is_written_for_an_undecided_segment() {
        talks(PLAIN);
        twilio.put(new Conference(CONFERENCE, true, Optional.empty(), Optional.empty(), Optional.of(clock.instant())));
        wrapsUp();

        workUntilDone(detailed);

        assertThat(twilio.attributes(TASK)).doesNotContain("conversation_measure");
    }

    @Test
    void details_stay_right_while_the_value_is_set_already() {
        talks(CLICKED);
        ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, AGENT);
        wrapsUp();

        workUntilDone(detailed);

        assertThat(twilio.attributes(TASK)).contains("\"conversation_measure_2\":180");
        assertThat(value()).contains("agent");
    }

    private void coldTransfer() {
        talks(PLAIN);
        journal.append(new TransferEvent(
                EventType.TRANSFER_INITIATED,
                TASK,
                clock.instant(),
                Optional.of(ALICES),
                Optional.of(Transfer.Mode.COLD)));
        wrapsUp();
    }
}
