package io.hangupby.decision;

import io.hangupby.call.CallSid;
import io.hangupby.call.ConferenceSid;
import java.util.function.Function;

/**
 * A question to Twilio's API. Each question costs a request, so a rule needs it only while the verdict depends on the
 * reply. Immutable; two questions for the same request are equal.
 */
public sealed interface Question
        permits Questions.CallOf, Questions.CallStillOpen, Questions.ChildrenOf, Questions.ParticipantsIn {

    /** Returns the question for this leg's Call: its status, and the device that it goes to. */
    static Question callOf(CallSid leg) {
        return new Questions.CallOf(leg);
    }

    /**
     * Returns the question for this leg's Call again, a second after it was read as open, because Twilio's API can lag
     * behind a leg that left.
     */
    static Question callStillOpen(CallSid leg) {
        return new Questions.CallStillOpen(leg);
    }

    /** Returns the question for the child calls of this leg's Call. */
    static Question childrenOf(CallSid leg) {
        return new Questions.ChildrenOf(leg);
    }

    /** Returns the question for the participants of this conference, which is in progress. */
    static Question participantsIn(ConferenceSid conference) {
        return new Questions.ParticipantsIn(conference);
    }

    /** Returns whether the request must wait for a second, because it repeats an earlier request. */
    default boolean hasToWait() {
        return false;
    }

    /** Returns the result of the function for this kind of question, in the order of the methods that create questions. */
    <T> T match(
            Function<CallSid, T> callOf,
            Function<CallSid, T> callStillOpen,
            Function<CallSid, T> childrenOf,
            Function<ConferenceSid, T> participantsIn);
}
