package io.hangupby.internal.processing;

import static io.hangupby.internal.twilio.InMemoryTwilio.failing;
import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.Conference.EndReason;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Vocabulary;
import io.hangupby.decision.WriteResult;
import io.hangupby.decision.WriteResult.Status;
import io.hangupby.internal.attributes.TaskAttributes;
import io.hangupby.internal.event.EventType;
import io.hangupby.internal.journal.WorkResult;
import io.hangupby.internal.twilio.InMemoryTwilio.Request;
import io.hangupby.testing.CapturedLog;
import io.hangupby.twilio.TwilioFailure.Kind;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A value is written if the task is still that version, and read back if the response is lost. */
class SegmentWriteTest extends SegmentProcessorFixture {
    @Test
    void another_writers_values_stay_and_ours_is_added() {
        customerHangsUp(PLAIN);
        twilio.before(Request.UPDATE, () -> twilio.edit(TASK, text -> "{\"theirs\":1.10," + LIVE + "}"));

        assertThat(work()).isEqualTo(new WorkResult.Complete());
        assertThat(twilio.attributes(TASK)).isEqualTo(withValue("{\"theirs\":1.10," + LIVE + "}", "customer"));
        assertThat(twilio.asked())
                .containsExactly(
                        Request.CONFERENCE, Request.TASK, Request.CALL, Request.UPDATE, Request.TASK, Request.UPDATE);
    }

    @Test
    void a_marker_written_meanwhile_turns_a_disconnect_into_a_click_and_nothing_is_written() {
        agentDrops(PLAIN);
        twilio.before(Request.UPDATE, () -> twilio.edit(TASK, SegmentProcessorFixture::marked));

        work();

        assertThat(twilio.attributes(TASK)).isEqualTo(marked(PLAIN));
        assertThat(reported.only().verdict().endedBy()).contains(EndedBy.AGENT);
        assertThat(reported.only().write().status()).isEqualTo(Status.ALREADY_SET);
        assertThat(twilio.asked(Request.UPDATE)).isEqualTo(1);
    }

    @Test
    void a_task_that_changes_before_each_of_ten_writes_is_retried_later() {
        customerHangsUp(PLAIN);
        twilio.always(Request.UPDATE, () -> twilio.edit(TASK, text -> text + " "));

        assertThat(work()).isEqualTo(later(1000));
        assertThat(twilio.asked(Request.UPDATE)).isEqualTo(10);
        assertThat(reported.outcomes).isEmpty();

        twilio.heal();
        assertThat(engine.work(TASK, 1)).isEqualTo(new WorkResult.Complete());
        assertThat(value()).contains("customer");
    }

    @Test
    void a_task_that_goes_after_a_conflict_is_too_late() {
        customerHangsUp(PLAIN);
        twilio.before(Request.UPDATE, () -> twilio.edit(TASK, text -> text + " "));
        twilio.after(Request.UPDATE, () -> twilio.delete(TASK));

        assertThat(work()).isEqualTo(new WorkResult.Complete());
        assertThat(reported.only().write().status()).isEqualTo(Status.TOO_LATE);
    }

    @Test
    void an_update_is_as_urgent_as_its_agents_wrap_up() {
        agentDrops(PLAIN);
        Instant left = clock.instant();
        clock.step(Duration.ofSeconds(7));
        work();

        assertThat(twilio.updatesSince()).containsExactly(left);
    }

    @Test
    void an_update_for_which_no_agent_waits_is_as_urgent_as_its_event() {
        agentDrops(PLAIN);
        work();
        clock.step(Duration.ofMinutes(1));
        arrives(EventType.RESERVATION_ACCEPTED, BOBS, BOBS_BROWSER);
        arrives(EventType.RESERVATION_COMPLETED, ALICES, BROWSER);
        Instant completed = clock.instant();
        clock.step(Duration.ofSeconds(7));
        work();

        assertThat(value()).isEmpty();
        assertThat(twilio.updatesSince()).last().isEqualTo(completed);
    }

