package io.hangupby.internal.processing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hangupby.call.Address;
import io.hangupby.call.Call;
import io.hangupby.call.Conference.EndReason;
import io.hangupby.call.Marker;
import io.hangupby.call.Participant;
import io.hangupby.call.ReservationSid;
import io.hangupby.call.Segment;
import io.hangupby.call.Transfer;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Outcome;
import io.hangupby.decision.Verdict;
import io.hangupby.decision.Vocabulary;
import io.hangupby.decision.WriteResult;
import io.hangupby.internal.event.EventType;
import io.hangupby.internal.event.TaskRouterEvent.MarkerSeen;
import io.hangupby.internal.event.TaskRouterEvent.ReservationEvent;
import io.hangupby.internal.event.TaskRouterEvent.TaskEvent;
import io.hangupby.internal.event.TaskRouterEvent.TaskUpdated;
import io.hangupby.internal.event.TaskRouterEvent.ValueLost;
import io.hangupby.internal.event.TaskVersion;
import io.hangupby.internal.twilio.InMemoryTwilio.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which words mark a click, whose click it was, and how long it is remembered. */
class SegmentMarkerTest extends SegmentProcessorFixture {
    private static final EngineSettings PLUGIN = new EngineSettings(true, Vocabulary.DEFAULT, false, false, false);

    @ParameterizedTest
    @CsvSource({
        "agent, agent",
        "AGENT, agent",
        "Agente, agent",
        "AGENT HANGUP, agent",
        "Customer, disconnect",
        "agente2, disconnect"
    })
    void further_words_mark_a_click_in_any_case(String inTask, String value) {
        agentDrops(withValue(PLAIN, inTask));

        engine(PLUGIN.withMarkerWords(Set.of("agente", " Agent Hangup ")), reported)
                .work(TASK, 0);

        assertThat(value()).contains(value);
    }

    @Test
    void the_vocabularys_own_word_marks_a_click() {
        Vocabulary spanish = Vocabulary.DEFAULT.with(EndedBy.AGENT, "Agente");
        agentDrops(withValue(PLAIN, "agente"));

        engine(new EngineSettings(true, spanish, false, false, false), reported).work(TASK, 0);

        assertThat(reported.only().verdict().endedBy()).contains(EndedBy.AGENT);
        assertThat(value()).contains("Agente");
    }

    @Test
    void a_value_that_the_task_was_created_with_is_no_click() {
        created("agent");
        agentDrops(withValue(PLAIN, "agent"));

        work();

        assertThat(value()).contains("disconnect");
    }

    @Test
    void a_click_counts_although_the_task_was_created_with_another_value() {
        created("customer");
        agentDrops(withValue(PLAIN, "agent"));

        work();

        assertThat(value()).contains("agent");
    }

