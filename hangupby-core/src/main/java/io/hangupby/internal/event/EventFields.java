package io.hangupby.internal.event;

import java.util.Optional;

/** The fields of one event under the names of form callbacks, for any transport. */
public interface EventFields {

    /** Returns a field's text, if the event has the field. */
    Optional<String> text(String name);

    /** Returns whether a field has this text. */
    default boolean is(String name, String text) {
        return text(name).filter(text::equals).isPresent();
    }

    /** Returns the text at a path inside a field that is a JSON document, if the path has a text. */
    Optional<String> within(String name, String... path);
}
