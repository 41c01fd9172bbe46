package io.hangupby.example.endurance;

/**
 * An attack or a fault that must not harm an application with hangupby: a stranger, a half-dead peer, a locked table.
 */
interface Attack {

    /** Starts the attack, and returns while the attack continues. */
    void begin(Victim victim) throws Exception;

    /** Returns whether the attack is complete. Its connections stay open until the end. */
    default boolean isPlayed() {
        return true;
    }

    /** Ends the attack. */
    void end() throws Exception;

    /** Returns what only the attacker can see, once others' requests have been measured after the end. */
    Observation observe() throws Exception;

    /**
     * The attacker's observations.
     *
     * @param words the text for the table
     * @param isRight whether the check passes
     */
    record Observation(String words, boolean isRight) {}
}
