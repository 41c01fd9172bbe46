package io.hangupby.internal.processing;

import static io.hangupby.internal.twilio.InMemoryTwilio.failing;
import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.Call;
import io.hangupby.call.Conference;
import io.hangupby.call.Conference.EndReason;
import io.hangupby.call.Participant;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Vocabulary;
import io.hangupby.decision.WriteResult.Status;
import io.hangupby.decision.rules.DecisionRules;
import io.hangupby.internal.event.EventType;
import io.hangupby.internal.journal.WorkResult;
import io.hangupby.internal.twilio.InMemoryTwilio.Request;
import io.hangupby.telemetry.Telemetry;
import io.hangupby.twilio.TwilioFailure.Kind;
import io.hangupby.twilio.WriteOnEventVersion;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a segment costs, and how long it is collected again while Twilio shows the moment before its end. */
class SegmentSettlingTest extends SegmentProcessorFixture {
    @Test
    void a_customers_hang_up_costs_four_requests() {
        customerHangsUp(PLAIN);

        assertThat(work()).isEqualTo(new WorkResult.Complete());
        assertThat(twilio.asked()).containsExactly(Request.CONFERENCE, Request.TASK, Request.CALL, Request.UPDATE);
        assertThat(twilio.attributes(TASK)).isEqualTo(withValue(PLAIN, "customer"));
    }

    @Test
    void an_agents_dropped_connection_costs_five_requests() {
        agentDrops(PLAIN);

        work();

        assertThat(twilio.asked())
                .containsExactly(Request.CONFERENCE, Request.TASK, Request.CALL, Request.CALL, Request.UPDATE);
        assertThat(twilio.attributes(TASK)).isEqualTo(withValue(PLAIN, "disconnect"));
    }

    @Test
    void a_marked_click_costs_three_requests_and_no_write() {
        agentDrops(CLICKED);

        work();

        assertThat(twilio.asked()).containsExactly(Request.CONFERENCE, Request.TASK, Request.CALL);
        assertThat(twilio.attributes(TASK)).isEqualTo(CLICKED);
        assertThat(reported.only().verdict().endedBy()).contains(EndedBy.AGENT);
        assertThat(reported.only().write().status()).isEqualTo(Status.ALREADY_SET);
    }

    @Test
    void an_outbound_call_costs_no_request_more() {
        agentDrops("{\"direction\":\"outbound\"," + LIVE + "}");

        work();

        assertThat(twilio.asked())
                .containsExactly(Request.CONFERENCE, Request.TASK, Request.CALL, Request.CALL, Request.UPDATE);
        assertThat(value()).contains("disconnect");
    }

    @Test
    void a_wrap_up_after_the_verdict_costs_no_request() {
        customerHangsUp(PLAIN);
        work();
        twilio.forgetRequests();
        taskWrapsUp();
        wrapsUp();

        assertThat(work()).isEqualTo(new WorkResult.Complete());
        assertThat(twilio.asked()).isEmpty();
        assertThat(reported.outcomes).hasSize(1);
    }

    @Test
    void a_task_of_which_nothing_is_known_costs_no_request() {
        assertThat(work()).isEqualTo(new WorkResult.Complete());
        assertThat(twilio.asked()).isEmpty();
    }

    @Test
    void an_unsettled_segment_is_collected_six_times_and_then_decided_with_what_there_is() {
        talks(PLAIN);
        wrapsUp();

        assertThat(workUntilDone())
                .containsExactly(
                        Duration.ofMillis(250),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(4));
        assertThat(reported.only().verdict().endedBy()).contains(EndedBy.UNKNOWN);
        assertThat(reported.only().write().status()).isEqualTo(Status.NOTHING_TO_WRITE);
        assertThat(twilio.attributes(TASK)).isEqualTo(PLAIN);
        assertThat(twilio.asked(Request.CONFERENCE)).isEqualTo(6);
    }

    @Test
    void nothing_is_decided_while_a_segment_is_unsettled() {
        talks(PLAIN);
        wrapsUp();

        assertThat(work()).isEqualTo(later(250));
        assertThat(reported.outcomes).isEmpty();
        assertThat(twilio.asked(Request.UPDATE)).isZero();
    }

    @Test
    void being_woken_in_between_does_not_shorten_the_wait() {
        talks(PLAIN);
        wrapsUp();
        work();
        clock.step(Duration.ofMillis(100));

        assertThat(engine.work(TASK, 1)).isEqualTo(later(150));
    }

    @Test
    void failures_before_do_not_shorten_the_wait() {
        talks(PLAIN);
        wrapsUp();
        twilio.always(Request.CONFERENCE, failing(Kind.UNAVAILABLE));
        for (int turn = 0; turn < 7; turn++) {
            engine.work(TASK, turn);
            clock.step(Duration.ofSeconds(10));
        }
        twilio.heal();

        assertThat(engine.work(TASK, 7)).isEqualTo(later(250));
        assertThat(reported.outcomes).isEmpty();
    }

