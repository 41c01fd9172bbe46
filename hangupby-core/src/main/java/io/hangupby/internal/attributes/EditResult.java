package io.hangupby.internal.attributes;

import java.util.function.Function;

/**
 * The result of an edit of a task's attributes.
 *
 * <p>Immutable and thread-safe.
 */
public sealed interface EditResult {

    /**
     * Calls the function for this kind of result and returns its value.
     *
     * @param <R> what the functions return
     * @param edited called if the attributes changed
     * @param unchanged called if the attributes already had the value
     * @param invalid called if the attributes cannot be edited
     * @return the value of that function
     */
    <R> R match(
            Function<? super Edited, ? extends R> edited,
            Function<? super Unchanged, ? extends R> unchanged,
            Function<? super Invalid, ? extends R> invalid);

    /**
     * The value was written. The edited attributes can be sent.
     *
     * @param attributes the attributes with the value in place
     */
    record Edited(TaskAttributes attributes) implements EditResult {

        @Override
        public <R> R match(
                Function<? super Edited, ? extends R> edited,
                Function<? super Unchanged, ? extends R> unchanged,
                Function<? super Invalid, ? extends R> invalid) {
            return edited.apply(this);
        }
    }

    /**
     * The attributes already had the value. There is nothing to send.
     */
    record Unchanged() implements EditResult {

        @Override
        public <R> R match(
                Function<? super Edited, ? extends R> edited,
                Function<? super Unchanged, ? extends R> unchanged,
                Function<? super Invalid, ? extends R> invalid) {
            return unchanged.apply(this);
        }
    }

    /**
     * The attributes cannot be edited without damage to existing data. They must not be sent.
     *
     * @param reason the problem and the remedy, fit for a log: the text shows no content of the attributes
     */
    record Invalid(String reason) implements EditResult {

        @Override
        public <R> R match(
                Function<? super Edited, ? extends R> edited,
                Function<? super Unchanged, ? extends R> unchanged,
                Function<? super Invalid, ? extends R> invalid) {
            return invalid.apply(this);
        }
    }
}
