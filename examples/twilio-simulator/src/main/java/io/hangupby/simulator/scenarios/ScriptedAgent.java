package io.hangupby.simulator.scenarios;

import java.util.Locale;

/** The agents of a {@link CallScript}. */
public enum ScriptedAgent {
    /** An agent in a browser, usually the first to have the call. */
    ANN,
    /** A second agent in a browser. */
    BOB,
    /** An agent on a desk phone. */
    DAN,
    /** A third agent in a browser. */
    EVE,
    /** A supervisor in a browser. */
    SUE;

    /** Returns the worker's name, such as {@code Ann}. */
    public String workerName() {
        return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }
}
