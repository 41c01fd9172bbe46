package io.hangupby.internal.attributes;

import java.util.Optional;

/** Where a path leads in a text: what can be read there, and what a write there comes to. */
sealed interface JsonTarget {

    default Optional<String> string() {
        return Optional.empty();
    }

    default Optional<Boolean> bool() {
        return Optional.empty();
    }

    EditResult write(StringEdit assignment);

    /** Takes the member out of the text; where there is none, there is nothing to do. */
    default EditResult remove(String text) {
        return new EditResult.Unchanged();
    }

    /** A string stands there, between these two offsets, quotes included, in a member that begins at {@code member}. */
    record StringValue(int member, int start, int end, String decoded) implements JsonTarget {

        @Override
        public Optional<String> string() {
            return Optional.of(decoded);
        }

        @Override
        public EditResult write(StringEdit assignment) {
            return decoded.equals(assignment.value()) ? assignment.keep() : assignment.replaceValue(start, end);
        }

        @Override
        public EditResult remove(String text) {
            return JsonText.withoutMember(text, member, end);
        }
    }

    /** {@code true} or {@code false} stands there. */
    record BooleanValue(int member, int start, int end, boolean value) implements JsonTarget {

        @Override
        public Optional<Boolean> bool() {
            return Optional.of(value);
        }

        @Override
        public EditResult write(StringEdit assignment) {
            return assignment.replaceValue(start, end);
        }

        @Override
        public EditResult remove(String text) {
            return JsonText.withoutMember(text, member, end);
        }
    }

    /** A value stands there that nobody reads: a number, a null, an object or an array. */
    record OtherValue(int member, int start, int end) implements JsonTarget {

        @Override
        public EditResult write(StringEdit assignment) {
            return assignment.replaceValue(start, end);
        }

        @Override
        public EditResult remove(String text) {
            return JsonText.withoutMember(text, member, end);
        }
    }

    /** The path ends in an object that lacks its key number {@code depth}; a new member belongs at this offset. */
    record MissingMember(int at, boolean afterAnother, int depth) implements JsonTarget {

        @Override
        public EditResult write(StringEdit assignment) {
            return assignment.insertMember(at, afterAnother, depth);
        }
    }

    /** The path ends at a null where its key number {@code depth} needs an object. */
    record NullParent(int start, int end, int depth) implements JsonTarget {

        @Override
        public EditResult write(StringEdit assignment) {
            return assignment.replaceWithObject(start, end, depth);
        }
    }

    /** The path ends at a value that cannot have members where its key number {@code depth} needs an object. */
    record NoParent(int depth, String kind) implements JsonTarget {

        @Override
        public EditResult write(StringEdit assignment) {
            return assignment.refuseParent(depth, kind);
        }
    }

    /** The text as a whole is no JSON object, so no path leads anywhere. */
    record NoObject(String reason) implements JsonTarget {

        @Override
        public EditResult remove(String text) {
            return new EditResult.Refused(reason);
        }

        @Override
        public EditResult write(StringEdit assignment) {
            return new EditResult.Refused(reason);
        }
    }
}
