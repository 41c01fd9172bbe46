package io.hangupby.internal.event;

import io.hangupby.call.CallSid;
import io.hangupby.call.Conference;
import io.hangupby.call.ConferenceSid;
import io.hangupby.call.ParticipantChange;
import io.hangupby.call.ParticipantLeft;
import io.hangupby.call.ParticipantLog;
import io.hangupby.call.ParticipantLogBuilder;
import io.hangupby.call.TaskRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An event from a conference's status callback. Immutable. */
public sealed interface ConferenceEvent extends CallEvent {

    /** Returns the fields that every callback has. */
    Origin origin();

    /** Returns the log of one conference, from these events. */
    static ParticipantLog log(List<ConferenceEvent> events, ConferenceSid conference) {
        ParticipantLogBuilder log = ParticipantLog.builder();
        for (ConferenceEvent event : events) {
            if (event.origin().conference().equals(conference)) {
                event.origin().customer().ifPresent(log::customer);
                event.addTo(log);
            }
        }
        return log.build();
    }

    /** Adds to the log of its conference what this event says. */
    void addTo(ParticipantLogBuilder log);

    /** Returns whether the customer's leg was removed or moved on with this event. */
    default boolean isCustomerTakenOut() {
        return false;
    }

    @Override
    default TaskRef task() {
        return origin().task();
    }

    @Override
    default Instant at() {
        return origin().at();
    }

    /**
     * The fields that every callback has. Conference and number identify a repeated delivery.
     *
     * @param task the task of the conference
     * @param conference the conference's SID
     * @param number the callback's sequence number in the conference
     * @param at when the event happened, in whole seconds
     * @param customer the customer's leg, if TaskRouter created the conference
     */
    record Origin(TaskRef task, ConferenceSid conference, int number, Instant at, Optional<CallSid> customer) {
        boolean isOf(ConferenceEvent other) {
            return number == other.origin().number()
                    && conference.equals(other.origin().conference());
        }
    }

    /** The conference started. The event is kept for its number: without it, a number would be missing. */
    record Started(Origin origin) implements ConferenceEvent {
        @Override
        public void addTo(ParticipantLogBuilder log) {
            log.other(origin.number());
        }
    }

    /**
     * A leg joined, or was muted, put on hold or otherwise modified.
     *
     * @param leg the leg
     * @param talking whether the leg can speak to everybody from now on: neither muted nor coaching
     * @param joined whether the leg joined with this event
     * @param onHold whether the leg is on hold from now on
     * @param coaching whether the leg coaches an agent from now on
     */
    record LegSeen(Origin origin, CallSid leg, boolean talking, boolean joined, boolean onHold, boolean coaching)
            implements ConferenceEvent {
        @Override
        public void addTo(ParticipantLogBuilder log) {
            log.changed(new ParticipantChange(leg, origin.number(), at(), joined, talking, onHold, coaching));
        }
    }

    /**
     * A leg left, or could not join.
     *
     * @param leg the leg
     * @param reason the reason, if the callback says
     * @param onHold whether the leg was on hold when it left
     * @param endOnExit whether the leg was set to end the conference on exit, if the callback says
     */
    record LegLeft(
            Origin origin,
            CallSid leg,
            Optional<ParticipantLeft.Reason> reason,
            boolean onHold,
            Optional<Boolean> endOnExit)
            implements ConferenceEvent {
        @Override
        public void addTo(ParticipantLogBuilder log) {
            log.left(new ParticipantLeft(leg, origin.number(), at(), reason, onHold, endOnExit));
        }

        @Override
        public boolean isCustomerTakenOut() {
            return origin.customer().equals(Optional.of(leg))
                    && reason.equals(Optional.of(ParticipantLeft.Reason.PARTICIPANT_UPDATED_VIA_API));
        }
    }

    /**
     * The conference ended.
     *
     * @param reason the reason, if the callback says
     * @param leg the leg whose leaving or removal ended the conference, if the callback says
     */
    record Ended(Origin origin, Optional<Conference.EndReason> reason, Optional<CallSid> leg)
            implements ConferenceEvent {
        @Override
        public void addTo(ParticipantLogBuilder log) {
            log.ended(origin.number(), at(), reason, leg);
        }
    }
}
