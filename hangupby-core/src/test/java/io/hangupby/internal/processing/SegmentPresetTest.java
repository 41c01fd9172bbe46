package io.hangupby.internal.processing;

import static io.hangupby.internal.twilio.InMemoryTwilio.failing;
import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.Conference.EndReason;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Vocabulary;
import io.hangupby.decision.Vocabulary.Style;
import io.hangupby.decision.WriteResult.Status;
import io.hangupby.internal.event.EventType;
import io.hangupby.internal.event.TaskRouterEvent.TaskEvent;
import io.hangupby.internal.journal.WorkResult;
import io.hangupby.internal.twilio.InMemoryTwilio.Request;
import io.hangupby.twilio.TwilioFailure.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The customer's value in a new task. */
class SegmentPresetTest extends SegmentProcessorFixture {
    private static final String WAITS = "{\"direction\":\"inbound\",\"big\":9007199254740993}";
    private final SegmentProcessor presetting = presetting(Vocabulary.DEFAULT);

    @Test
    void a_preset_costs_one_read_and_one_write_for_a_new_task() {
        comesIn(WAITS);

        assertThat(presetting.work(TASK, 0)).isEqualTo(new WorkResult.Complete());
        assertThat(twilio.asked()).containsExactly(Request.TASK, Request.UPDATE);
        assertThat(twilio.attributes(TASK)).isEqualTo(withValue(WAITS, "customer"));
        assertThat(reported.outcomes).isEmpty();
    }

    @Test
    void a_preset_is_spelled_like_the_customers_value() {
        comesIn(WAITS);

        presetting(Vocabulary.DEFAULT.with(Style.TITLE)).work(TASK, 0);

        assertThat(value()).contains("Customer");
    }

    @Test
    void a_preset_takes_the_place_of_an_empty_text() {
        comesIn(withValue(WAITS, ""));

        presetting.work(TASK, 0);

        assertThat(value()).contains("customer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"direction\":\"Outbound\"}",
                "{\"client_call\":true}",
                "{\"conversations\":{\"hang_up_by\":\"theirs\"}}",
                ACCEPTED
            })
    void a_preset_is_not_written_into_any_other_task(String attributes) {
        comesIn(attributes);

        presetting.work(TASK, 0);

        assertThat(twilio.asked()).containsExactly(Request.TASK);
        assertThat(twilio.attributes(TASK)).isEqualTo(attributes);
    }

    @Test
    void a_preset_is_not_written_into_a_task_that_is_over() {
        comesIn(WAITS);
        twilio.complete(TASK);

        presetting.work(TASK, 0);

        assertThat(twilio.asked()).containsExactly(Request.TASK);
    }

    @ParameterizedTest
    @EnumSource(
            value = EventType.class,
            names = {"RESERVATION_ACCEPTED", "RESERVATION_COMPLETED"})
    void a_preset_is_not_written_once_an_agent_accepted_the_task(EventType earlier) {
        arrives(earlier, ALICES, BROWSER);
        comesIn(WAITS);

        presetting.work(TASK, 0);

        assertThat(twilio.asked()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = EventType.class,
            names = {"TASK_CANCELED", "TASK_COMPLETED", "TASK_DELETED", "TASK_SYSTEM_DELETED"})
    void a_preset_is_not_written_once_the_task_is_known_to_be_over(EventType earlier) {
        journal.append(new TaskEvent(earlier, TASK, clock.instant(), Optional.empty()));
        comesIn(WAITS);

        presetting.work(TASK, 0);

        assertThat(twilio.asked()).isEmpty();
    }

    @Test
    void a_preset_does_not_replace_a_verdicts_value() {
        agentDrops(PLAIN);
        presetting.work(TASK, 0);
        twilio.forgetRequests();
        woken.clear();
        journal.append(created(clock.instant().minus(Duration.ofMinutes(5))));

        presetting.work(TASK, 0);

        assertThat(woken).isEmpty();
        assertThat(twilio.asked()).isEmpty();
        assertThat(value()).contains("disconnect");
    }

    @Test
    void a_preset_is_off_by_default() {
        comesIn(WAITS);

        work();

        assertThat(twilio.asked()).isEmpty();
    }

    @Test
    void a_preset_is_not_written_in_a_dry_run() {
        comesIn(WAITS);

        engine(new EngineSettings(true, Vocabulary.DEFAULT, true, true, false), reported)
                .work(TASK, 0);

        assertThat(twilio.asked()).isEmpty();
    }

    @Test
    void a_preset_is_not_written_if_the_customers_value_is_switched_off() {
        comesIn(WAITS);

        presetting(Vocabulary.DEFAULT.with(EndedBy.CUSTOMER, "")).work(TASK, 0);

        assertThat(twilio.asked()).isEmpty();
    }

    @Test
    void a_preset_leaves_what_a_faster_writer_wrote() {
        comesIn(WAITS);
        twilio.before(Request.UPDATE, () -> twilio.edit(TASK, text -> withValue(text, "theirs")));

        presetting.work(TASK, 0);

        assertThat(value()).contains("theirs");
        assertThat(twilio.asked(Request.UPDATE)).isEqualTo(1);
    }

    @Test
    void a_preset_is_retried_later_if_twilio_fails() {
        comesIn(WAITS);
        twilio.before(Request.TASK, failing(Kind.UNAVAILABLE));

        assertThat(presetting.work(TASK, 0)).isEqualTo(later(1000));
        assertThat(presetting.work(TASK, 1)).isEqualTo(new WorkResult.Complete());
        assertThat(value()).contains("customer");
    }

    @Test
    void a_preset_is_taken_off_by_unknown() {
        preset();
        undecided();

        assertThat(reported.only().verdict().endedBy()).contains(EndedBy.UNKNOWN);
        assertThat(twilio.attributes(TASK)).doesNotContain("hang_up_by");
    }

    @Test
    void a_preset_is_taken_off_by_unknown_even_if_the_response_to_its_write_was_lost() {
        comesIn(WAITS);
        twilio.after(Request.UPDATE, () -> {
            twilio.before(Request.TASK, failing(Kind.UNREACHABLE));
            failing(Kind.UNREACHABLE).run();
        });
        assertThat(presetting.work(TASK, 0)).isEqualTo(later(1000));
        assertThat(presetting.work(TASK, 1)).isEqualTo(new WorkResult.Complete());
        assertThat(value()).contains("customer");
        undecided();

        assertThat(value()).isEmpty();
    }

    @Test
    void a_preset_is_taken_off_if_there_was_no_customer() {
        preset();
        arrives(EventType.RESERVATION_ACCEPTED, ALICES, BROWSER);
        wrapsUp();

        presetting.work(TASK, 0);

        assertThat(reported.only().verdict().rule()).isEqualTo("not-a-customer-call");
        assertThat(value()).isEmpty();
    }

    @Test
    void a_preset_that_somebody_wrote_over_is_left_alone() {
        preset();
        twilio.edit(TASK, text -> withValue(text, "theirs"));
        undecided();

        assertThat(value()).contains("theirs");
    }

    @Test
    void a_preset_serves_for_the_customer_without_another_write() {
        preset();
        joins();
        ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, CUSTOMER);
        wrapsUp();

        presetting.work(TASK, 0);

        assertThat(reported.only().write().status()).isEqualTo(Status.ALREADY_SET);
        assertThat(twilio.asked()).containsExactly(Request.CONFERENCE, Request.TASK, Request.CALL);
    }

