package io.hangupby.internal.processing;

import io.hangupby.internal.twilio.TaskSnapshot;

/** What Twilio and the journal have of one segment. */
sealed interface CollectedEvidence {

    /**
     * There is enough for a verdict.
     *
     * @param judgement the evidence, and what the rules make of it
     * @param task the task as it was read for this evidence
     */
    record Complete(Judgement judgement, TaskSnapshot task) implements CollectedEvidence {}

    /** Twilio may still show the moment before the agent left: the evidence is to be collected again. */
    record Unsettled() implements CollectedEvidence {}

    /** Twilio no longer has the task. */
    record TaskGone() implements CollectedEvidence {}
}
