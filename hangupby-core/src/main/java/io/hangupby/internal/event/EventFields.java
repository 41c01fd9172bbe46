package io.hangupby.internal.event;

import java.util.Optional;

/** The fields of one event under the names of form callbacks, for any transport. */
public interface EventFields {
    /** More than any number of Twilio's has, and few enough for a long. */
    int MOST_DIGITS = 15;

    /** Returns a field's text, if the event has the field. */
    Optional<String> text(String name);

    /** Returns whether the event has a field. */
    default boolean has(String name) {
        return text(name).isPresent();
    }

    /** Returns whether a field has this text. */
    default boolean is(String name, String text) {
        return text(name).filter(text::equals).isPresent();
    }

    /** Returns a field that is a whole number, unless it has too many digits. */
    default Optional<Long> number(String name) {
        return text(name).filter(EventFields::isNumber).map(Long::valueOf);
    }

    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= MOST_DIGITS;
    }

    /** Returns the text at a path inside a field that is a JSON document, if the path has a text. */
    Optional<String> within(String name, String... path);
}
