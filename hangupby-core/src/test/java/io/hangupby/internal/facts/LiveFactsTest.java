package io.hangupby.internal.facts;

import static io.hangupby.internal.event.Events.A;
import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.ConferenceSid;
import io.hangupby.internal.event.CallEvent;
import io.hangupby.internal.event.ConferenceEvent;
import io.hangupby.internal.event.EventFields;
import io.hangupby.internal.event.EventType;
import io.hangupby.internal.event.Events;
import io.hangupby.testing.HandClock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each event happened at a number of milliseconds after the call came in, and arrives 20 seconds after the call. */
class LiveFactsTest {
    private static final long NOW = 20_000;

    private final LiveFacts facts = new LiveFacts(new HandClock(Events.START.plusMillis(NOW)));

    @Test
    void callbacks_are_counted_with_the_fields_that_may_be_missing() {
        facts.callback(created(NOW - 100), fields(Map.of("Sid", "EV1", "TaskVersion", "3")), true);
        facts.callback(created(NOW - 700), fields(Map.of()), false);

        assertThat(facts.text())
                .contains(
                        "callbacks of calls: 2; with Sid 1, with TaskVersion 1, with an idempotency token 1",
                        "callbacks arrived after: 1 within 0.25 s, 1 within 1 s");
    }

    @Test
    void event_streams_is_counted_by_itself() {
        facts.streamed(created(0), fields(Map.of()));
        facts.streamed(conferenceStarted(NOW - 5_000), fields(Map.of()));
        facts.callback(conferenceStarted(NOW), fields(Map.of()), false);

        assertThat(facts.text())
                .contains(
                        "callbacks of calls: 0;",
                        "callbacks arrived after: 1 within 0.25 s",
                        "events of calls by Event Streams: 1; arrived after: 1 within 5 s, 1 within 30 s",
                        "conference status callbacks: 1 to /conference, 1 by Event Streams");
    }

    @Test
    void the_first_wrap_up_of_a_task_is_the_earlier_by_its_own_time() {
        facts.callback(wrapUpOfTask(1, 20), fields(Map.of()), true);
        facts.callback(wrapUpOfReservation(1, 10), fields(Map.of()), true);
        facts.callback(wrapUpOfReservation(2, 30), fields(Map.of()), true);
        facts.callback(wrapUpOfTask(2, 40), fields(Map.of()), true);
        facts.streamed(wrapUpOfTask(3, 40), fields(Map.of()));
        facts.streamed(wrapUpOfReservation(3, 40), fields(Map.of()));
        facts.callback(wrapUpOfReservation(4, 40), fields(Map.of()), true);

        assertThat(facts.text()).contains("first wrap-up: task 0, reservation 2, same time 1");
    }

    @Test
    void transfer_fields_show_their_spelling_and_nothing_else() {
        facts.callback(
                Events.event(EventType.TRANSFER_INITIATED, 0),
                fields(Map.of(
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
                wrapUpOfReservation(0, 0),
                fields(Map.of("WorkerName", "alice", "TaskAttributes", "{\"from\":\"+15550100\"}", "Sid", "EV7")),
                true);

        assertThat(facts.text()).doesNotContain("alice", "+1", "EV7", "WT0", "WR");
    }

    private static CallEvent created(long millis) {
        return Events.event(EventType.TASK_CREATED, millis);
    }

    private static CallEvent wrapUpOfTask(int task, long millis) {
        return Events.event(Events.task(task), EventType.TASK_WRAPUP, millis);
    }

    private static CallEvent wrapUpOfReservation(int task, long millis) {
        return Events.event(Events.task(task), EventType.RESERVATION_WRAPUP, A, millis);
    }

    private static CallEvent conferenceStarted(long millis) {
        return new ConferenceEvent.Started(new ConferenceEvent.Origin(
                Events.TASK,
                new ConferenceSid("CF" + "0".repeat(32)),
                1,
                Events.START.plusMillis(millis),
                Optional.empty()));
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
