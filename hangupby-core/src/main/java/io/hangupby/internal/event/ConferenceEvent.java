package io.hangupby.internal.event;

import io.hangupby.call.CallSid;
import io.hangupby.call.Conference;
import io.hangupby.call.ConferenceSid;
import io.hangupby.call.ParticipantLeft;
import io.hangupby.call.TaskRef;
import java.time.Instant;
import java.util.Optional;

/** An event from a conference's status callback. Immutable. */
public sealed interface ConferenceEvent extends CallEvent {

    /** Returns the fields that every callback has. */
    Origin origin();

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
        boolean isAfter(Origin other) {
            return conference.equals(other.conference) && number > other.number;
        }

        boolean isOf(ConferenceEvent other) {
            return number == other.origin().number()
                    && conference.equals(other.origin().conference());
        }
    }

    /**
     * A leg joined, or was muted, put on hold or otherwise modified.
     *
     * @param leg the leg
     * @param talking whether the leg can speak to everybody: neither muted nor coaching
     */
    record LegSeen(Origin origin, CallSid leg, boolean talking) implements ConferenceEvent {

        /** Returns whether this event makes an earlier event of the same leg obsolete. */
        boolean supersedes(ConferenceEvent other) {
            boolean sameLeg = other instanceof LegSeen seen
                    ? seen.leg.equals(leg)
                    : other instanceof LegLeft left && left.leg.equals(leg);
            return sameLeg
                    && origin.isAfter(other.origin())
                    && (origin.customer.isPresent() || other.origin().customer.isEmpty());
        }
    }

    /**
     * A leg left, or could not join.
     *
     * @param leg the leg
     * @param reason the reason, if the callback says
     * @param onHold whether the leg was on hold when it left
     */
    record LegLeft(Origin origin, CallSid leg, Optional<ParticipantLeft.Reason> reason, boolean onHold)
            implements ConferenceEvent {}

    /**
     * The conference ended.
     *
     * @param reason the reason, if the callback says
     * @param leg the leg whose leaving or removal ended the conference, if the callback says
     */
    record Ended(Origin origin, Optional<Conference.EndReason> reason, Optional<CallSid> leg)
            implements ConferenceEvent {}
}
