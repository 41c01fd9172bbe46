package io.hangupby.internal.attributes;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads single values from the JSON text of a Task's attributes, and writes one into it without changing any other
 * character: numbers, escapes, nulls, key order, white space and duplicate keys stay as they are.
 *
 * <p>A value is named by its path, the decoded object keys that lead to it. Where a key stands in an object more than
 * once the last one is meant, as parsers have it.
 *
 * <p>Any text is accepted. One that is not a JSON object has no values to read and refuses to be edited. The same goes
 * for one that nests more than {@link #MAX_DEPTH} deep, and for a key with half a surrogate pair in it, which few parsers take.
 *
 * <p>Immutable and safe to share between threads. {@link #toString()} shows nothing of the content.
 *
 * @since 0.1.0
 */
public final class TaskAttributes {

    /** The most characters Twilio takes as a Task's attributes, white space included. */
    public static final int MAX_LENGTH = 4096;

    /** The most objects and arrays that may stand one in another, for the text to be read and edited. */
    public static final int MAX_DEPTH = 1000;

    private final String text;

    private TaskAttributes(String text) {
        this.text = text;
    }

    /**
     * Returns the attributes that this text holds. The text is kept as it is and not looked at until a value is asked
     * for, so no text makes this throw.
     *
     * @param text the attributes as Twilio sent them
     * @return the attributes
     */
    public static TaskAttributes of(String text) {
        return new TaskAttributes(Objects.requireNonNull(text, "text"));
    }

    /**
     * Returns the text itself, character by character as it was given or edited.
     *
     * @return the attributes as Twilio takes them
     */
    public String text() {
        return text;
    }

    /**
     * Returns the string at this path, decoded.
     *
     * @param path the keys that lead to the value, the outermost first; at least one
     * @return the string; empty if nothing or something other than a string stands there, or if the text is not a JSON
     *     object
     * @throws IllegalArgumentException if the path has no key
     */
    public Optional<String> string(String... path) {
        return PathSearch.find(text, keys(path)).string();
    }

    /**
     * Returns the boolean at this path.
     *
     * @param path the keys that lead to the value, the outermost first; at least one
     * @return the boolean; empty if nothing or something other than {@code true} or {@code false} stands there, or if
     *     the text is not a JSON object
     * @throws IllegalArgumentException if the path has no key
     */
    public Optional<Boolean> bool(String... path) {
        return PathSearch.find(text, keys(path)).bool();
    }

    /**
     * Returns what keeps the text from being read and edited at all, if anything does.
     *
     * @return why it is no JSON object, in words fit for a log: they show nothing that the text holds
     */
    public Optional<String> problem() {
        return PathSearch.find(text, List.of("")) instanceof JsonTarget.NoObject none
                ? Optional.of(none.reason())
                : Optional.empty();
    }

    /**
     * Returns whether the text nests more than {@link #MAX_DEPTH} deep, so that it is neither read nor edited.
     *
     * @return whether it is too deep; false for what is no JSON for another reason
     */
    public boolean nestsTooDeep() {
        return PathSearch.find(text, List.of("")).equals(InvalidJson.tooDeep());
    }

    /**
     * Writes this string at this path, in place of whatever stands there.
     *
     * <p>What is missing is added: the last key as a new member behind the existing ones, and the objects that lead to
     * it, where a {@code null} counts as missing. The edit is refused if one of those is something else than an object,
     * if the text is not a JSON object, or if it would grow beyond {@link #MAX_LENGTH}.
     *
     * @param value the string, not yet escaped
     * @param path the keys that lead to the value, the outermost first; at least one
     * @return the attributes with the value in place, or why there are none
     * @throws IllegalArgumentException if the path has no key
     */
    public EditResult set(String value, String... path) {
        List<String> keys = keys(path);
        return PathSearch.find(text, keys).write(new StringEdit(text, keys, value));
    }

    /**
     * Takes the value at this path out, with its key and one comma; where a key stands more than once, the last one.
     *
     * @param path the keys that lead to the value, the outermost first; at least one
     * @return the attributes without the value, or why they cannot be edited
     * @throws IllegalArgumentException if the path has no key
     */
    public EditResult remove(String... path) {
        return PathSearch.find(text, keys(path)).remove(text);
    }

    private static List<String> keys(String... path) {
        if (path.length == 0) {
            throw new IllegalArgumentException("A path into a Task's attributes needs at least one key");
        }
        return List.of(path);
    }

    /** Attributes are equal if their texts are, character by character. */
    @Override
    public boolean equals(Object other) {
        return other instanceof TaskAttributes attributes && text.equals(attributes.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** Tells the length only: attributes hold callers' data, which has no place in a log. */
    @Override
    public String toString() {
        return "TaskAttributes[" + text.length() + " characters]";
    }
}
