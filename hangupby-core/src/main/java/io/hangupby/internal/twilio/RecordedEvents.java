package io.hangupby.internal.twilio;

import io.hangupby.internal.event.TaskRouterEvent;
import io.hangupby.internal.event.TaskRouterEvent.TaskUpdated;
import io.hangupby.internal.event.TaskVersion;
import java.util.List;

/**
 * What TaskRouter recorded of a task. Immutable.
 *
 * @param events the events that can matter, in any order
 * @param updates the versions that updates of the task made, in any order
 */
public record RecordedEvents(List<TaskRouterEvent> events, List<TaskVersion> updates) {

    /** Copies the lists. */
    public RecordedEvents {
        events = List.copyOf(events);
        updates = List.copyOf(updates);
    }

    static RecordedEvents of(List<TaskRouterEvent> recorded) {
        return new RecordedEvents(
                recorded.stream()
                        .filter(event -> !(event instanceof TaskUpdated))
                        .toList(),
                recorded.stream()
                        .filter(TaskUpdated.class::isInstance)
                        .map(update -> ((TaskUpdated) update).version())
                        .toList());
    }
}
