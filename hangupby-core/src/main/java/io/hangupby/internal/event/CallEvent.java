package io.hangupby.internal.event;

import io.hangupby.call.TaskRef;
import java.time.Instant;

/** One thing that Twilio told of a call: of its task, or of the conference in which its legs meet. Immutable. */
public sealed interface CallEvent permits TaskRouterEvent, ConferenceEvent {

    /** The task it happened to. */
    TaskRef task();

    /** When it happened, by Twilio's clock. */
    Instant at();
}
