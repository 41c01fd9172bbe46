package io.hangupby.decision;

import io.hangupby.call.CallSid;
import io.hangupby.call.ConferenceSid;

/** Something that only Twilio can answer, and that is worth a request only while the verdict hangs on it. */
public sealed interface Question {

    /** What has become of this leg's call, and where did it go to? */
    record CallOf(CallSid call) implements Question {}

    /** This leg's call read as still open: is it, a second later? Twilio can lag behind a leg's leaving. */
    record CallStillOpen(CallSid call) implements Question {}

    /** Where was this leg's call sent to? */
    record ChildrenOf(CallSid call) implements Question {}

    /** Who is in this conference, which still goes on? */
    record LegsIn(ConferenceSid conference) implements Question {}
}
