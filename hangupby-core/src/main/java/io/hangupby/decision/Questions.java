package io.hangupby.decision;

import io.hangupby.call.CallSid;
import io.hangupby.call.ConferenceSid;
import java.util.function.Function;

/** The kinds of {@link Question}. */
final class Questions {
    private Questions() {}

    record CallOf(CallSid call) implements Question {
        @Override
        public <T> T match(
                Function<CallSid, T> callOf,
                Function<CallSid, T> callStillOpen,
                Function<CallSid, T> childrenOf,
                Function<ConferenceSid, T> participantsIn) {
            return callOf.apply(call);
        }
    }

    record CallStillOpen(CallSid call) implements Question {
        @Override
        public boolean hasToWait() {
            return true;
        }

        @Override
        public <T> T match(
                Function<CallSid, T> callOf,
                Function<CallSid, T> callStillOpen,
                Function<CallSid, T> childrenOf,
                Function<ConferenceSid, T> participantsIn) {
            return callStillOpen.apply(call);
        }
    }

    record ChildrenOf(CallSid call) implements Question {
        @Override
        public <T> T match(
                Function<CallSid, T> callOf,
                Function<CallSid, T> callStillOpen,
                Function<CallSid, T> childrenOf,
                Function<ConferenceSid, T> participantsIn) {
            return childrenOf.apply(call);
        }
    }

    record ParticipantsIn(ConferenceSid conference) implements Question {
        @Override
        public <T> T match(
                Function<CallSid, T> callOf,
                Function<CallSid, T> callStillOpen,
                Function<CallSid, T> childrenOf,
                Function<ConferenceSid, T> participantsIn) {
            return participantsIn.apply(conference);
        }
    }
}
