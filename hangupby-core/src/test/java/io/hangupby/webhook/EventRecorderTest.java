package io.hangupby.webhook;

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
    private final EventRecorder keeper = new EventRecorder(this::append, MicrometerTelemetry.of(meters), () -> now);

    private void append(CallEvent event) {
        if (!known.contains(event.task()) && known.size() == CAPACITY) {
            throw new JournalException("there is no room");
        }
        known.add(event.task());
    }

    private int kept(int from, int to) {
        int kept = 0;
        for (int task = from; task < to; task++) {
            kept += keeper.keep(Events.event(Events.task(task), TASK_CREATED, 0)) ? 1 : 0;
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
    void a_flood_of_refusals_is_one_line_and_a_count() {
        try (CapturedLog log = new CapturedLog()) {
            assertThat(kept(0, 1000)).isEqualTo(CAPACITY);

            assertThat(keeper.refused()).isEqualTo(990);
            assertThat(counted("kept")).isEqualTo(CAPACITY);
            assertThat(counted("rejected")).isEqualTo(990);
            assertThat(log.text())
                    .isEqualTo("WARN task " + Events.task(CAPACITY) + ": its event is not kept: there is no room\n");
        }
    }

    @Test
    void what_was_refused_meanwhile_is_told_later() {
        try (CapturedLog log = new CapturedLog()) {
            kept(0, 100);
            now = Duration.ofSeconds(10).toNanos();
            kept(100, 200);
            now = Duration.ofSeconds(20).toNanos();
            kept(0, 1);

            assertThat(log.text().lines().skip(1))
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .startsWith("WARN task " + Events.task(100))
                                    .endsWith("; nor were 89 others before it"),
                            line -> assertThat(line)
                                    .isEqualTo("WARN 99 more events were not kept; events are kept again"));
        }
    }
}
