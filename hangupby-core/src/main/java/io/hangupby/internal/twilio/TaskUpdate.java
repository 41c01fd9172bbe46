package io.hangupby.internal.twilio;

import java.util.Optional;

/** The result of an update of a task. Immutable. */
public sealed interface TaskUpdate {

    /**
     * The update was applied.
     *
     * @param etag the version that the update made, if the response names it
     * @param rateLimit the account's rate limit, if the response names it
     */
    record Applied(Optional<String> etag, Optional<RateLimit> rateLimit) implements TaskUpdate {

        /** Creates the result of a response that says nothing of the rate limit. */
        public Applied(Optional<String> etag) {
            this(etag, Optional.empty());
        }
    }

    /** Another writer changed the task since it was read (HTTP 412). Nothing was written. */
    record ChangedMeanwhile() implements TaskUpdate {}

    /** The task does not exist any more. Nothing was written. */
    record Gone() implements TaskUpdate {}
}
