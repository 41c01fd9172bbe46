package io.hangupby.twilio;

import com.twilio.rest.taskrouter.v1.workspace.Event;
import io.hangupby.attributes.TaskAttributes;
import io.hangupby.call.TaskRef;
import io.hangupby.event.EventFields;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A row of the Events resource: the same fields as in a callback, in snake case and with some of them outside. */
final class RecordedEventFields implements EventFields {
    private final TaskRef task;
    private final Event row;

    RecordedEventFields(TaskRef task, Event row) {
        this.task = task;
        this.row = row;
    }

    @Override
    public Optional<String> text(String name) {
        return switch (name) {
            case "EventType" -> Optional.ofNullable(row.getEventType());
            case "AccountSid" -> Optional.of(task.account().value());
            case "WorkspaceSid" -> Optional.of(task.workspace().value());
            case "TaskSid" -> Optional.of(task.task().value());
            case "TimestampMs" -> Optional.ofNullable(row.getEventDateMs()).map(String::valueOf);
            default -> data(name);
        };
    }

    @Override
    public Optional<String> within(String name, String... path) {
        return text(name).flatMap(json -> TaskAttributes.of(json).string(path));
    }

    private Optional<String> data(String name) {
        return row.getEventData() instanceof Map<?, ?> data
                ? Optional.ofNullable(data.get(snakeCase(name))).map(String::valueOf)
                : Optional.empty();
    }

    private static String snakeCase(String name) {
        return name.replaceAll("(?<!^)([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
