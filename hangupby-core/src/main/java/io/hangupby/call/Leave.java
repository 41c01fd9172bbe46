package io.hangupby.call;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * One leg's leaving of a conference, as a status callback told it. Immutable.
 *
 * @param leg whose
 * @param order its place among all that happened in the conference; lower is earlier
 * @param at when, in whole seconds
 * @param reason why, where Twilio says
 * @param onHold whether it was on hold then
 */
public record Leave(CallSid leg, int order, Instant at, Optional<Reason> reason, boolean onHold) {

    /** Why a leg left; the names are those of Twilio's {@code ReasonParticipantLeft}. */
    public enum Reason {
        /** The party hung up, or its connection was lost. */
        PARTICIPANT_HUNG_UP,
        /** The leg was removed, or moved elsewhere. */
        PARTICIPANT_UPDATED_VIA_API,
        /** Somebody ended the conference through the API. */
        CONFERENCE_ENDED_VIA_API,
        /** Another leg's leaving ended the conference. */
        MODERATOR_ENDED_CONFERENCE,
        /** The party never answered. */
        PARTICIPANT_ADD_FAILED;

        /** Returns the value as Twilio spells it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Says whether it left for this reason. */
    public boolean is(Reason expected) {
        return reason.filter(expected::equals).isPresent();
    }

    /** Says whether this leg's leaving is what happened, rather than what followed when the conference was over. */
    public boolean isOfItself() {
        return is(Reason.PARTICIPANT_HUNG_UP) || is(Reason.PARTICIPANT_UPDATED_VIA_API);
    }

    /** Says whether this leg was still in the conference when something else ended it. */
    public boolean followsTheEnd() {
        return is(Reason.MODERATOR_ENDED_CONFERENCE) || is(Reason.CONFERENCE_ENDED_VIA_API);
    }

    /** Says whether this leg left before the other one did. */
    public boolean isBefore(Leave other) {
        return order < other.order;
    }
}
