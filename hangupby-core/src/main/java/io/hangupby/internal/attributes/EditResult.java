package io.hangupby.internal.attributes;

import java.util.function.Function;

/**
 * Says what became of a value that was to be written into a Task's attributes.
 *
 * <p>Immutable and safe to share between threads, as all its kinds are.
 *
 * @since 0.1.0
 */
public sealed interface EditResult {

    /**
     * Returns what the function for this kind of edit makes of it.
     *
     * @param <R> what the functions return
     * @param edited called if the attributes changed
     * @param unchanged called if the value already stood there
     * @param refused called if the value cannot be written
     * @return what the one function that was called returned
     */
    <R> R match(
            Function<? super Edited, ? extends R> edited,
            Function<? super Unchanged, ? extends R> unchanged,
            Function<? super Refused, ? extends R> refused);

    /**
     * The value was written: these are the attributes to send.
     *
     * @param attributes the attributes with the value in place
     * @since 0.1.0
     */
    record Edited(TaskAttributes attributes) implements EditResult {

        @Override
        public <R> R match(
                Function<? super Edited, ? extends R> edited,
                Function<? super Unchanged, ? extends R> unchanged,
                Function<? super Refused, ? extends R> refused) {
            return edited.apply(this);
        }
    }

    /**
     * The value already stood at its place: there is nothing to send.
     *
     * @since 0.1.0
     */
    record Unchanged() implements EditResult {

        @Override
        public <R> R match(
                Function<? super Edited, ? extends R> edited,
                Function<? super Unchanged, ? extends R> unchanged,
                Function<? super Refused, ? extends R> refused) {
            return unchanged.apply(this);
        }
    }

    /**
     * The value cannot be written without damage to what is there: the attributes are to be left alone.
     *
     * @param reason what is wrong and what helps, in words fit for a log: it shows nothing that the attributes hold
     * @since 0.1.0
     */
    record Refused(String reason) implements EditResult {

        @Override
        public <R> R match(
                Function<? super Edited, ? extends R> edited,
                Function<? super Unchanged, ? extends R> unchanged,
                Function<? super Refused, ? extends R> refused) {
            return refused.apply(this);
        }
    }
}
