package io.hangupby.internal.processing;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.Call;
import io.hangupby.call.Conference.EndReason;
import io.hangupby.call.Participant;
import io.hangupby.call.TaskRef;
import io.hangupby.call.TaskSid;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Vocabulary;
import io.hangupby.internal.event.EventType;
import io.hangupby.internal.event.TaskRouterEvent.TaskUpdated;
import io.hangupby.internal.event.TaskVersion;
import io.hangupby.internal.journal.WorkResult;
import io.hangupby.internal.twilio.InMemoryTwilio.Request;
import io.hangupby.twilio.WriteOnEventVersion;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an update of a task changes for segments in wrap-up, on the node that knows the task and on another node. */
class FieldChangesTest extends SegmentProcessorFixture {
    private static final EngineSettings SETTINGS = new EngineSettings(true, Vocabulary.DEFAULT, false, false, false);

    private final WatchingJournal here = new WatchingJournal(journal, versions, SETTINGS);
    private final WatchingJournal elsewhere =
            new WatchingJournal(journal, new NewestVersions(WriteOnEventVersion.AUTO, true), SETTINGS);

    private TaskUpdated update() {
        int number = twilio.asked().size() + 100;
        return new TaskUpdated(
                new TaskVersion(TASK, clock.instant(), Optional.of((long) number), twilio.attributes(TASK), false));
    }

    private static String wiped(String text) {
        return PLAIN.substring(0, PLAIN.length() - 1) + ",\"disposition\":\"" + text.length() + "\"}";
    }

    private void bobTalksOn() {
        arrives(EventType.RESERVATION_CREATED, BOBS, BOBS_BROWSER);
        arrives(EventType.RESERVATION_ACCEPTED, BOBS, BOBS_BROWSER);
        twilio.lists(CONFERENCE, new Participant(CUSTOMER, true, true), new Participant(BOBS_LEG, true, true));
        twilio.put(new Call(BOBS_LEG, Call.Status.IN_PROGRESS, Optional.of(BOBS_BROWSER), Optional.empty()));
    }