    @Test
    void an_update_after_a_completion_is_as_urgent_as_the_next_agents_wrap_up() {
        agentDrops(PLAIN);
        work();
        clock.step(Duration.ofMinutes(1));
        arrives(EventType.RESERVATION_ACCEPTED, BOBS, BOBS_BROWSER);
        clock.step(Duration.ofMinutes(1));
        customersLegGoesAndBobsToo();
        Instant bobLeft = clock.instant();
        work();
        clock.step(Duration.ofSeconds(7));
        arrives(EventType.RESERVATION_COMPLETED, ALICES, BROWSER);
        work();

        assertThat(value()).contains("customer");
        assertThat(twilio.updatesSince()).last().isEqualTo(bobLeft);
    }

    private void customersLegGoesAndBobsToo() {
        ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, CUSTOMER);
        arrives(EventType.RESERVATION_WRAPUP, BOBS, BOBS_BROWSER);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"UNAVAILABLE", "UNREACHABLE", "INVALID_RESPONSE"})
    void a_write_with_a_lost_response_is_read_back_and_not_repeated_if_it_was_applied(Kind kind) {
        customerHangsUp(PLAIN);
        twilio.after(Request.UPDATE, failing(kind));

        assertThat(work()).isEqualTo(new WorkResult.Complete());
        assertThat(twilio.asked(Request.UPDATE)).isEqualTo(1);
        assertThat(twilio.asked(Request.TASK)).isEqualTo(2);
        assertThat(reported.only().write().status()).isEqualTo(Status.WRITTEN);
        assertThat(twilio.attributes(TASK)).isEqualTo(withValue(PLAIN, "customer"));
    }

    @Test
    void a_write_with_a_lost_response_is_repeated_if_it_was_not_applied() {
        customerHangsUp(PLAIN);
        twilio.before(Request.UPDATE, failing(Kind.UNREACHABLE));

        assertThat(work()).isEqualTo(new WorkResult.Complete());
        assertThat(twilio.asked(Request.UPDATE)).isEqualTo(2);
        assertThat(reported.only().write().status()).isEqualTo(Status.WRITTEN);
        assertThat(value()).contains("customer");
    }

    @Test
    void a_task_is_retried_later_after_three_writes_with_lost_responses() {
        customerHangsUp(PLAIN);
        twilio.always(Request.UPDATE, failing(Kind.UNREACHABLE));

        assertThat(work()).isEqualTo(later(1000));
        assertThat(twilio.asked(Request.UPDATE)).isEqualTo(3);
        assertThat(reported.outcomes).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"text\"", "[]", "1", "true"})
    void nothing_is_written_into_conversations_that_are_no_object(String conversations) {
        String attributes = "{" + LIVE + ",\"conversations\":" + conversations + "}";
        customerHangsUp(attributes);
        try (CapturedLog log = new CapturedLog()) {
            assertThat(work()).isEqualTo(new WorkResult.Complete());

            assertThat(twilio.attributes(TASK)).isEqualTo(attributes);
            assertThat(twilio.asked(Request.UPDATE)).isZero();
            assertThat(reported.only().verdict().endedBy()).contains(EndedBy.CUSTOMER);
            assertThat(reported.only().write().status()).isEqualTo(Status.INVALID_ATTRIBUTES);
            assertThat(reported.only().write().detail()).contains("`conversations`");
            assertThat(log.warnings()).singleElement().asString().contains(TASK.toString(), "`conversations`");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "\"text\"", "", "{\"broken\":"})
    void nothing_is_written_into_attributes_that_are_no_object(String attributes) {
        customerHangsUp(attributes);

        assertThat(work()).isEqualTo(new WorkResult.Complete());
        assertThat(twilio.attributes(TASK)).isEqualTo(attributes);
        assertThat(twilio.asked(Request.UPDATE)).isZero();
    }

    @Test
    void nothing_is_written_that_would_make_the_attributes_too_long() {
        String start = "{" + LIVE + ",\"pad\":\"";
        String attributes = start + "x".repeat(TaskAttributes.MAX_LENGTH - start.length() - 2) + "\"}";
        customerHangsUp(attributes);

        assertThat(work()).isEqualTo(new WorkResult.Complete());
        assertThat(twilio.attributes(TASK)).isEqualTo(attributes);
        assertThat(reported.only().write().status()).isEqualTo(Status.INVALID_ATTRIBUTES);
        assertThat(reported.only().write().detail()).contains("4096").doesNotContain("xxx");
    }

    @Test
    void nothing_is_written_if_the_task_is_gone() {
        customerHangsUp(PLAIN);
        twilio.delete(TASK);

        assertThat(work()).isEqualTo(new WorkResult.Complete());
        assertThat(reported.only().write().status()).isEqualTo(Status.TOO_LATE);
        assertThat(reported.only().verdict().endedBy()).contains(EndedBy.UNKNOWN);
        assertThat(work()).isEqualTo(new WorkResult.Complete());
        assertThat(reported.outcomes).hasSize(1);
    }

    @Test
    void a_task_that_goes_just_before_the_write_keeps_its_verdict() {
        customerHangsUp(PLAIN);
        twilio.before(Request.UPDATE, () -> twilio.delete(TASK));

        assertThat(work()).isEqualTo(new WorkResult.Complete());
        assertThat(reported.only().write().status()).isEqualTo(Status.TOO_LATE);
        assertThat(reported.only().verdict().endedBy()).contains(EndedBy.CUSTOMER);
    }

    @Test
    void nothing_is_written_if_the_task_is_completed() {
        customerHangsUp(PLAIN);
        twilio.complete(TASK);

        assertThat(work()).isEqualTo(new WorkResult.Complete());
        assertThat(reported.only().write().status()).isEqualTo(Status.TOO_LATE);
        assertThat(twilio.asked(Request.UPDATE)).isZero();
    }

    @Test
    void nothing_is_written_in_a_dry_run() {
        customerHangsUp(PLAIN);

        assertThat(engine(new EngineSettings(true, Vocabulary.DEFAULT, true, false, false), reported)
                        .work(TASK, 0))
                .isEqualTo(new WorkResult.Complete());
        assertThat(reported.only().verdict().endedBy()).contains(EndedBy.CUSTOMER);
        assertThat(reported.only().write().status()).isEqualTo(Status.DRY_RUN);
        assertThat(twilio.asked(Request.UPDATE)).isZero();
    }

    @Test
    void nothing_is_written_if_the_value_is_set_already() {
        customerHangsUp(withValue(PLAIN, "customer"));

        work();

        assertThat(reported.only().write().status()).isEqualTo(Status.ALREADY_SET);
        assertThat(twilio.asked(Request.UPDATE)).isZero();
    }

    private static final String REASON = "cannot succeed: request failed: as ordered; not tried again";

    @Test
    void an_invalid_update_parks_a_task_that_is_there_until_it_is_retried() {
        customerHangsUp(PLAIN);
        twilio.before(Request.UPDATE, failing(Kind.BAD_REQUEST));

        assertThat(work()).isEqualTo(new WorkResult.Park(REASON));
        assertThat(parked).containsExactly(REASON);
        assertThat(twilio.asked())
                .containsExactly(Request.CONFERENCE, Request.TASK, Request.CALL, Request.UPDATE, Request.TASK);

        assertThat(work()).isEqualTo(new WorkResult.Complete());
        assertThat(value()).contains("customer");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void an_invalid_update_is_too_late_if_the_task_is_over(boolean gone) {
        customerHangsUp(PLAIN);
        twilio.before(Request.UPDATE, () -> {
            if (gone) {
                twilio.delete(TASK);
            } else {
                twilio.complete(TASK);
            }
            failing(Kind.BAD_REQUEST).run();
        });

        assertThat(work()).isEqualTo(new WorkResult.Complete());
        assertThat(reported.only().verdict().endedBy()).contains(EndedBy.CUSTOMER);
        assertThat(reported.only().write())
                .isEqualTo(new WriteResult(
                        Status.TOO_LATE,
                        gone ? "the task is gone" : "the task is completed already, too late to write"));
        assertThat(parked).isEmpty();
    }

    @Test
    void an_invalid_update_is_retried_later_if_the_task_cannot_be_read_back() {
        customerHangsUp(PLAIN);
        twilio.before(Request.UPDATE, () -> {
            twilio.before(Request.TASK, failing(Kind.UNAVAILABLE));
            failing(Kind.BAD_REQUEST).run();
        });

        assertThat(workUntilDone()).containsExactly(Duration.ofSeconds(1));
        assertThat(value()).contains("customer");
    }
}
