package io.hangupby.internal.attributes;

import java.util.List;

/**
 * One edit: a text, a path, and what to write there.
 *
 * @param value the string, not yet escaped, or the number's digits
 * @param isNumber whether the value is a number
 */
record ValueEdit(String text, List<String> path, String value, boolean isNumber) {

    private String token() {
        return isNumber ? value : JsonText.string(value);
    }

    /** Returns whether a string in the text is the value. */
    boolean isString(String decoded) {
        return !isNumber && decoded.equals(value);
    }

    /** Returns whether these characters are the value, written as a number. */
    boolean isNumber(int start, int end) {
        return isNumber && text.substring(start, end).equals(value);
    }

    /** Replaces the characters from {@code start} to {@code end} with the value. */
    EditResult replaceValue(int start, int end) {
        return splice(start, end, token());
    }

    /** Replaces these characters with an object that contains the value under the keys from {@code depth} on. */
    EditResult replaceWithObject(int start, int end, int depth) {
        return splice(start, end, JsonText.object(path.subList(depth, path.size()), token()));
    }

    /** Adds a member that contains the value under the keys from {@code depth} on. */
    EditResult insertMember(int at, boolean afterAnother, int depth) {
        String member = JsonText.member(path.subList(depth, path.size()), token());
        return splice(at, at, afterAnother ? "," + member : member);
    }

    EditResult keep() {
        return new EditResult.Unchanged();
    }

    /** Returns why the edit is invalid: the value at the first {@code depth} keys cannot have members. */
    EditResult invalidParent(int depth, String kind) {
        String parent = name(path.subList(0, depth));
        return new EditResult.Invalid(
                "%s in the task's attributes is %s, so %s cannot be written into it. Make %s an object, or remove it, where the attributes are set."
                        .formatted(parent, kind, name(path), parent));
    }

    private EditResult splice(int start, int end, String replacement) {
        int length = text.length() - (end - start) + replacement.length();
        if (length > TaskAttributes.MAX_LENGTH) {
            return tooLong(length);
        }
        return new EditResult.Edited(TaskAttributes.of(text.substring(0, start) + replacement + text.substring(end)));
    }

    private EditResult tooLong(int length) {
        return new EditResult.Invalid(
                "With %s the task's attributes would be %d characters long, and Twilio takes %d at most. Make other attributes shorter by %d or more."
                        .formatted(name(path), length, TaskAttributes.MAX_LENGTH, length - TaskAttributes.MAX_LENGTH));
    }

    private static String name(List<String> keys) {
        return "`" + String.join(".", keys) + "`";
    }
}
