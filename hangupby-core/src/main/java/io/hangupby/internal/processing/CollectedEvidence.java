package io.hangupby.internal.processing;

import io.hangupby.decision.CallEvidence;
import io.hangupby.internal.twilio.TaskSnapshot;
import java.util.function.Function;

/** What a look at Twilio brought for one segment. */
sealed interface CollectedEvidence {

    /** Calls the function for the kind of look that this is. */
    <T> T match(Function<Seen, T> seen, Function<Unsettled, T> unsettled, Function<TaskGone, T> taskGone);

    /**
     * There is enough to decide on.
     *
     * @param evidence what was seen
     * @param task the task as it was read for it
     */
    record Seen(CallEvidence evidence, TaskSnapshot task) implements CollectedEvidence {
        @Override
        public <T> T match(Function<Seen, T> seen, Function<Unsettled, T> unsettled, Function<TaskGone, T> taskGone) {
            return seen.apply(this);
        }
    }

    /** Twilio may still show the moment before: looking again can show more. */
    record Unsettled() implements CollectedEvidence {
        @Override
        public <T> T match(Function<Seen, T> seen, Function<Unsettled, T> unsettled, Function<TaskGone, T> taskGone) {
            return unsettled.apply(this);
        }
    }

    /** There is no such task any more. */
    record TaskGone() implements CollectedEvidence {
        @Override
        public <T> T match(Function<Seen, T> seen, Function<Unsettled, T> unsettled, Function<TaskGone, T> taskGone) {
            return taskGone.apply(this);
        }
    }
}
