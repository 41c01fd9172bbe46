package io.hangupby.internal.attributes;

import java.util.List;

/** The wish to have one string at one path of one text, and the ways to grant or refuse it. */
record StringEdit(String text, List<String> path, String value) {

    /** Puts the value itself in place of the characters from {@code start} to {@code end}. */
    EditResult replaceValue(int start, int end) {
        return splice(start, end, JsonText.string(value));
    }

    /** Puts an object that leads to the value by the keys from {@code depth} on in place of these characters. */
    EditResult replaceWithObject(int start, int end, int depth) {
        return splice(start, end, JsonText.object(path.subList(depth, path.size()), value));
    }

    /** Adds a member that leads to the value by the keys from {@code depth} on. */
    EditResult insertMember(int at, boolean afterAnother, int depth) {
        String member = JsonText.member(path.subList(depth, path.size()), value);
        return splice(at, at, afterAnother ? "," + member : member);
    }

    EditResult keep() {
        return new EditResult.Unchanged();
    }

    /** Refuses because the value at the first {@code depth} keys is of a kind that has no members. */
    EditResult refuseParent(int depth, String kind) {
        String parent = name(path.subList(0, depth));
        return new EditResult.Refused(
                "%s in the task's attributes is %s, so %s cannot be written into it. Make %s an object, or remove it, where the attributes are set."
                        .formatted(parent, kind, name(path), parent));
    }

    private EditResult splice(int start, int end, String replacement) {
        int length = text.length() - (end - start) + replacement.length();
        if (length > TaskAttributes.MAX_LENGTH) {
            return refuseLength(length);
        }
        return new EditResult.Edited(TaskAttributes.of(text.substring(0, start) + replacement + text.substring(end)));
    }

    private EditResult refuseLength(int length) {
        return new EditResult.Refused(
                "With %s the task's attributes would be %d characters long, and Twilio takes %d at most. Make other attributes shorter by %d or more."
                        .formatted(name(path), length, TaskAttributes.MAX_LENGTH, length - TaskAttributes.MAX_LENGTH));
    }

    private static String name(List<String> keys) {
        return "`" + String.join(".", keys) + "`";
    }
}
