package io.hangupby.simulator;

import java.time.Instant;

/**
 * One leg's leaving of a conference. Immutable.
 *
 * @param sequence the place in the order of leaving, from 0
 * @param callSid whose leg
 * @param reason why it left, in the words of a conference status callback
 * @param callStatus the leg's call at that moment, in the words of the API
 * @param at when
 */
public record Leave(int sequence, String callSid, Reason reason, String callStatus, Instant at) {

    /** Why a leg left. */
    public enum Reason {
        /** The party hung up, or its connection was lost. */
        PARTICIPANT_HUNG_UP("participant_hung_up"),
        /** The leg was removed, or moved elsewhere. */
        PARTICIPANT_UPDATED_VIA_API("participant_updated_via_api"),
        /** Somebody ended the conference through the API. */
        CONFERENCE_ENDED_VIA_API("conference_ended_via_api"),
        /** Another leg's leaving ended the conference. */
        MODERATOR_ENDED_CONFERENCE("moderator_ended_conference"),
        /** The party never answered. */
        PARTICIPANT_ADD_FAILED("participant_add_failed");

        private final String wire;

        Reason(String wire) {
            this.wire = wire;
        }

        /** The word in a conference status callback. */
        public String wire() {
            return wire;
        }
    }
}
