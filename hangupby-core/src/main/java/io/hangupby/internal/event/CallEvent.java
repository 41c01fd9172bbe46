package io.hangupby.internal.event;

import io.hangupby.call.TaskRef;
import java.time.Instant;

/** An event of a task, of the task's conference, or about one of its legs. Immutable. */
public sealed interface CallEvent permits TaskRouterEvent, ConferenceEvent, VoiceReport {

    /** Returns the task of the event. */
    TaskRef task();

    /** Returns when the event happened, by Twilio's clock. */
    Instant at();
}
