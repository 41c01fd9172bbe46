package io.hangupby.internal.event;

import io.hangupby.call.AccountSid;
import io.hangupby.call.TaskRef;
import java.util.List;
import java.util.function.Function;

/** The result of reading an event. */
public sealed interface EventReading {

    /**
     * The event can influence a verdict.
     *
     * @param event the typed event
     */
    record Relevant(CallEvent event) implements EventReading {}

    /**
     * The event is about a leg and names no task. The journal says which tasks the leg belongs to, if any.
     *
     * @param account the account of the event
     * @param sids the SIDs of the leg and its conference, the leg's first
     * @param event creates the event of a task
     */
    record OfLeg(AccountSid account, List<String> sids, Function<TaskRef, VoiceReport> event) implements EventReading {
        /** Copies the list. */
        public OfLeg {
            sids = List.copyOf(sids);
        }
    }

    /** The event's type or channel has no influence on a verdict. */
    record Irrelevant() implements EventReading {}

    /**
     * The event's type is relevant, but a mandatory field is missing or malformed.
     *
     * @param reason the field that is missing or malformed, without the content
     */
    record Malformed(String reason) implements EventReading {}
}
