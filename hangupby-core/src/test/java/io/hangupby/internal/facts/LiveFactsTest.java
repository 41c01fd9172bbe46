package io.hangupby.internal.facts;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.internal.event.EventFields;
import io.hangupby.testing.HandClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveFactsTest {
    private static final Instant NOW = Instant.parse("2026-03-04T10:15:30Z");
    private static final String TASK = "WT" + "3".repeat(32);

    private final LiveFacts facts = new LiveFacts(new HandClock(NOW));

    @Test
    void callbacks_are_counted_with_the_fields_that_may_be_missing() {
        facts.callback(event("task.created", 100, Map.of("Sid", "EV1", "TaskVersion", "3")), true);
        facts.callback(event("task.created", 700, Map.of()), false);

        assertThat(facts.text())
                .contains(
                        "callbacks: 2; with Sid 1, with TaskVersion 1, with an idempotency token 1",
                        "callbacks arrived after: 1 within 0.25 s, 1 within 1 s");
    }

    @Test
    void event_streams_is_counted_by_itself() {
        facts.streamed(event("task.created", 20_000, Map.of()));
        facts.streamedConferenceCallback(fields(Map.of("Timestamp", "Wed, 04 Mar 2026 10:15:25 +0000")));
        facts.conferenceCallback(fields(Map.of()));

        assertThat(facts.text())
                .contains(
                        "events by Event Streams: 1; arrived after: 1 within 5 s, 1 within 30 s",
                        "conference status callbacks: 1 to /conference, 1 by Event Streams");
    }

    @Test
    void the_first_wrap_up_of_a_task_is_the_earlier_by_its_own_time() {
        facts.callback(wrapUp("task", 1, 20), true);
        facts.callback(wrapUp("reservation", 1, 30), true);
        facts.callback(wrapUp("reservation", 2, 50), true);
        facts.callback(wrapUp("task", 2, 40), true);
        facts.streamed(wrapUp("task", 3, 40));
        facts.streamed(wrapUp("reservation", 3, 40));
        facts.callback(wrapUp("reservation", 4, 40), true);

        assertThat(facts.text()).contains("first wrap-up: task 0, reservation 2, same time 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1772619330", "9999999999999999", "soon", "-5"})
    void a_time_that_counts_no_milliseconds_is_neither_an_age_nor_an_order(String time) {
        facts.callback(event("task.wrapup", 0, Map.of("TimestampMs", time)), true);
        facts.callback(event("reservation.wrapup", 0, Map.of("TimestampMs", time)), true);

        assertThat(facts.text())
                .contains("callbacks arrived after: none", "first wrap-up: task 0, reservation 0, same time 0");
    }

    @Test
    void transfer_fields_show_their_spelling_and_nothing_else() {
        facts.callback(
                event(
                        "task.transfer-initiated",
                        0,
                        Map.of(
                                "TransferMode", "WARM",
                                "TransferStatus", "complete",
                                "TransferTo", "WK" + "8".repeat(32),
                                "TransferType", "+15550100")),
                true);

        assertThat(facts.text())
                .endsWith("transfer fields: TransferMode=WARM, TransferStatus=complete, TransferTo, TransferType");
    }

    @Test
    void nothing_private_is_in_the_text() {
        facts.callback(
                event(
                        "reservation.wrapup",
                        0,
                        Map.of("WorkerName", "alice", "TaskAttributes", "{\"from\":\"+15550100\"}", "Sid", "EV7")),
                true);

        assertThat(facts.text()).doesNotContain("alice", "+1", "EV7", TASK, "WR");
    }

    private static EventFields wrapUp(String what, int task, long millisAgo) {
        return event(what + ".wrapup", millisAgo, Map.of("TaskSid", TASK + task));
    }

    private static EventFields event(String type, long millisAgo, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(Map.of(
                "EventType",
                type,
                "TaskSid",
                TASK,
                "TimestampMs",
                Long.toString(NOW.minus(Duration.ofMillis(millisAgo)).toEpochMilli())));
        all.putAll(more);
        return fields(all);
    }

    private static EventFields fields(Map<String, String> all) {
        return new EventFields() {
            @Override
            public Optional<String> text(String name) {
                return Optional.ofNullable(all.get(name));
            }

            @Override
            public Optional<String> within(String name, String... path) {
                return Optional.empty();
            }
        };
    }
}
