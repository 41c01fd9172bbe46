package io.hangupby.call;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A conference, which connects the legs of a conversation, as Twilio's Conference resource shows it. Immutable.
 *
 * @param sid the conference's SID
 * @param ended whether the conference is over; otherwise it is in progress, or waits for its first moderator
 * @param endReason why the conference ended; Twilio can leave the reason out
 * @param endingLeg the leg whose leaving or removal ended the conference; Twilio can leave the leg out
 * @param updated when the resource last changed, in whole seconds; of an ended conference, when it ended
 */
public record Conference(
        ConferenceSid sid,
        boolean ended,
        Optional<EndReason> endReason,
        Optional<CallSid> endingLeg,
        Optional<Instant> updated) {

    /** Why a conference ended; the names are those of Twilio's {@code reason_conference_ended}. */
    public enum EndReason {
        /** A leg left that was set to end the conference on exit. */
        PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT,
        /** A leg was removed that was set to end the conference on exit. */
        PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_KICKED,
        /** The last leg left. Twilio does not say who left first. */
        LAST_PARTICIPANT_LEFT,
        /** The last leg was removed. */
        LAST_PARTICIPANT_KICKED,
        /** A program, or a button of Flex, ended the conference for everybody. */
        CONFERENCE_ENDED_VIA_API;

        /** Returns whether the ending leg was removed, and did not leave on its own. */
        public boolean isRemoval() {
            return this == PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_KICKED || this == LAST_PARTICIPANT_KICKED;
        }

        /** Returns the value as Twilio spells it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * Returns this conference as ended, if a status callback of its log says so. The callback supplies what the resource leaves
     * out.
     */
    public Conference with(ParticipantLog log) {
        return log.ended()
                .map(at -> new Conference(
                        sid, true, endReason.or(log::endReason), endingLeg.or(log::endingLeg), Optional.of(at)))
                .orElse(this);
    }
}
