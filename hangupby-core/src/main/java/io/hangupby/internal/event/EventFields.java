package io.hangupby.internal.event;

import java.util.Optional;

/** The fields of one TaskRouter event, by the names that its form callbacks give them, whatever the transport. */
public interface EventFields {

    /** Returns a field's text, if the event has it. */
    Optional<String> text(String name);

    /** Says whether a field's text is this one. */
    default boolean is(String name, String text) {
        return text(name).filter(text::equals).isPresent();
    }

    /** Returns the text at a path inside a field that is itself a JSON document, if there is one. */
    Optional<String> within(String name, String... path);
}
