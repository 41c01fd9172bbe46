package io.hangupby.call;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * One leg's call, as Twilio's Call resource shows it. Immutable.
 *
 * @param sid the call's SID
 * @param status the call's status
 * @param to the device that was called, if Twilio names one
 * @param ended when the call ended, in whole seconds
 */
public record Call(CallSid sid, Status status, Optional<Address> to, Optional<Instant> ended) {

    /** A call's status; the names are those of Twilio's call statuses. */
    public enum Status {
        /** Twilio has not placed the call yet. */
        QUEUED,
        /** The phone rings. */
        RINGING,
        /** The call is connected. */
        IN_PROGRESS,
        /** The call was connected and is over. */
        COMPLETED,
        /** Never connected: the line was busy. */
        BUSY,
        /** Never connected: nobody picked up. */
        NO_ANSWER,
        /** Never connected: Twilio could not reach the number. */
        FAILED,
        /** Never connected: the calling party gave up. */
        CANCELED,
        /** A status that this version does not know. */
        OTHER;

        /** Returns whether the call is connected or may still connect. */
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
