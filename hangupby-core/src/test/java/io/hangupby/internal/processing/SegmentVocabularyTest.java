package io.hangupby.internal.processing;

import static io.hangupby.internal.twilio.InMemoryTwilio.failing;
import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.Address;
import io.hangupby.call.Call;
import io.hangupby.call.CallSid;
import io.hangupby.call.Conference.EndReason;
import io.hangupby.call.ReservationSid;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Vocabulary;
import io.hangupby.decision.Vocabulary.Style;
import io.hangupby.decision.WriteResult.Status;
import io.hangupby.internal.event.EventType;
import io.hangupby.internal.event.TaskRouterEvent.ReservationEvent;
import io.hangupby.internal.twilio.InMemoryTwilio.Request;
import io.hangupby.testing.CapturedLog;
import io.hangupby.twilio.TwilioFailure.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written, and what counts as an agent's click. */
class SegmentVocabularyTest extends SegmentProcessorFixture {
    private final String clickedBare = withValue(PLAIN, "agent");
    private final CapturedLog log = new CapturedLog();
    private ReservationSid last = ALICES;

    @Test
    void an_agent_that_we_wrote_ourselves_is_no_marker() {
        customerIsRemoved(PLAIN);
        work();
        assertThat(value()).contains("agent");
        assertThat(reported.only().write().status()).isEqualTo(Status.WRITTEN);

        bobDrops();

        assertThat(value()).contains("disconnect");
    }

    @Test
    void the_marker_of_one_agent_explains_no_other_agents_drop() {
        agentDrops(CLICKED);
        work();

        bobDrops();

        assertThat(value()).contains("disconnect");
    }

    @Test
    void no_marker_is_needed_if_no_plugin_is_installed() {
        agentDrops(PLAIN);

        engine(new EngineSettings(false, Vocabulary.DEFAULT, false, false, false), reported)
                .work(TASK, 0);

        assertThat(value()).contains("agent");
    }

    private void bobDrops() {
        bobTakesOver();
        bobsLegGoes();
        workUntilDone();
    }

    @Test
    void the_vocabulary_spells_what_is_written() {
        customerHangsUp(PLAIN);

        spelled(Vocabulary.DEFAULT.with(Style.TITLE)).work(TASK, 0);

        assertThat(twilio.attributes(TASK)).isEqualTo(withValue(PLAIN, "Customer"));
        assertThat(reported.only().write().status()).isEqualTo(Status.WRITTEN);
    }

    @Test
    void a_renamed_value_is_recognized_as_set_already() {
        customerHangsUp(withValue(PLAIN, "Anrufer \u201eK\u201c"));

        spelled(Vocabulary.DEFAULT.with(EndedBy.CUSTOMER, "Anrufer \u201eK\u201c"))
                .work(TASK, 0);

        assertThat(reported.only().write().status()).isEqualTo(Status.ALREADY_SET);
        assertThat(twilio.asked(Request.UPDATE)).isZero();
    }

    @Test
    void a_value_that_is_switched_off_is_not_written() {
        customerHangsUp(PLAIN);

        spelled(Vocabulary.DEFAULT.with(EndedBy.CUSTOMER, "")).work(TASK, 0);

        assertThat(reported.only().verdict().endedBy()).contains(EndedBy.CUSTOMER);
        assertThat(reported.only().write().status()).isEqualTo(Status.NOTHING_TO_WRITE);
        assertThat(twilio.attributes(TASK)).isEqualTo(PLAIN);
        assertThat(twilio.asked(Request.UPDATE)).isZero();
    }

    @Test
    void unknown_cannot_be_switched_on() {
        talks(PLAIN);
        wrapsUp();
        arrives(EventType.RESERVATION_COMPLETED, ALICES, BROWSER);

        spelled(Vocabulary.DEFAULT.with(EndedBy.UNKNOWN, "no idea")).work(TASK, 0);

        assertThat(reported.only().verdict().endedBy()).contains(EndedBy.UNKNOWN);
        assertThat(twilio.attributes(TASK)).isEqualTo(PLAIN);
    }

    @Test
    void an_earlier_value_is_taken_off_for_one_that_is_switched_off() {
        SegmentProcessor noDisconnect = spelled(Vocabulary.DEFAULT.with(EndedBy.DISCONNECT, ""));
        customerIsRemoved(PLAIN);
        noDisconnect.work(TASK, 0);
        assertThat(value()).contains("agent");
        bobTakesOver();
        bobsLegGoes();

        noDisconnect.work(TASK, 0);

        assertThat(reported.last().verdict().endedBy()).contains(EndedBy.DISCONNECT);
        assertThat(value()).isEmpty();
    }

