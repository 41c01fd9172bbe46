package io.hangupby.internal.processing;

import static io.hangupby.internal.twilio.InMemoryTwilio.failing;
import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.Conference.EndReason;
import io.hangupby.call.Participant;
import io.hangupby.call.Segment;
import io.hangupby.call.Transfer;
import io.hangupby.decision.HangUpByListener;
import io.hangupby.decision.Outcome;
import io.hangupby.decision.Vocabulary;
import io.hangupby.decision.WriteResult;
import io.hangupby.internal.event.EventType;
import io.hangupby.internal.event.TaskRouterEvent.TransferEvent;
import io.hangupby.internal.journal.WorkResult;
import io.hangupby.internal.twilio.InMemoryTwilio.Request;
import io.hangupby.testing.CapturedLog;
import io.hangupby.twilio.TwilioFailure.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the listener receives. */
class SegmentListenerTest extends SegmentProcessorFixture {
    @Test
    void a_segments_end_is_reported_before_each_attempt_and_never_after_its_outcome() {
        List<String> told = new ArrayList<>();
        SegmentProcessor telling =
                engine(new EngineSettings(true, Vocabulary.DEFAULT, false, false, false), new HangUpByListener() {
                    @Override
                    public void onSegmentEnded(Segment segment) {
                        told.add(segment.reservation() + " is undecided, asked so far: " + twilio.asked());
                    }

                    @Override
                    public void onOutcome(Outcome outcome) {
                        told.add(outcome.segment().reservation() + " is decided");
                    }
                });
        customerHangsUp(PLAIN);
        twilio.before(Request.CONFERENCE, failing(Kind.UNAVAILABLE));

        workUntilDone(telling);
        arrives(EventType.RESERVATION_COMPLETED, ALICES, BROWSER);
        workUntilDone(telling);

        assertThat(told)
                .containsExactly(
                        ALICES + " is undecided, asked so far: []",
                        ALICES + " is undecided, asked so far: [CONFERENCE, TASK]",
                        ALICES + " is decided");
    }

    @Test
    void an_outcome_is_reported_once_it_is_remembered() {
        List<Boolean> remembered = new ArrayList<>();
        customerHangsUp(PLAIN);

        engine(new EngineSettings(true, Vocabulary.DEFAULT, false, false, false), new HangUpByListener() {
                    @Override
                    public void onOutcome(Outcome outcome) {
                        remembered.add(journal.read(TASK).outcomes().contains(outcome));
                    }
                })
                .work(TASK, 0);

        assertThat(remembered).containsExactly(true);
    }

    @Test
    void a_listener_changes_nothing_by_throwing() {
        customerHangsUp(PLAIN);
        SegmentProcessor faulty =
                engine(new EngineSettings(true, Vocabulary.DEFAULT, false, false, false), new Throwing());
        try (CapturedLog log = new CapturedLog()) {
            assertThat(faulty.work(TASK, 0)).isEqualTo(new WorkResult.Complete());

            assertThat(log.warnings())
                    .containsExactly("task " + TASK + ": a listener failed", "task " + TASK + ": a listener failed");
        }
        assertThat(value()).contains("customer");
        assertThat(journal.read(TASK).outcomes()).hasSize(1);
        assertThat(faulty.work(TASK, 0)).isEqualTo(new WorkResult.Complete());
        assertThat(twilio.asked(Request.UPDATE)).isEqualTo(1);
    }

    @Test
    void a_segment_is_reported_once_as_completed_even_if_its_agent_completes_while_its_value_is_planned() {
        List<Outcome> completed = new ArrayList<>();
        SegmentProcessor telling =
                engine(new EngineSettings(true, Vocabulary.DEFAULT, false, false, false), new HangUpByListener() {
                    @Override
                    public void onCompleted(Outcome outcome) {
                        completed.add(outcome);
                    }
                });
        talks(PLAIN);
        journal.append(new TransferEvent(
                EventType.TRANSFER_INITIATED,
                TASK,
                clock.instant(),
                Optional.of(ALICES),
                Optional.of(Transfer.Mode.COLD)));
        twilio.lists(CONFERENCE, new Participant(CUSTOMER, true, true));
        wrapsUp();
        workUntilDone(telling);
        clock.step(Duration.ofSeconds(5));
        arrives(EventType.RESERVATION_ACCEPTED, BOBS, BOBS_BROWSER);
        clock.step(Duration.ofSeconds(5));
        ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, CUSTOMER);
        arrives(EventType.RESERVATION_WRAPUP, BOBS, BOBS_BROWSER);

        try (CapturedLog log = new CapturedLog()) {
            twilio.before(Request.TASK, () -> arrives(EventType.RESERVATION_COMPLETED, BOBS, BOBS_BROWSER));
            workUntilDone(telling);
            workUntilDone(telling);

            assertThat(completed).singleElement().satisfies(outcome -> {
                assertThat(outcome.segment().reservation()).isEqualTo(BOBS);
                assertThat(outcome.write().status()).isEqualTo(WriteResult.Status.COLLIDED);
            });
            assertThat(log.warnings())
                    .hasSize(1)
                    .allMatch(line -> line.contains("an earlier agent's value was in the field"));
        }
    }
}
