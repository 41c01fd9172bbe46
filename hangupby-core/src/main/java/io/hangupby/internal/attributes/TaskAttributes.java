package io.hangupby.internal.attributes;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads single values from the JSON text of a task's attributes, and writes a value without changing any other
 * character. Numbers, escapes, nulls, key order, white space and duplicate keys stay as they are.
 *
 * <p>A path names a value by the decoded object keys that lead to it. If an object has a key several times, the last
 * occurrence counts, as in common parsers.
 *
 * <p>Any text is accepted. A text that is not a JSON object has no values and cannot be edited. The same holds for a
 * text that nests deeper than {@link #MAX_DEPTH}, or has a key with half a surrogate pair.
 *
 * <p>Immutable and thread-safe. {@link #toString()} does not show the content.
 */
public final class TaskAttributes {

    /** The maximum length of a task's attributes at Twilio, in characters, white space included. */
    public static final int MAX_LENGTH = 4096;

    /** The maximum nesting of objects and arrays in a text that can be read and edited. */
    public static final int MAX_DEPTH = 1000;

    private final String text;

    /** Read when the first value is asked for. Two threads may both read it, and get the same. */
    private @Nullable JsonOutline outline;

    private TaskAttributes(String text) {
        this.text = text;
    }

    /**
     * Returns the attributes of this text. The text is parsed only when a value is read, so this method accepts any
     * text.
     *
     * @param text the attributes as Twilio sent them
     * @return the attributes
     */
    public static TaskAttributes of(String text) {
        return new TaskAttributes(Objects.requireNonNull(text, "text"));
    }

    /**
     * Returns the text, exactly as it was given or edited.
     *
     * @return the text to send to Twilio
     */
    public String text() {
        return text;
    }

    /**
     * Returns the string at this path, decoded.
     *
     * @param path the keys that lead to the value, the outermost first; at least one
     * @return the string; empty if there is no string at the path, or if the text is not a JSON object
     * @throws IllegalArgumentException if the path has no key
     */
    public Optional<String> string(String... path) {
        return outline().find(keys(path)).string();
    }

    /**
     * Returns the boolean at this path.
     *
     * @param path the keys that lead to the value, the outermost first; at least one
     * @return the boolean; empty if there is no boolean at the path, or if the text is not a JSON object
     * @throws IllegalArgumentException if the path has no key
     */
    public Optional<Boolean> bool(String... path) {
        return outline().find(keys(path)).bool();
    }

    /**
     * Returns whether the number at this path is written with these digits.
     *
     * @param number the number
     * @param path the keys that lead to the value, the outermost first; at least one
     * @return whether it is; false for the same number in another notation
     * @throws IllegalArgumentException if the path has no key
     */
    public boolean hasNumber(long number, String... path) {
        return outline().find(keys(path)).token(text).stream().anyMatch(Long.toString(number)::equals);
    }

    /**
     * Returns why the text cannot be read and edited, if it cannot.
     *
     * @return the problem, fit for a log: it does not show the content
     */
    public Optional<String> problem() {
        return outline().problem().map(JsonTarget.NoObject::reason);
    }

    /**
     * Returns whether the text nests deeper than {@link #MAX_DEPTH}, so it cannot be read or edited.
     *
     * @return whether the text nests too deep; false for a text that is not a JSON object for another reason
     */
    public boolean nestsTooDeep() {
        return outline().problem().equals(Optional.of(InvalidJson.tooDeep()));
    }

    /**
     * Writes this string at this path and replaces an existing value.
     *
     * <p>Adds missing objects, and the last key as a new member after the existing members; {@code null} counts as
     * missing. The edit is invalid if a parent is not an object, if the text is not a JSON object, or if the result is
     * longer than {@link #MAX_LENGTH}.
     *
     * @param value the string, not yet escaped
     * @param path the keys that lead to the value, the outermost first; at least one
     * @return the attributes with the value, or why they cannot be edited
     * @throws IllegalArgumentException if the path has no key
     */
    public EditResult set(String value, String... path) {
        List<String> keys = keys(path);
        return outline().find(keys).write(new ValueEdit(text, keys, value, false));
    }

    /**
     * Writes this number at this path, like {@link #set(String, String...)} a string.
     *
     * @param number the number
     * @param path the keys that lead to the value, the outermost first; at least one
     * @return the attributes with the number, or why they cannot be edited
     * @throws IllegalArgumentException if the path has no key
     */
    public EditResult set(long number, String... path) {
        List<String> keys = keys(path);
        return outline().find(keys).write(new ValueEdit(text, keys, Long.toString(number), true));
    }

    /**
     * Removes the value at this path, with its key and one comma. If an object has a key several times, the last
     * occurrence is removed.
     *
     * @param path the keys that lead to the value, the outermost first; at least one
     * @return the attributes without the value, or why they cannot be edited
     * @throws IllegalArgumentException if the path has no key
     */
    public EditResult remove(String... path) {
        return outline().find(keys(path)).remove(text);
    }

    private JsonOutline outline() {
        JsonOutline known = outline;
        if (known == null) {
            known = JsonOutline.of(text);
            outline = known;
        }
        return known;
    }

    private static List<String> keys(String... path) {
        if (path.length == 0) {
            throw new IllegalArgumentException("A path into a Task's attributes needs at least one key");
        }
        return List.of(path);
    }

    /** Attributes are equal if their texts are equal. */
    @Override
    public boolean equals(Object other) {
        return other instanceof TaskAttributes attributes && text.equals(attributes.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** Returns the length only, because attributes contain callers' data, which must not reach a log. */
    @Override
    public String toString() {
        return "TaskAttributes[" + text.length() + " characters]";
    }
}
