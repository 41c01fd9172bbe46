package io.hangupby.internal.attributes;

import java.util.Optional;

/** The target of a path in a text: what can be read and written there. */
sealed interface JsonTarget {

    default Optional<String> string() {
        return Optional.empty();
    }

    default Optional<Boolean> bool() {
        return Optional.empty();
    }

    /** Returns the characters of a number, null, object or array. */
    default Optional<String> token(String text) {
        return Optional.empty();
    }

    EditResult write(ValueEdit edit);

    /** Removes the member from the text, if there is a member. */
    default EditResult remove(String text) {
        return new EditResult.Unchanged();
    }

    /** A string between these two offsets, quotes included, in a member that begins at {@code member}. */
    record StringValue(int member, int start, int end, String decoded) implements JsonTarget {

        @Override
        public Optional<String> string() {
            return Optional.of(decoded);
        }

        @Override
        public EditResult write(ValueEdit edit) {
            return edit.isString(decoded) ? edit.keep() : edit.replaceValue(start, end);
        }

        @Override
        public EditResult remove(String text) {
            return JsonText.withoutMember(text, member, end);
        }
    }

    /** The value {@code true} or {@code false}. */
    record BooleanValue(int member, int start, int end, boolean value) implements JsonTarget {

        @Override
        public Optional<Boolean> bool() {
            return Optional.of(value);
        }

        @Override
        public EditResult write(ValueEdit edit) {
            return edit.replaceValue(start, end);
        }

        @Override
        public EditResult remove(String text) {
            return JsonText.withoutMember(text, member, end);
        }
    }

    /** A value that is neither a string nor a boolean: a number, a null, an object or an array. */
    record OtherValue(int member, int start, int end) implements JsonTarget {

        @Override
        public Optional<String> token(String text) {
            return Optional.of(text.substring(start, end));
        }

        @Override
        public EditResult write(ValueEdit edit) {
            return edit.isNumber(start, end) ? edit.keep() : edit.replaceValue(start, end);
        }

        @Override
        public EditResult remove(String text) {
            return JsonText.withoutMember(text, member, end);
        }
    }

    /** The path ends in an object that lacks its key number {@code depth}; a new member belongs at this offset. */
    record MissingMember(int at, boolean afterAnother, int depth) implements JsonTarget {

        @Override
        public EditResult write(ValueEdit edit) {
            return edit.insertMember(at, afterAnother, depth);
        }
    }

    /** The path ends at a null where its key number {@code depth} needs an object. */
    record NullParent(int start, int end, int depth) implements JsonTarget {

        @Override
        public EditResult write(ValueEdit edit) {
            return edit.replaceWithObject(start, end, depth);
        }
    }

    /** The path ends at a value that cannot have members where its key number {@code depth} needs an object. */
    record NoParent(int depth, String kind) implements JsonTarget {

        @Override
        public EditResult write(ValueEdit edit) {
            return edit.invalidParent(depth, kind);
        }
    }

    /** The text is not a JSON object, so a path has no target. */
    record NoObject(String reason) implements JsonTarget {

        @Override
        public EditResult remove(String text) {
            return new EditResult.Invalid(reason);
        }

        @Override
        public EditResult write(ValueEdit edit) {
            return new EditResult.Invalid(reason);
        }
    }
}
