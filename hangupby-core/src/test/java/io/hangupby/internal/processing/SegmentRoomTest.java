package io.hangupby.internal.processing;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.Conference.EndReason;
import io.hangupby.call.Participant;
import io.hangupby.call.Transfer;
import io.hangupby.internal.event.EventType;
import io.hangupby.internal.event.Events;
import io.hangupby.internal.event.TaskRouterEvent.TaskEvent;
import io.hangupby.internal.event.TaskRouterEvent.TransferEvent;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A journal in memory that is full of open calls. */
class SegmentRoomTest extends SegmentProcessorFixture {
    private int others;

    private void open(int calls) {
        for (int i = 0; i < calls; i++) {
            journal.append(
                    new TaskEvent(EventType.TASK_CREATED, Events.task(++others), clock.instant(), Optional.empty()));
        }
    }

    @Test
    void each_reservation_has_one_outcome_and_the_first_value_is_taken_off() {
        open(2000);
        talks(PLAIN);
        journal.append(new TransferEvent(
                EventType.TRANSFER_INITIATED,
                TASK,
                clock.instant(),
                Optional.of(ALICES),
                Optional.of(Transfer.Mode.COLD)));
        twilio.lists(CONFERENCE, new Participant(CUSTOMER, true, true));
        clock.step(Duration.ofSeconds(1));
        wrapsUp();
        workUntilDone();
        open(10);
        assertThat(journal.forgottenForRoom()).isPositive();
        assertThat(value()).contains("cold transfer");

        arrives(EventType.RESERVATION_COMPLETED, ALICES, BROWSER);
        workUntilDone();
        open(10);
        assertThat(value()).isEmpty();

        arrives(EventType.RESERVATION_ACCEPTED, BOBS, BOBS_BROWSER);
        clock.step(Duration.ofMinutes(1));
        ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, CUSTOMER);
        arrives(EventType.RESERVATION_WRAPUP, BOBS, BOBS_BROWSER);
        open(10);
        workUntilDone();

        assertThat(value()).contains("customer");
        assertThat(reported.outcomes)
                .extracting(outcome -> outcome.segment().reservation())
                .containsExactly(ALICES, BOBS);
    }
}
