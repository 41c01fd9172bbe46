package io.hangupby.internal.twilio;

import com.twilio.rest.taskrouter.v1.workspace.Event;
import io.hangupby.call.AccountSid;
import io.hangupby.call.WorkspaceSid;
import io.hangupby.internal.attributes.TaskAttributes;
import io.hangupby.internal.event.EventFields;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A row of the Events resource: the same fields as in a callback, in snake case and with some of them outside. */
final class RecordedEventFields implements EventFields {
    private final AccountSid account;
    private final WorkspaceSid workspace;
    private final Event row;

    RecordedEventFields(AccountSid account, WorkspaceSid workspace, Event row) {
        this.account = account;
        this.workspace = workspace;
        this.row = row;
    }

    @Override
    public Optional<String> text(String name) {
        return switch (name) {
            case "EventType" -> Optional.ofNullable(row.getEventType());
            case "AccountSid" -> Optional.of(account.value());
            case "WorkspaceSid" -> Optional.of(workspace.value());
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