    @Test
    void another_node_finds_in_the_journal_that_a_value_is_gone() {
        customerHangsUp(PLAIN);
        work();
        twilio.edit(TASK, FieldChangesTest::wiped);
        woken.clear();

        elsewhere.append(update());

        assertThat(woken).containsExactly(TASK);
        work();
        assertThat(value()).contains("customer");
        assertThat(reported.last().write().losses()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_value_that_is_gone_before_its_outcome_is_recorded_is_written_again(boolean onThisNode) {
        twilio.after(Request.UPDATE, () -> {
            twilio.edit(TASK, FieldChangesTest::wiped);
            (onThisNode ? here : elsewhere).append(update());
        });
        customerHangsUp(PLAIN);
        work();
        work();

        assertThat(value()).contains("customer");
        assertThat(reported.last().write().losses()).isEqualTo(1);
    }

    @Test
    void an_update_before_the_write_is_reported_as_no_loss() {
        customerHangsUp(PLAIN);
        twilio.before(Request.UPDATE, () -> here.append(update()));

        workUntilDone();
        workUntilDone();

        assertThat(value()).contains("customer");
        assertThat(reported.outcomes).hasSize(1);
    }

    @Test
    void an_update_that_nobody_can_place_before_or_after_the_write_keeps_no_task_busy_that_waits_for_another_segment() {
        talks(PLAIN);
        bobTalksOn();
        twilio.before(
                Request.UPDATE,
                () -> here.append(
                        new TaskUpdated(new TaskVersion(TASK, clock.instant(), Optional.empty(), PLAIN, false))));
        wrapsUp();
        work();
        arrives(EventType.RESERVATION_WRAPUP, BOBS, BOBS_BROWSER);
        int turns = 0;
        while (turns < 10 && !woken.isEmpty()) {
            woken.clear();
            assertThat(work()).isInstanceOf(WorkResult.RetryIn.class);
            turns++;
        }

        assertThat(turns).as("turns until the task waits").isEqualTo(1);
    }

    @Test
    void an_update_with_the_value_changes_nothing_on_any_node() {
        customerHangsUp(PLAIN);
        work();
        woken.clear();

        here.append(update());
        elsewhere.append(update());

        assertThat(woken).isEmpty();
        assertThat(journal.read(TASK).timeline().losses(ALICES)).isZero();
    }

    @Test
    void an_update_of_an_unknown_task_is_not_stored() {
        TaskRef other = new TaskRef(TASK.account(), TASK.workspace(), new TaskSid("WT" + "f".repeat(32)));

        elsewhere.append(new TaskUpdated(new TaskVersion(other, clock.instant(), Optional.empty(), "{}", false)));

        assertThat(journal.read(other).timeline().events()).isEmpty();
        assertThat(woken).isEmpty();
    }

    @Test
    void attributes_that_cannot_be_read_change_nothing() {
        customerHangsUp(PLAIN);
        work();
        twilio.edit(TASK, text -> "[]");
        woken.clear();

        here.append(update());

        assertThat(woken).isEmpty();
    }

    @Test
    void a_bare_marker_that_an_agent_in_the_conversation_may_have_set_turns_no_earlier_verdict() {
        talks(PLAIN);
        bobTalksOn();
        twilio.lists(CONFERENCE, new Participant(CUSTOMER, true, true), new Participant(BOBS_LEG, true, true));
        wrapsUp();
        workUntilDone();
        Optional<EndedBy> before = reported.last().verdict().endedBy();
        clock.step(Duration.ofSeconds(2));
        twilio.edit(TASK, text -> withValue(text, "agent"));

        here.append(update());
        workUntilDone();

        assertThat(journal.read(TASK).outcome(ALICES).orElseThrow().verdict().endedBy())
                .isEqualTo(before);
    }

    @Test
    void our_own_word_for_an_agent_is_no_late_marker_of_another_agent() {
        talks(PLAIN);
        twilio.edit(TASK, SegmentProcessorFixture::marked);
        ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, AGENT);
        wrapsUp();
        work();
        assertThat(value()).contains("agent");
        woken.clear();

        here.append(update());

        assertThat(woken).isEmpty();
    }

    @Test
    void a_version_that_is_known_to_be_older_than_our_write_changes_nothing() {
        versions.trust(TASK.account()).compared(true);
        customerHangsUp(PLAIN);
        versions.received(
                EventType.RESERVATION_WRAPUP,
                TASK,
                () -> Optional.of(new TaskVersion(TASK, clock.instant(), Optional.of(0L), PLAIN, false)));
        work();
        woken.clear();

        here.append(new TaskUpdated(new TaskVersion(TASK, clock.instant(), Optional.of(0L), PLAIN, false)));

        assertThat(woken).isEmpty();
    }

    @Test
    void a_value_that_is_there_after_all_costs_one_read() {
        customerHangsUp(PLAIN);
        work();
        int requests = twilio.asked().size();

        here.append(new TaskUpdated(new TaskVersion(TASK, clock.instant(), Optional.empty(), PLAIN, false)));
        work();

        assertThat(twilio.asked()).hasSize(requests + 1).endsWith(Request.TASK);
        assertThat(reported.last().write().status().name()).isEqualTo("WRITTEN");
    }

    @Test
    void beyond_their_room_the_tasks_that_changed_longest_ago_are_forgotten() {
        NewestVersions small = new NewestVersions(WriteOnEventVersion.ALWAYS, false, 2 * (1024 + 2 * 2));
        for (int i = 0; i < 3; i++) {
            TaskRef task = new TaskRef(TASK.account(), TASK.workspace(), new TaskSid("WT" + i + "0".repeat(31)));
            small.received(
                    EventType.TASK_WRAPUP,
                    task,
                    () -> Optional.of(new TaskVersion(task, clock.instant(), Optional.of(1L), "{}", false)));
            assertThat(small.newest(task)).isPresent();
        }

        assertThat(small.isWatched(new TaskRef(TASK.account(), TASK.workspace(), new TaskSid("WT" + "0".repeat(32)))))
                .isFalse();
        assertThat(small.isWatched(new TaskRef(TASK.account(), TASK.workspace(), new TaskSid("WT1" + "0".repeat(31)))))
                .isTrue();
    }
}
