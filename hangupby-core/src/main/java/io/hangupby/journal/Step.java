package io.hangupby.journal;

import java.time.Duration;
import java.util.function.Function;

/** How to go on with a task after a turn of work on it. */
public sealed interface Step {

    /** Calls the function for the kind of step that this is. */
    <T> T match(Function<Done, T> done, Function<Later, T> later, Function<Parked, T> parked);

    /** There is nothing left to do. */
    record Done() implements Step {
        @Override
        public <T> T match(Function<Done, T> done, Function<Later, T> later, Function<Parked, T> parked) {
            return done.apply(this);
        }
    }

    /**
     * There is more to do.
     *
     * @param in how long to wait
     */
    record Later(Duration in) implements Step {
        @Override
        public <T> T match(Function<Done, T> done, Function<Later, T> later, Function<Parked, T> parked) {
            return later.apply(this);
        }
    }

    /**
     * It cannot be done.
     *
     * @param reason why not, and what would help
     */
    record Parked(String reason) implements Step {
        @Override
        public <T> T match(Function<Done, T> done, Function<Later, T> later, Function<Parked, T> parked) {
            return parked.apply(this);
        }
    }
}
