package io.hangupby.simulator.events;

import java.time.Instant;
import java.util.SortedMap;

/** An event that Twilio reports to a backend, by a callback or by Event Streams. Immutable. */
public sealed interface CallbackEvent permits WorkspaceEvent, ConferenceStatusEvent, VoiceReportEvent {

    /** Returns the event's own SID, the same in each repetition. */
    String sid();

    /** Returns when it happened. */
    Instant at();

    /** Returns the parameters of its callback, sorted by name. */
    SortedMap<String, String> params();

    /** Returns the type, such as {@code reservation.wrapup} or {@code participant-leave}. */
    String type();

    /** Returns the SID of the task it is about, or an empty string. */
    String taskSid();
}
