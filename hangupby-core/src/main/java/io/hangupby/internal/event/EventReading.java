package io.hangupby.internal.event;

/** What came of reading an event. */
public sealed interface EventReading {

    /**
     * It can matter, and is understood.
     *
     * @param event what it says
     */
    record Relevant(CallEvent event) implements EventReading {}

    /** Its type or channel cannot matter to who ended a call. */
    record Irrelevant() implements EventReading {}

    /**
     * Its type matters, but it lacks what every such event has.
     *
     * @param reason what is missing or wrong, without its content
     */
    record Malformed(String reason) implements EventReading {}
}
