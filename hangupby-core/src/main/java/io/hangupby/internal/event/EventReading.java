package io.hangupby.internal.event;

/** The result of reading an event. */
public sealed interface EventReading {

    /**
     * The event can influence a verdict.
     *
     * @param event the typed event
     */
    record Relevant(CallEvent event) implements EventReading {}

    /** The event's type or channel has no influence on a verdict. */
    record Irrelevant() implements EventReading {}

    /**
     * The event's type is relevant, but a mandatory field is missing or malformed.
     *
     * @param reason the field that is missing or malformed, without the content
     */
    record Malformed(String reason) implements EventReading {}
}
