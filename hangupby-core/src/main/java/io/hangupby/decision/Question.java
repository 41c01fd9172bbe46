package io.hangupby.decision;

import io.hangupby.call.CallSid;
import io.hangupby.call.ConferenceSid;

/**
 * A question to Twilio's API. Each question costs a request, so a rule needs it only while the verdict depends on the
 * reply.
 */
public sealed interface Question {

    /** Requests this leg's Call: its status, and the device that it goes to. */
    record CallOf(CallSid call) implements Question {}

    /**
     * Requests this leg's Call again, a second after it was read as open, because Twilio's API can lag behind a leg
     * that left.
     */
    record CallStillOpen(CallSid call) implements Question {}

    /** Requests the child calls of this leg's Call. */
    record ChildrenOf(CallSid call) implements Question {}

    /** Requests the participants of this conference, which is in progress. */
    record ParticipantsIn(ConferenceSid conference) implements Question {}
}
