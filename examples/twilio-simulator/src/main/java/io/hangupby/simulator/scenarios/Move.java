package io.hangupby.simulator.scenarios;

import io.hangupby.simulator.SimulatedCall;
import java.util.Optional;

/**
 * One move of a {@link CallScript}. Immutable.
 *
 * @param text the move as Java
 * @param completing the agent who completes the after-call work by it
 * @param act what happens
 */
public record Move(String text, Optional<ScriptedAgent> completing, Act act) {

    /** What happens in a move. */
    @FunctionalInterface
    public interface Act {
        /** Lets it happen to a call. */
        void on(SimulatedCall call, ScriptStage stage);
    }
}