    @Test
    void a_turn_that_comes_a_millisecond_too_soon_counts_as_the_one_that_was_due() {
        talks(PLAIN);
        wrapsUp();
        work();
        clock.step(Duration.ofMillis(249));

        assertThat(engine.work(TASK, 1)).isEqualTo(later(501));
    }

    @Test
    void a_conference_that_twilio_does_not_have_is_read_again() {
        talks(PLAIN);
        ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, AGENT);
        Conference conference = twilio.conference(CONFERENCE).orElseThrow();
        twilio.forget(CONFERENCE);
        wrapsUp();

        assertThat(work()).isEqualTo(later(250));
        twilio.put(conference);
        work();

        assertThat(value()).contains("disconnect");
    }

    @Test
    void a_conference_that_stays_away_leaves_the_verdict_unknown() {
        talks(PLAIN);
        ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, AGENT);
        twilio.forget(CONFERENCE);
        wrapsUp();

        assertThat(workUntilDone()).hasSize(5);
        assertThat(reported.only().verdict().endedBy()).contains(EndedBy.UNKNOWN);
    }

    @Test
    void a_conference_that_is_gone_when_its_participants_are_read_is_read_again() {
        talks(PLAIN);
        wrapsUp();
        twilio.before(Request.PARTICIPANTS, () -> {
            ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, AGENT);
            twilio.conference(CONFERENCE).ifPresent(ended -> {
                twilio.forget(CONFERENCE);
                twilio.before(Request.CONFERENCE, () -> twilio.put(ended));
            });
        });

        assertThat(workUntilDone()).containsExactly(Duration.ofMillis(250));
        assertThat(value()).contains("disconnect");
    }

    @Test
    void a_segment_is_decided_as_soon_as_it_has_settled() {
        talks(PLAIN);
        wrapsUp();
        assertThat(engine.work(TASK, 0)).isEqualTo(later(250));
        clock.step(Duration.ofMillis(250));
        assertThat(engine.work(TASK, 1)).isEqualTo(later(500));
        ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, CUSTOMER);

        assertThat(engine.work(TASK, 2)).isEqualTo(new WorkResult.Complete());
        assertThat(value()).contains("customer");
    }

    @Test
    void the_agents_completion_ends_the_wait() {
        talks(PLAIN);
        wrapsUp();
        arrives(EventType.RESERVATION_COMPLETED, ALICES, BROWSER);

        assertThat(work()).isEqualTo(new WorkResult.Complete());
        assertThat(reported.outcomes).hasSize(1);
    }

    @Test
    void a_conference_that_goes_on_without_the_agent_has_settled() {
        talks(PLAIN);
        twilio.lists(CONFERENCE, new Participant(CUSTOMER, true, true));
        wrapsUp();

        assertThat(work()).isEqualTo(new WorkResult.Complete());
        assertThat(value()).contains("disconnect");
    }

    @Test
    void a_customers_call_that_reads_as_open_is_read_again_two_seconds_later() {
        customerHangsUp(PLAIN);
        twilio.put(new Call(CUSTOMER, Call.Status.IN_PROGRESS, Optional.empty(), Optional.empty()));
        twilio.after(
                Request.CALL,
                () -> twilio.put(
                        new Call(CUSTOMER, Call.Status.COMPLETED, Optional.empty(), Optional.of(clock.instant()))));

        work();

        assertThat(pauses).containsExactly(Duration.ofSeconds(2));
        assertThat(twilio.asked(Request.CALL)).isEqualTo(2);
        assertThat(value()).contains("customer");
    }

    @Test
    void a_customers_call_that_stays_open_was_moved_on() {
        customerHangsUp(PLAIN);
        twilio.put(new Call(CUSTOMER, Call.Status.IN_PROGRESS, Optional.empty(), Optional.empty()));

        work();

        assertThat(value()).contains("system");
    }

    @Test
    void an_interrupted_pause_retries_the_task_later_and_keeps_the_interrupt() {
        customerHangsUp(PLAIN);
        twilio.put(new Call(CUSTOMER, Call.Status.IN_PROGRESS, Optional.empty(), Optional.empty()));
        SegmentProcessor stopping = new SegmentProcessor(
                journal,
                twilio,
                new NewestVersions(WriteOnEventVersion.NEVER, false),
                DecisionRules.decider(DecisionRules.defaults()),
                new EngineSettings(true, Vocabulary.DEFAULT, false, false, false),
                reported,
                Telemetry.NOOP,
                clock,
                wait -> {
                    throw new InterruptedException();
                });

        WorkResult step = stopping.work(TASK, 0);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(step).isEqualTo(later(1000));
        assertThat(reported.outcomes).isEmpty();
    }
}
