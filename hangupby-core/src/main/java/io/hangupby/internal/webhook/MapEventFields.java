package io.hangupby.internal.webhook;

import io.hangupby.internal.event.EventFields;
import java.util.Map;
import java.util.Optional;

/** The fields of a form callback that the caller has decoded. */
record MapEventFields(Map<String, String> parameters) implements EventFields {

    @Override
    public Optional<String> text(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    @Override
    public Optional<String> within(String name, String... path) {
        return text(name).flatMap(json -> InnerDocument.of(name, json).text(path));
    }

    /** Omits the event's content. */
    @Override
    public String toString() {
        return "MapEventFields";
    }
}
