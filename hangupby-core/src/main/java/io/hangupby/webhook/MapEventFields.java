package io.hangupby.webhook;

import io.hangupby.internal.event.EventFields;
import java.util.Map;
import java.util.Optional;

/** The fields of a form callback that somebody else has decoded. */
record MapEventFields(Map<String, String> parameters) implements EventFields {

    @Override
    public Optional<String> text(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    @Override
    public Optional<String> within(String name, String... path) {
        return text(name).flatMap(json -> new InnerDocument(name, json).text(path));
    }

    /** Says nothing of what the event says. */
    @Override
    public String toString() {
        return "MapEventFields";
    }
}
