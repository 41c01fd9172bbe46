package io.hangupby.internal.journal;

import java.time.Duration;
import java.util.function.Function;

/** How to go on with a task after a turn of work on it. */
public sealed interface WorkResult {

    /** Calls the function for the kind of step that this is. */
    <T> T match(Function<Complete, T> done, Function<RetryIn, T> later, Function<Park, T> parked);

    /** There is nothing left to do. */
    record Complete() implements WorkResult {
        @Override
        public <T> T match(Function<Complete, T> done, Function<RetryIn, T> later, Function<Park, T> parked) {
            return done.apply(this);
        }
    }

    /**
     * There is more to do.
     *
     * @param in how long to wait
     */
    record RetryIn(Duration in) implements WorkResult {
        @Override
        public <T> T match(Function<Complete, T> done, Function<RetryIn, T> later, Function<Park, T> parked) {
            return later.apply(this);
        }
    }

    /**
     * It cannot be done.
     *
     * @param reason why not, and what would help
     */
    record Park(String reason) implements WorkResult {
        @Override
        public <T> T match(Function<Complete, T> done, Function<RetryIn, T> later, Function<Park, T> parked) {
            return parked.apply(this);
        }
    }
}
