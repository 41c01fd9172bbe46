package io.hangupby.internal.check;

import io.hangupby.twilio.TwilioFailure;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The result of one read at Twilio. Immutable.
 *
 * @param <T> what was read
 */
sealed interface Reading<T> {

    /** Reads, and keeps the result or the failure. */
    static <T> Reading<T> of(Supplier<T> read) {
        try {
            return new Found<>(read.get());
        } catch (TwilioFailure failure) {
            return failure.kind() == TwilioFailure.Kind.UNAUTHORIZED
                    ? new Denied<>(failure.problem())
                    : new Failed<>(failure.problem());
        }
    }

    /** Returns what was read, if the read succeeded. */
    default Optional<T> value() {
        return Optional.empty();
    }

    /** Returns whether Twilio rejected the credentials or their permissions. */
    default boolean isDenied() {
        return false;
    }

    /** Returns why there is no value, for people. */
    String problem();

    /** Twilio gave the resource, or said that there is none. */
    record Found<T>(T found) implements Reading<T> {
        @Override
        public Optional<T> value() {
            return Optional.of(found);
        }

        @Override
        public String problem() {
            return "none";
        }
    }

    /** Twilio rejected the credentials, or they lack the permission. */
    record Denied<T>(String problem) implements Reading<T> {
        @Override
        public boolean isDenied() {
            return true;
        }
    }

    /** No result, for another reason. */
    record Failed<T>(String problem) implements Reading<T> {}
}
