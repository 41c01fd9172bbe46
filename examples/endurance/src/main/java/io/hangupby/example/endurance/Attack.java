package io.hangupby.example.endurance;

/** Something that must not harm an application that has hangupby in it: a stranger, a half-dead peer, a locked table. */
interface Attack {

    /** Begins, and returns while it goes on. */
    void begin(Victim victim) throws Exception;

    /** Returns whether all of it has been played. What it holds open stays open until the end. */
    default boolean isPlayed() {
        return true;
    }

    /** Ends it. */
    void end() throws Exception;

    /** Returns what only the attacker can see, once others' requests have been measured after the end. */
    Observation observe() throws Exception;

    /**
     * What the attacker saw.
     *
     * @param words for the table
     * @param isRight whether it is as it must be
     */
    record Observation(String words, boolean isRight) {}
}
