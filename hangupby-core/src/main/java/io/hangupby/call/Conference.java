package io.hangupby.call;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A conference, in which the legs of a call meet, as Twilio's Conference resource shows it. Immutable.
 *
 * @param sid which conference
 * @param status whether it goes on
 * @param endReason why it ended; Twilio can leave it out of an ended one
 * @param endingLeg the leg whose leaving or removal ended it; Twilio can leave it out for any reason
 * @param updated when the resource last changed, in whole seconds; of an ended conference, when it ended
 */
public record Conference(
        ConferenceSid sid,
        Status status,
        Optional<EndReason> endReason,
        Optional<CallSid> endingLeg,
        Optional<Instant> updated) {

    /** Whether a conference goes on. */
    public enum Status {
        /** Nobody talks yet. */
        INIT,
        /** It goes on. */
        IN_PROGRESS,
        /** It has ended. */
        COMPLETED,
        /** A status that Twilio did not have when this was written. */
        OTHER
    }

    /** Why a conference ended; the names are those of Twilio's {@code reason_conference_ended}. */
    public enum EndReason {
        /** A leg left whose leaving was to end it. */
        PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT,
        /** A leg was removed whose leaving was to end it. */
        PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_KICKED,
        /** Everybody had left; who was first is not said. */
        LAST_PARTICIPANT_LEFT,
        /** The last leg was removed. */
        LAST_PARTICIPANT_KICKED,
        /** A program, or a button of Flex, ended it for all. */
        CONFERENCE_ENDED_VIA_API;

        /** Returns whether the ending leg was removed by somebody else. */
        public boolean isRemoval() {
            return this == PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_KICKED || this == LAST_PARTICIPANT_KICKED;
        }

        /** Returns the value as Twilio spells it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Returns this conference as ended; what the status callback says fills in what the resource does not say. */
    public Conference ended(ParticipantLog.End end) {
        return new Conference(
                sid, Status.COMPLETED, endReason.or(end::reason), endingLeg.or(end::leg), Optional.of(end.at()));
    }

    /** Returns whether the conference is over. */
    public boolean ended() {
        return status == Status.COMPLETED;
    }
}
