package io.hangupby.simulator.account;

import java.time.Instant;

/**
 * One leg's departure from a conference. Immutable.
 *
 * @param sequence the position in the order of departures, from 0
 * @param callSid the call of the leg
 * @param reason why it left
 * @param callStatus the status of its call at that moment, as the API writes it
 * @param at when it left
 */
public record LegDeparture(int sequence, String callSid, DepartureReason reason, String callStatus, Instant at) {

    /** Why a leg left. */
    public enum DepartureReason {
        /** The party hung up, or its connection was lost. */
        PARTICIPANT_HUNG_UP("participant_hung_up"),
        /** The API removed or redirected the leg. */
        PARTICIPANT_UPDATED_VIA_API("participant_updated_via_api"),
        /** Somebody ended the conference through the API. */
        CONFERENCE_ENDED_VIA_API("conference_ended_via_api"),
        /** The departure of another leg ended the conference. */
        MODERATOR_ENDED_CONFERENCE("moderator_ended_conference"),
        /** The party never picked up. */
        PARTICIPANT_ADD_FAILED("participant_add_failed");

        private final String wire;

        DepartureReason(String wire) {
            this.wire = wire;
        }

        /** Returns the value of {@code ReasonParticipantLeft} in a conference status callback. */
        public String wire() {
            return wire;
        }
    }
}
