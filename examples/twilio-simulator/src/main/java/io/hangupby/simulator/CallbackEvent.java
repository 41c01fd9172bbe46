package io.hangupby.simulator;

import java.time.Instant;
import java.util.SortedMap;

/** Something that Twilio tells a backend of by a callback. Immutable. */
public sealed interface CallbackEvent permits WorkspaceEvent, ConferenceEvent {

    /** A SID of its own, the same in each repetition. */
    String sid();

    /** When it happened. */
    Instant at();

    /** The parameters of its callback, sorted by name. */
    SortedMap<String, String> params();

    /** What happened, such as {@code reservation.wrapup} or {@code participant-leave}. */
    String type();

    /** The task it is about, or an empty text. */
    String taskSid();
}