    @Test
    void a_click_counts_once_the_preset_has_replaced_what_the_task_was_created_with() {
        String copied = "{\"conversations\":{\"hang_up_by\":\"agent\"}," + LIVE + "}";
        twilio.put(TASK, copied);
        created("agent");
        engine(new EngineSettings(true, Vocabulary.DEFAULT, false, true, false), reported)
                .work(TASK, 0);
        assertThat(value()).contains("customer");

        agentDrops(withValue(PLAIN, "agent"));
        work();

        assertThat(value()).contains("agent");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bare", "named"})
    void a_marker_that_comes_after_the_wrap_up_turns_a_disconnect(String kind) {
        agentDrops(PLAIN);
        work();
        assertThat(value()).contains("disconnect");

        clock.step(Duration.ofMillis(2500));
        journal.append(new MarkerSeen(TASK, clock.instant(), kind.equals("bare") ? Marker.BARE : Marker.of(ALICES)));
        assertThat(woken).endsWith(TASK);
        workUntilDone();

        assertThat(value()).contains("agent");
        assertThat(reported.last().verdict().rule()).isEqualTo("agent-left");
    }

    @Test
    void a_marker_that_comes_after_the_wrap_up_turns_what_a_program_did() {
        talks(PLAIN);
        ends(EndReason.CONFERENCE_ENDED_VIA_API, AGENT);
        wrapsUp();
        work();
        assertThat(value()).contains("system");

        journal.append(new MarkerSeen(TASK, clock.instant(), Marker.BARE));
        workUntilDone();

        assertThat(value()).contains("agent");
    }

    @ParameterizedTest
    @ValueSource(ints = {-60, 60})
    void a_bare_marker_at_another_time_is_no_click_of_this_agent(int seconds) {
        agentDrops(PLAIN);
        journal.append(new MarkerSeen(TASK, clock.instant().plusSeconds(seconds), Marker.BARE));

        work();

        assertThat(value()).contains("disconnect");
    }

    @Test
    void a_marker_of_another_agent_is_no_click_of_this_agent() {
        agentDrops(PLAIN);
        journal.append(new MarkerSeen(TASK, clock.instant(), Marker.of(BOBS)));

        work();

        assertThat(value()).contains("disconnect");
    }

    @Test
    void the_second_agents_bare_click_counts_although_the_first_agents_value_is_written_over_it() {
        aliceLeavesBob();
        bobClicks();
        bobsLegGoes();
        work();

        assertThat(value()).contains("warm transfer");
        assertThat(endedBy(BOBS)).contains(EndedBy.AGENT);
        arrives(EventType.RESERVATION_COMPLETED, ALICES, BROWSER);
        workUntilDone();
        assertThat(value()).contains("agent");
    }

    @Test
    void the_second_agents_bare_click_survives_a_crash_after_the_first_agents_value_was_written_over_it() {
        aliceLeavesBob();
        bobClicks();
        bobsLegGoes();
        twilio.after(Request.UPDATE, () -> {
            throw new IllegalStateException("the process ends here");
        });
        assertThatThrownBy(this::work).isInstanceOf(IllegalStateException.class);
        assertThat(value()).contains("warm transfer");

        workUntilDone();

        assertThat(endedBy(BOBS)).contains(EndedBy.AGENT);
    }

    @Test
    void an_agents_own_bare_click_survives_a_crash_after_an_external_transfer_was_written_over_it() {
        talks(PLAIN);
        twilio.edit(TASK, text -> withValue(text, "agent"));
        twilio.lists(CONFERENCE, new Participant(CUSTOMER, true, true), new Participant(BOBS_LEG, true, true));
        Optional<Address> outside = Optional.of(new Address("+15005550006"));
        twilio.put(new Call(BOBS_LEG, Call.Status.IN_PROGRESS, outside, Optional.empty()));
        wrapsUp();
        twilio.after(Request.UPDATE, () -> {
            throw new IllegalStateException("the process ends here");
        });
        assertThatThrownBy(this::work).isInstanceOf(IllegalStateException.class);
        assertThat(value()).contains("external warm transfer");

        workUntilDone();

        assertThat(endedBy(ALICES)).contains(EndedBy.EXTERNAL_WARM_TRANSFER);
        assertThat(value()).contains("external warm transfer");
    }

    @Test
    void the_second_agents_bare_click_stays_if_the_first_agent_completes_before_the_second_wraps_up() {
        aliceLeavesBob();
        bobClicks();
        arrives(EventType.RESERVATION_COMPLETED, ALICES, BROWSER);
        workUntilDone();
        clock.step(Duration.ofMillis(300));

        bobsLegGoes();
        workUntilDone();

        assertThat(value()).contains("agent");
    }

    @Test
    void the_second_agents_bare_click_survives_a_cold_transfer_that_is_decided_late() {
        talks(PLAIN);
        transfers(Transfer.Mode.COLD);
        twilio.lists(CONFERENCE, new Participant(CUSTOMER, true, true));
        wrapsUp();
        clock.step(Duration.ofSeconds(20));
        arrives(EventType.RESERVATION_CREATED, BOBS, BOBS_BROWSER);
        arrives(EventType.RESERVATION_ACCEPTED, BOBS, BOBS_BROWSER);
        clock.step(Duration.ofMinutes(2));
        bobClicks();
        bobsLegGoes();
        workUntilDone();

        assertThat(endedBy(ALICES)).contains(EndedBy.COLD_TRANSFER);
        assertThat(endedBy(BOBS)).contains(EndedBy.AGENT);
    }

    @Test
    void the_first_agents_bare_click_is_used_up_by_a_warm_transfer() {
        aliceLeavesBob();
        clock.step(Duration.ofSeconds(2));

        bobsLegGoes();
        workUntilDone();

        assertThat(endedBy(BOBS)).contains(EndedBy.DISCONNECT);
    }

    @Test
    void the_second_agents_bare_click_may_hide_a_click_of_an_agent_whose_wrap_up_comes_later() {
        talks(PLAIN);
        arrives(EventType.RESERVATION_CREATED, BOBS, BOBS_BROWSER);
        arrives(EventType.RESERVATION_ACCEPTED, BOBS, BOBS_BROWSER);
        clock.step(Duration.ofMinutes(1));
        ReservationEvent late = event(EventType.RESERVATION_WRAPUP, ALICES, BROWSER);
        bobClicks();
        bobsLegGoes();
        work();
        assertThat(endedBy(BOBS)).contains(EndedBy.AGENT);

        ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, AGENT);
        journal.append(late);
        workUntilDone();

        assertThat(endedBy(ALICES)).contains(EndedBy.UNKNOWN);
        assertThat(endedBy(BOBS)).contains(EndedBy.AGENT);
    }