    @Test
    void a_value_that_is_switched_off_keeps_its_destination_out_too() {
        customerHangsUp(PLAIN);
        Optional<Address> number = Optional.of(new Address("+15550100042"));
        twilio.put(new Call(CUSTOMER, Call.Status.IN_PROGRESS, Optional.empty(), Optional.empty()));
        twilio.sends(
                CUSTOMER,
                new Call(new CallSid("CA" + "c".repeat(32)), Call.Status.IN_PROGRESS, number, Optional.empty()));

        spelled(Vocabulary.DEFAULT.with(EndedBy.EXTERNAL_COLD_TRANSFER, "")).work(TASK, 0);

        assertThat(reported.only().verdict().destination()).isEqualTo(number);
        assertThat(twilio.attributes(TASK)).isEqualTo(PLAIN);
    }

    @Test
    void the_log_names_the_category_and_not_the_written_value() {
        customerHangsUp(PLAIN);
        try (CapturedLog log = new CapturedLog()) {
            spelled(Vocabulary.DEFAULT.with(EndedBy.CUSTOMER, "")).work(TASK, 0);

            assertThat(log.text()).contains(": customer by rule docs/rules.md#customer-left ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"agent", "Agent", "AGENT"})
    void our_own_word_is_no_click_of_the_next_agent(String word) {
        SegmentProcessor disconnectIsAgent =
                spelled(Vocabulary.DEFAULT.with(EndedBy.AGENT, "on purpose").with(EndedBy.DISCONNECT, word));
        agentDrops(PLAIN);
        disconnectIsAgent.work(TASK, 0);
        assertThat(value()).contains(word);
        bobTakesOver();
        bobsLegGoes();

        disconnectIsAgent.work(TASK, 0);

        assertThat(reported.last().segment().reservation()).isEqualTo(BOBS);
        assertThat(reported.last().verdict().endedBy()).contains(EndedBy.DISCONNECT);
        assertThat(value()).contains(word);
    }

    @Test
    void our_own_word_is_no_click_of_any_later_segment() {
        SegmentProcessor disconnectIsAgent = spelled(Vocabulary.DEFAULT.with(EndedBy.DISCONNECT, "agent"));
        ReservationSid bobsSecond = new ReservationSid("WR" + "d".repeat(32));
        agentDrops(PLAIN);
        disconnectIsAgent.work(TASK, 0);
        bobTakesOver();
        bobsLegGoes();
        disconnectIsAgent.work(TASK, 0);
        assertThat(reported.last().write().status()).isEqualTo(Status.ALREADY_SET);
        takesOver(BOBS, bobsSecond);
        bobsLegGoes(bobsSecond);

        disconnectIsAgent.work(TASK, 0);

        assertThat(reported.outcomes)
                .extracting(outcome -> outcome.verdict().endedBy())
                .containsOnly(Optional.of(EndedBy.DISCONNECT))
                .hasSize(3);
    }

    @Test
    void our_own_word_is_no_click_of_the_segment_itself() {
        judgedTwice(PLAIN, spelled(Vocabulary.DEFAULT.with(EndedBy.DISCONNECT, "agent")));

        assertThat(reported.last().verdict().endedBy()).contains(EndedBy.DISCONNECT);
    }

    @Test
    void our_own_word_is_no_click_if_the_response_to_its_write_was_lost() {
        agentDrops(PLAIN);
        twilio.after(Request.UPDATE, failing(Kind.UNREACHABLE));

        spelled(Vocabulary.DEFAULT.with(EndedBy.DISCONNECT, "agent")).work(TASK, 0);

        assertThat(reported.only().verdict().endedBy()).contains(EndedBy.DISCONNECT);
        assertThat(reported.only().write().status()).isEqualTo(Status.WRITTEN);
        assertThat(value()).contains("agent");
    }

    @Test
    void a_click_that_we_spelled_anew_is_remembered() {
        judgedTwice(clickedBare, spelled(Vocabulary.DEFAULT.with(Style.TITLE)));

        assertThat(reported.last().verdict().endedBy()).contains(EndedBy.AGENT);
        assertThat(value()).contains("Agent");
    }

    @ParameterizedTest
    @EnumSource(
            value = EndedBy.class,
            names = {"AGENT", "CUSTOMER"})
    void a_click_that_nothing_is_written_over_does_not_pass_to_the_next_agent(EndedBy off) {
        SegmentProcessor engine = spelled(Vocabulary.DEFAULT.with(off, ""));
        if (off == EndedBy.AGENT) {
            agentDrops(clickedBare);
        } else {
            customerHangsUp(clickedBare);
        }
        engine.work(TASK, 0);
        assertThat(reported.only().verdict().endedBy()).contains(off);
        assertThat(twilio.attributes(TASK)).isEqualTo(clickedBare);
        bobTakesOver();
        bobsLegGoes();

        engine.work(TASK, 0);

        assertThat(value()).contains("disconnect");
    }

    @Test
    void a_used_up_click_is_taken_off_once_its_agent_has_completed() {
        SegmentProcessor engine = spelled(Vocabulary.DEFAULT.with(EndedBy.AGENT, ""));
        agentDrops(CLICKED);
        engine.work(TASK, 0);
        assertThat(value()).contains("agent");
        bobTakesOver();

        engine.work(TASK, 0);

        assertThat(value()).isEmpty();
    }

    @Test
    void a_segment_that_is_judged_anew_keeps_its_click() {
        judgedTwice(clickedBare, spelled(Vocabulary.DEFAULT.with(EndedBy.AGENT, "")));

        assertThat(reported.last().verdict().endedBy()).contains(EndedBy.AGENT);
        assertThat(twilio.attributes(TASK)).isEqualTo(clickedBare);
    }

    @Test
    void the_next_agents_click_stays_after_a_value_of_ours() {
        SegmentProcessor engine = spelled(Vocabulary.DEFAULT.with(Style.TITLE));
        customerHangsUp(clickedBare);
        engine.work(TASK, 0);
        twilio.edit(TASK, text -> withValue(text, "agent"));
        bobTakesOver();
        engine.work(TASK, 0);
        assertThat(value()).contains("agent");
        bobsLegGoes();

        engine.work(TASK, 0);

        assertThat(reported.last().verdict().endedBy()).contains(EndedBy.AGENT);
    }

    private SegmentProcessor spelled(Vocabulary vocabulary) {
        return engine(new EngineSettings(true, vocabulary, false, false, false), reported);
    }

    /** The task's wrap-up comes first, and the agent's own with an earlier moment. */
    private void judgedTwice(String attributes, SegmentProcessor engine) {
        talks(attributes);
        ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, AGENT);
        ReservationEvent late = event(EventType.RESERVATION_WRAPUP, ALICES, BROWSER);
        clock.step(Duration.ofSeconds(5));
        taskWrapsUp();
        engine.work(TASK, 0);
        journal.append(late);
        engine.work(TASK, 0);
        assertThat(reported.outcomes).hasSize(2);
    }

    @Test
    void a_missing_plugin_is_reported_once_for_a_workspace() {
        try (log) {
            agentDrops(PLAIN);
            work();
            moreDrops(3);
            assertThat(advice()).isEmpty();
            moreDrops(2);

            assertThat(reported.outcomes).hasSize(6);
            assertThat(advice())
                    .singleElement()
                    .asString()
                    .contains(TASK.workspace().value());
        }
    }

    @Test
    void no_missing_plugin_is_reported_once_a_marker_was_seen() {
        try (log) {
            agentDrops(CLICKED);
            work();
            moreDrops(5);

            assertThat(reported.outcomes).hasSize(6);
            assertThat(value()).contains("disconnect");
            assertThat(advice()).isEmpty();
        }
    }

    @Test
    void no_missing_plugin_is_reported_if_a_marker_comes_while_we_write() {
        try (log) {
            agentDrops(PLAIN);
            twilio.before(Request.UPDATE, () -> twilio.edit(TASK, SegmentProcessorFixture::marked));
            work();

            assertThat(reported.only().verdict().endedBy()).contains(EndedBy.AGENT);
            assertThat(advice()).isEmpty();
        }
    }

    @Test
    void an_agent_that_we_wrote_ourselves_does_not_hide_a_missing_plugin() {
        try (log) {
            customerIsRemoved(PLAIN);
            work();
            assertThat(value()).contains("agent");
            moreDrops(5);

            assertThat(value()).contains("disconnect");
            assertThat(advice()).hasSize(1);
        }
    }

    private List<String> advice() {
        return log.warnings().stream()
                .filter(line -> line.contains("hangupby.agent-marker=none"))
                .toList();
    }

    /** Other agents take the task one after the other, and drop without a click. */
    private void moreDrops(int number) {
        for (int i = 0; i < number; i++) {
            ReservationSid next = new ReservationSid("WR" + "%032x".formatted(0xd0 + reported.outcomes.size()));
            clock.step(Duration.ofMinutes(1));
            arrives(EventType.RESERVATION_ACCEPTED, next, BROWSER);
            arrives(EventType.RESERVATION_COMPLETED, last, BROWSER);
            clock.step(Duration.ofMinutes(1));
            twilio.put(new Call(AGENT, Call.Status.COMPLETED, Optional.of(BROWSER), Optional.empty()));
            ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, AGENT);
            arrives(EventType.RESERVATION_WRAPUP, next, BROWSER);
            workUntilDone();
            last = next;
        }
    }
}
