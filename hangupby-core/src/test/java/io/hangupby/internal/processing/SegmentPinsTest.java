package io.hangupby.internal.processing;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.Conference.EndReason;
import io.hangupby.call.Participant;
import io.hangupby.call.ReservationSid;
import io.hangupby.call.Transfer;
import io.hangupby.decision.Vocabulary;
import io.hangupby.decision.WriteResult;
import io.hangupby.internal.attributes.TaskAttributes;
import io.hangupby.internal.event.EventType;
import io.hangupby.internal.event.TaskRouterEvent.TransferEvent;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Values that are set apart for the plugin while agents share the field. */
class SegmentPinsTest extends SegmentProcessorFixture {
    @Test
    void each_agents_value_is_set_apart_while_they_share_the_field() {
        bothWrapUp(PLAIN);

        assertThat(value()).contains("cold transfer");
        assertThat(pin(ALICES)).contains("cold transfer");
        assertThat(pin(BOBS)).contains("customer");
        assertThat(statusOf(BOBS)).isEqualTo(WriteResult.Status.PINNED);
    }

    @Test
    void nothing_collides_if_the_later_agent_completes_first() {
        bothWrapUp(PLAIN);

        arrives(EventType.RESERVATION_COMPLETED, BOBS, BOBS_BROWSER);
        pinning().work(TASK, 0);

        assertThat(reported.collisions).isEmpty();
        assertThat(value()).contains("cold transfer");
    }

    @Test
    void the_field_is_written_even_if_the_attributes_have_no_room_for_pins() {
        bothWrapUp(PLAIN.substring(0, PLAIN.length() - 1) + ",\"hangupby\":\"a text\"}");

        assertThat(value()).contains("cold transfer");
        assertThat(pin(BOBS)).isEmpty();
        assertThat(statusOf(BOBS)).isEqualTo(WriteResult.Status.WAITING);
    }

    @Test
    void an_agent_alone_needs_no_pin() {
        talks(PLAIN);
        ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, CUSTOMER);
        wrapsUp();
        pinning().work(TASK, 0);

        assertThat(value()).contains("customer");
        assertThat(pin(ALICES)).isEmpty();
    }

    /** Alice hands the customer on to Bob, who is hung up on while she is still in after-call work. */
    private void bothWrapUp(String attributes) {
        talks(attributes);
        journal.append(new TransferEvent(
                EventType.TRANSFER_INITIATED,
                TASK,
                clock.instant(),
                Optional.of(ALICES),
                Optional.of(Transfer.Mode.COLD)));
        twilio.lists(CONFERENCE, new Participant(CUSTOMER, true, true));
        clock.step(Duration.ofSeconds(1));
        wrapsUp();
        pinning().work(TASK, 0);
        clock.step(Duration.ofSeconds(5));
        arrives(EventType.RESERVATION_CREATED, BOBS, BOBS_BROWSER);
        arrives(EventType.RESERVATION_ACCEPTED, BOBS, BOBS_BROWSER);
        clock.step(Duration.ofSeconds(5));
        ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, CUSTOMER);
        arrives(EventType.RESERVATION_WRAPUP, BOBS, BOBS_BROWSER);
        pinning().work(TASK, 0);
    }

    private SegmentProcessor pinning() {
        return engine(new EngineSettings(true, Vocabulary.DEFAULT, false, false, true), reported);
    }

    private Optional<String> pin(ReservationSid reservation) {
        return TaskAttributes.of(twilio.attributes(TASK))
                .string("hangupby", "segments", reservation.value(), "hang_up_by");
    }

    private WriteResult.Status statusOf(ReservationSid reservation) {
        return journal.read(TASK).outcome(reservation).orElseThrow().write().status();
    }
}