    @ParameterizedTest
    @CsvSource({"500, UNKNOWN", "3000, DISCONNECT"})
    void a_click_over_which_a_lost_value_is_written_again_may_be_that_of_each_agent_who_leaves_then(
            long millis, EndedBy third) {
        aliceLeavesBob();
        ReservationSid carols = new ReservationSid("WR" + "c".repeat(32));
        arrives(EventType.RESERVATION_CREATED, carols, BOBS_BROWSER);
        arrives(EventType.RESERVATION_ACCEPTED, carols, BOBS_BROWSER);
        clock.step(Duration.ofMinutes(1));
        bobClicks();
        journal.append(new ValueLost(TASK, clock.instant(), ALICES));
        workUntilDone();
        assertThat(value()).contains("warm transfer");

        twilio.lists(CONFERENCE, new Participant(CUSTOMER, true, true), new Participant(AGENT, true, true));
        arrives(EventType.RESERVATION_WRAPUP, BOBS, BOBS_BROWSER);
        workUntilDone();
        clock.step(Duration.ofMillis(millis));
        bobsLegGoes(carols);
        workUntilDone();

        assertThat(endedBy(BOBS)).contains(EndedBy.AGENT);
        assertThat(endedBy(carols)).contains(third);
    }

    @ParameterizedTest(name = "{0}; hangupby wrote the word: {1}")
    @CsvSource({
        "agent;agent, false, AGENT",
        "agent;warm transfer;agent, false, AGENT",
        "agent, false, UNKNOWN",
        "agent;agent and a disposition, false, UNKNOWN",
        "agent;customer, false, UNKNOWN",
        "agent;agent, true, UNKNOWN"
    })
    void an_unclear_click_is_the_agents_if_recorded_updates_show_that_the_word_was_set_twice(
            String recorded, boolean isOurs, EndedBy endedBy) {
        aliceLeavesBob();
        bobsLegGoes();
        journal.append(new MarkerSeen(TASK, clock.instant(), Marker.unclear(BOBS)));
        String[] values = recorded.split(";", -1);
        for (int i = 0; i < values.length; i++) {
            Instant at = clock.instant().minus(i == 0 ? Duration.ofMinutes(2) : Duration.ofMillis(900));
            twilio.put(new TaskUpdated(new TaskVersion(TASK, at, Optional.of((long) i), version(values[i]), false)));
        }
        if (isOurs) {
            journal.record(new Outcome(
                    segment(new ReservationSid("WR" + "c".repeat(32))),
                    new Verdict(Optional.of(EndedBy.AGENT), "agent-left", "hung up", List.of()),
                    new WriteResult(WriteResult.Status.WRITTEN, "written")));
        }

        work();

        assertThat(endedBy(BOBS)).contains(endedBy);
    }

    private static String version(String value) {
        return value.equals("agent and a disposition")
                ? withValue(PLAIN, "agent").replace("{\"direction\"", "{\"disposition\":\"solved\",\"direction\"")
                : withValue(PLAIN, value);
    }

    private Segment segment(ReservationSid reservation) {
        return new Segment(
                TASK, reservation, Optional.empty(), Optional.empty(), Optional.empty(), clock.instant(), false);
    }

    @Test
    void a_verdict_made_without_a_marker_stands_when_another_agent_clicks_later() {
        talks(PLAIN);
        arrives(EventType.RESERVATION_CREATED, BOBS, BOBS_BROWSER);
        arrives(EventType.RESERVATION_ACCEPTED, BOBS, BOBS_BROWSER);
        clock.step(Duration.ofMinutes(1));
        twilio.lists(CONFERENCE, new Participant(CUSTOMER, true, true), new Participant(BOBS_LEG, true, true));
        twilio.put(new Call(BOBS_LEG, Call.Status.IN_PROGRESS, Optional.of(BOBS_BROWSER), Optional.empty()));
        wrapsUp();
        work();
        assertThat(endedBy(ALICES)).contains(EndedBy.DISCONNECT);

        clock.step(Duration.ofMinutes(1));
        bobClicks();
        bobsLegGoes();
        workUntilDone();

        assertThat(endedBy(ALICES)).contains(EndedBy.DISCONNECT);
        assertThat(endedBy(BOBS)).contains(EndedBy.AGENT);
    }

    private void created(String value) {
        journal.append(new TaskEvent(
                EventType.TASK_CREATED,
                TASK,
                clock.instant().minusSeconds(60),
                Optional.empty(),
                Optional.of(value),
                Optional.empty()));
    }
}
