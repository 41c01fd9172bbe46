package io.hangupby.internal.processing;

import io.hangupby.decision.CallEvidence;
import io.hangupby.internal.twilio.TaskSnapshot;

/** What Twilio and the journal have of one segment. */
sealed interface CollectedEvidence {

    /**
     * There is enough to evaluate the rules.
     *
     * @param evidence the evidence
     * @param task the task as it was read for this evidence
     */
    record Complete(CallEvidence evidence, TaskSnapshot task) implements CollectedEvidence {}

    /** Twilio may still show the moment before the agent left: the evidence is to be collected again. */
    record Unsettled() implements CollectedEvidence {}

    /** Twilio no longer has the task. */
    record TaskGone() implements CollectedEvidence {}
}
