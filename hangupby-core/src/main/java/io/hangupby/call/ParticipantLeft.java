package io.hangupby.call;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A {@code participant-leave} status callback: one leg left the conference. Immutable.
 *
 * @param leg the leg that left
 * @param order the callback's sequence number in the conference; lower is earlier
 * @param at when the leg left, in whole seconds
 * @param reason why the leg left, if Twilio says
 * @param onHold whether the leg was on hold when it left
 * @param endOnExit whether the leg was set to end the conference on exit, if Twilio says
 */
public record ParticipantLeft(
        CallSid leg, int order, Instant at, Optional<Reason> reason, boolean onHold, Optional<Boolean> endOnExit) {

    /** Creates a leave that does not say whether the leg was set to end the conference on exit. */
    public ParticipantLeft(CallSid leg, int order, Instant at, Optional<Reason> reason, boolean onHold) {
        this(leg, order, at, reason, onHold, Optional.empty());
    }

    /** Why a leg left; the names are those of Twilio's {@code ReasonParticipantLeft}. */
    public enum Reason {
        /** The party hung up, or the party's connection was lost. */
        PARTICIPANT_HUNG_UP,
        /** The leg was removed, or moved elsewhere. */
        PARTICIPANT_UPDATED_VIA_API,
        /** A program ended the conference through the API. */
        CONFERENCE_ENDED_VIA_API,
        /** Another leg left and that ended the conference. */
        MODERATOR_ENDED_CONFERENCE,
        /** The party never picked up. */
        PARTICIPANT_ADD_FAILED;

        /** Returns the value as Twilio spells it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Returns whether the leg left for this reason. */
    public boolean is(Reason expected) {
        return reason.stream().anyMatch(expected::equals);
    }

    /** Returns whether the leg hung up, or was removed or moved, so that it did not leave because the conference ended. */
    public boolean hungUpOrWasTakenOut() {
        return is(Reason.PARTICIPANT_HUNG_UP) || is(Reason.PARTICIPANT_UPDATED_VIA_API);
    }

    /** Returns whether the leg left because the conference ended. */
    public boolean isConsequenceOfEnd() {
        return is(Reason.MODERATOR_ENDED_CONFERENCE) || is(Reason.CONFERENCE_ENDED_VIA_API);
    }

    /** Returns whether the conference may have ended with this leave, as far as the leave itself says. */
    boolean mayEndConference() {
        return endOnExit.orElse(true);
    }

    /** Returns the end of a conference of which this is the last leave. */
    ParticipantLog.End end(Optional<Conference.EndReason> reason, Optional<CallSid> endedBy) {
        return new ParticipantLog.End(order, at, reason, endedBy);
    }

    /** Returns whether this leg left before the other leg. */
    public boolean isBefore(ParticipantLeft other) {
        return order < other.order;
    }

    /**
     * Returns whether this leg left before the other leg, for a reason of its own. When a conference ends, the
     * remaining legs leave in any order.
     */
    public boolean precedes(ParticipantLeft other) {
        return isBefore(other) && !isConsequenceOfEnd();
    }
}
