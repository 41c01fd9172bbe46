package io.hangupby.internal.webhook;

import static io.hangupby.internal.event.EventType.TASK_CREATED;
import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.TaskRef;
import io.hangupby.internal.event.CallEvent;
import io.hangupby.internal.event.Events;
import io.hangupby.journal.JournalException;
import io.hangupby.micrometer.MicrometerTelemetry;
import io.hangupby.testing.CapturedLog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventRecorderTest {
    private static final int CAPACITY = 10;

    private final Set<TaskRef> known = new HashSet<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private long now;
    private final EventRecorder recorder = new EventRecorder(this::append, MicrometerTelemetry.of(meters), () -> now);

    private void append(CallEvent event) {
        if (!known.contains(event.task()) && known.size() == CAPACITY) {
            throw new JournalException("there is no room");
        }
        known.add(event.task());
    }

    private int kept(int from, int to) {
        int kept = 0;
        for (int task = from; task < to; task++) {
            kept += recorder.record(Events.event(Events.task(task), TASK_CREATED, 0)) ? 1 : 0;
        }
        return kept;
    }

    private double counted(String outcome) {
        return meters.get("hangupby.events")
                .tags("type", "task.created", "outcome", outcome)
                .counter()
                .count();
    }

    @Test
    void many_unrecorded_events_cause_one_line_and_a_count() {
        try (CapturedLog log = new CapturedLog()) {
            assertThat(kept(0, 1000)).isEqualTo(CAPACITY);

            assertThat(recorder.unrecorded()).isEqualTo(990);
            assertThat(counted("kept")).isEqualTo(CAPACITY);
            assertThat(counted("rejected")).isEqualTo(990);
            assertThat(log.text())
                    .isEqualTo("WARN Did not record an event of task " + Events.task(CAPACITY)
                            + ": there is no room; check the store\n");
        }
    }

    @Test
    void events_without_a_line_are_counted_in_a_later_line() {
        try (CapturedLog log = new CapturedLog()) {
            kept(0, 100);
            now = Duration.ofSeconds(10).toNanos();
            kept(100, 200);
            now = Duration.ofSeconds(20).toNanos();
            kept(0, 1);

            assertThat(log.text().lines().skip(1))
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .startsWith("WARN Did not record an event of task " + Events.task(100))
                                    .endsWith("; check the store (and 89 others before it)"),
                            line -> assertThat(line)
                                    .isEqualTo("WARN Did not record 99 more events; events are recorded again"));
        }
    }
}
