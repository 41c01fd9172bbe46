package io.hangupby.decision;

import io.hangupby.call.CallSid;
import io.hangupby.call.ConferenceSid;

/** A question to Twilio's API. It costs a request, so a rule needs it only while the verdict depends on the reply. */
public sealed interface Question {

    /** What became of this leg's Call, and where does it go to? */
    record CallOf(CallSid call) implements Question {}

    /** This leg's Call read as open: is it still open a second later? Twilio's API can lag behind a leg that left. */
    record CallStillOpen(CallSid call) implements Question {}

    /** Which calls did this leg's Call make? */
    record ChildrenOf(CallSid call) implements Question {}

    /** Who is in this conference, which goes on? */
    record ParticipantsIn(ConferenceSid conference) implements Question {}
}
