package io.hangupby.internal.journal;

import java.time.Duration;
import java.util.function.Function;

/** What to do with a task after a turn of work. */
public sealed interface WorkResult {

    /** Calls the function for this kind of result. */
    <T> T match(Function<Complete, T> done, Function<RetryIn, T> later, Function<Park, T> parked);

    /** There is no more work. */
    record Complete() implements WorkResult {
        @Override
        public <T> T match(Function<Complete, T> done, Function<RetryIn, T> later, Function<Park, T> parked) {
            return done.apply(this);
        }
    }

    /**
     * There is more work later.
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
     * The work is not possible.
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
