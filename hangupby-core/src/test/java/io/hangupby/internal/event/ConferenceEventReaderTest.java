package io.hangupby.internal.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.CallSid;
import io.hangupby.call.Conference.EndReason;
import io.hangupby.call.ParticipantLeft;
import io.hangupby.call.ParticipantLog;
import io.hangupby.call.TaskRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConferenceEventReaderTest {
    private static final TaskRef TASK = Events.TASK;
    private static final CallSid CUSTOMER = new CallSid("CA" + "c".repeat(32));
    private static final CallSid AGENT = new CallSid("CA" + "a".repeat(32));
    private static final Instant AT = Instant.parse("2026-09-21T14:15:16Z");

    private final ConferenceEventReader reader = new ConferenceEventReader(Optional.empty());

    @Test
    void reads_why_a_leg_left() {
        Map<String, String> fields = leave(4, AGENT, "participant_hung_up");
        fields.put("Hold", "true");
        fields.put("EndConferenceOnExit", "false");

        assertThat(read(fields))
                .isEqualTo(new ConferenceEvent.LegLeft(
                        new ConferenceEvent.Origin(TASK, Events.ROOM, 4, AT, Optional.of(CUSTOMER)),
                        AGENT,
                        Optional.of(ParticipantLeft.Reason.PARTICIPANT_HUNG_UP),
                        true,
                        Optional.of(false)));
    }

    @ParameterizedTest
    @CsvSource({"false, false, true", "true, false, false", "false, true, false"})
    void a_leg_talks_unless_it_is_muted_or_coaching(String muted, String coaching, boolean talking) {
        Map<String, String> fields = event("participant-join", 1);
        fields.put("CallSid", AGENT.value());
        fields.put("Muted", muted);
        fields.put("Coaching", coaching);

        assertThat(read(fields))
                .isInstanceOfSatisfying(
                        ConferenceEvent.LegSeen.class,
                        seen -> assertThat(seen.talking()).isEqualTo(talking));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"participant-with-end-conference-on-exit-left", "participant_with_end_conference_on_exit_left"})
    void reads_how_the_conference_ended_in_either_spelling(String reason) {
        Map<String, String> fields = event("conference-end", 9);
        fields.put("ReasonConferenceEnded", reason);
        fields.put("CallSidEndingConference", CUSTOMER.value());

        assertThat(read(fields)).isInstanceOfSatisfying(ConferenceEvent.Ended.class, ended -> {
            assertThat(ended.reason()).contains(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT);
            assertThat(ended.leg()).contains(CUSTOMER);
        });
    }

    @Test
    void takes_unknown_and_missing_reasons_for_none() {
        Map<String, String> unknown = leave(2, AGENT, "participant_evaporated");
        Map<String, String> missing = leave(3, AGENT, "");
        missing.remove("ReasonParticipantLeft");

        assertThat(List.of(unknown, missing))
                .extracting(this::read)
                .allSatisfy(event ->
                        assertThat(((ConferenceEvent.LegLeft) event).reason()).isEmpty());
    }

    @Test
    void takes_the_task_from_the_conferences_name_and_the_workspace_from_the_settings() {
        Map<String, String> fields = leave(1, AGENT, "participant_hung_up");
        fields.remove("TaskSid");
        fields.remove("WorkspaceSid");

        assertThat(reader.read(fields(fields))).isInstanceOf(EventReading.Irrelevant.class);
        assertThat(new ConferenceEventReader(Optional.of(TASK.workspace())).read(fields(fields)))
                .isInstanceOfSatisfying(
                        EventReading.Relevant.class,
                        relevant -> assertThat(relevant.event().task()).isEqualTo(TASK));
    }

    @ParameterizedTest
    @ValueSource(strings = {"participant-speech-start", "announcement-end", "something-new"})
    void takes_what_says_nothing_of_who_was_there_for_irrelevant(String type) {
        assertThat(reader.read(fields(event(type, 1)))).isInstanceOf(EventReading.Irrelevant.class);
    }

    @Test
    void takes_a_conference_of_no_task_for_irrelevant() {
        Map<String, String> fields = leave(1, AGENT, "participant_hung_up");
        fields.remove("TaskSid");
        fields.put("FriendlyName", "Monday meeting");

        assertThat(reader.read(fields(fields))).isInstanceOf(EventReading.Irrelevant.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CallSid", "ConferenceSid", "SequenceNumber", "Timestamp"})
    void names_what_is_missing_or_malformed(String field) {
        Map<String, String> fields = leave(1, AGENT, "participant_hung_up");
        fields.put(field, "nonsense");

        assertThat(reader.read(fields(fields)))
                .isEqualTo(new EventReading.Malformed(field + " is missing or malformed"));
    }

    @Test
    void what_was_read_is_put_in_order_and_repetitions_change_nothing() {
        List<Map<String, String>> arrived = new ArrayList<>();
        Map<String, String> end = event("conference-end", 6);
        Map<String, String> join = event("participant-join", 2);
        join.put("CallSid", AGENT.value());
        arrived.add(leave(5, AGENT, "moderator_ended_conference"));
        arrived.add(end);
        arrived.add(leave(4, CUSTOMER, "participant_hung_up"));
        arrived.add(join);
        arrived.add(leave(4, CUSTOMER, "participant_hung_up"));
        TaskTimeline timeline = TaskTimeline.of(TASK);
        for (Map<String, String> fields : arrived) {
            timeline = timeline.with(read(fields));
        }

        ParticipantLog participantLog = timeline.participantLog(Events.ROOM);

        assertThat(participantLog.leaves()).extracting(ParticipantLeft::leg).containsExactly(CUSTOMER, AGENT);
        assertThat(participantLog.customer()).contains(CUSTOMER);
        assertThat(participantLog.hasJoined(AGENT)).isTrue();
        assertThat(participantLog.ended()).contains(AT);
        assertThat(timeline.conferenceEvents()).hasSize(4);
    }

    @Test
    void a_leg_that_comes_back_has_not_left() {
        Map<String, String> back = event("participant-join", 3);
        back.put("CallSid", AGENT.value());
        TaskTimeline timeline = TaskTimeline.of(TASK)
                .with(read(leave(2, AGENT, "participant_hung_up")))
                .with(read(back));

        assertThat(timeline.participantLog(Events.ROOM).leaves()).isEmpty();
    }

    private CallEvent read(Map<String, String> fields) {
        return ((EventReading.Relevant) reader.read(fields(fields))).event();
    }

    private static Map<String, String> leave(int number, CallSid leg, String reason) {
        Map<String, String> fields = event("participant-leave", number);
        fields.put("CallSid", leg.value());
        fields.put("ReasonParticipantLeft", reason);
        return fields;
    }

    private static Map<String, String> event(String type, int number) {
        return new TreeMap<>(Map.of(
                "StatusCallbackEvent", type,
                "AccountSid", TASK.account().value(),
                "WorkspaceSid", TASK.workspace().value(),
                "TaskSid", TASK.task().value(),
                "FriendlyName", TASK.task().value(),
                "ConferenceSid", Events.ROOM.value(),
                "CustomerCallSid", CUSTOMER.value(),
                "SequenceNumber", Integer.toString(number),
                "Timestamp", "Mon, 21 Sep 2026 14:15:16 +0000"));
    }

    private static EventFields fields(Map<String, String> fields) {
        return new EventFields() {
            @Override
            public Optional<String> text(String name) {
                return Optional.ofNullable(fields.get(name));
            }

            @Override
            public Optional<String> within(String name, String... path) {
                return Optional.empty();
            }
        };
    }
}
