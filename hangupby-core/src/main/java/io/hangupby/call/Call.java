package io.hangupby.call;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * One leg's call, as Twilio's Call resource shows it. Immutable.
 *
 * @param sid which call
 * @param status its status
 * @param to where it goes to, if anywhere
 * @param ended when it ended, in whole seconds
 */
public record Call(CallSid sid, Status status, Optional<Address> to, Optional<Instant> ended) {

    /** A call's status; the names are those of Twilio's call statuses. */
    public enum Status {
        /** Still to be made. */
        QUEUED,
        /** Made, and not answered yet. */
        RINGING,
        /** Answered, and going on. */
        IN_PROGRESS,
        /** Answered, and over. */
        COMPLETED,
        /** Never answered: the line was busy. */
        BUSY,
        /** Never answered: it rang for as long as it was to. */
        NO_ANSWER,
        /** Never answered: it could not be connected. */
        FAILED,
        /** Never answered: whoever made it gave up. */
        CANCELED,
        /** A status that Twilio did not have when this was written. */
        OTHER;

        /** Returns whether the call is still going on, or still on its way. */
        public boolean isOpen() {
            return this == QUEUED || this == RINGING || this == IN_PROGRESS;
        }

        /** Returns the value as Twilio spells it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