    @Test
    void a_preset_comes_back_once_an_agent_completed_while_the_task_goes_on() {
        preset();
        dropsAlone();
        assertThat(value()).contains("disconnect");
        bobTakesOver();

        presetting.work(TASK, 0);

        assertThat(value()).contains("customer");
        bobsLegGoes();
        presetting.work(TASK, 0);
        assertThat(value()).contains("disconnect");
    }

    @Test
    void a_preset_comes_back_after_unknown_too() {
        preset();
        undecided();
        bobTakesOver();

        presetting.work(TASK, 0);

        assertThat(value()).contains("customer");
    }

    @Test
    void a_preset_does_not_come_back_over_the_next_agents_click() {
        preset();
        dropsAlone();
        twilio.edit(TASK, text -> withValue(text, "agent"));
        bobTakesOver();

        presetting.work(TASK, 0);

        assertThat(value()).contains("agent");
    }

    @Test
    void a_preset_does_not_come_back_where_it_never_was() {
        comesIn(withValue(WAITS, "theirs"));
        presetting.work(TASK, 0);
        dropsAlone();
        bobTakesOver();

        presetting.work(TASK, 0);

        assertThat(value()).isEmpty();
    }

    @Test
    void a_preset_that_reads_agent_is_no_click() {
        SegmentProcessor customerIsAgent = presetting(Vocabulary.DEFAULT.with(EndedBy.CUSTOMER, "Agent"));
        comesIn(WAITS);
        customerIsAgent.work(TASK, 0);
        assertThat(value()).contains("Agent");
        joins();
        ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, AGENT);
        wrapsUp();

        customerIsAgent.work(TASK, 0);

        assertThat(value()).contains("disconnect");
    }

    private SegmentProcessor presetting(Vocabulary vocabulary) {
        return engine(new EngineSettings(true, vocabulary, false, true, false), reported);
    }

    private TaskEvent created(Instant at) {
        return new TaskEvent(EventType.TASK_CREATED, TASK, at, Optional.empty());
    }

    private void comesIn(String attributes) {
        twilio.put(TASK, attributes);
        journal.append(created(clock.instant()));
    }

    private void preset() {
        comesIn(WAITS);
        presetting.work(TASK, 0);
        assertThat(value()).contains("customer");
        twilio.forgetRequests();
    }

    /** Alice takes the call, as it stands. */
    private void joins() {
        String waits = twilio.attributes(TASK);
        talks(waits.substring(0, waits.length() - 1) + "," + LIVE + "}");
    }

    private void dropsAlone() {
        joins();
        ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, AGENT);
        wrapsUp();
        presetting.work(TASK, 0);
    }

    /** Alice's part ends, and Twilio does not tell how. */
    private void undecided() {
        joins();
        wrapsUp();
        workUntilDone(presetting);
        assertThat(reported.only().verdict().endedBy()).contains(EndedBy.UNKNOWN);
    }
}
