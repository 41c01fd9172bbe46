package io.hangupby.internal.event;

import io.hangupby.call.CallSid;
import io.hangupby.call.Conference;
import io.hangupby.call.ConferenceSid;
import io.hangupby.call.ParticipantLeft;
import io.hangupby.call.TaskRef;
import java.time.Instant;
import java.util.Optional;

/** One thing that a conference's status callback said. Immutable. */
public sealed interface ConferenceEvent extends CallEvent {

    /** What every such callback has. */
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
     * Where a callback comes from. Its conference and number are also what a repeated delivery is known by.
     *
     * @param task the task whose conference it is
     * @param conference which
     * @param number its place among all that happened in the conference
     * @param at when it happened, in whole seconds
     * @param customer the customer's leg, where TaskRouter made the conference
     */
    record Origin(TaskRef task, ConferenceSid conference, int number, Instant at, Optional<CallSid> customer) {
        boolean isAfter(Origin other) {
            return conference.equals(other.conference) && number > other.number;
        }

        boolean isThatOf(ConferenceEvent other) {
            return number == other.origin().number()
                    && conference.equals(other.origin().conference());
        }
    }

    /**
     * A leg joined, or changed how it takes part.
     *
     * @param leg whose
     * @param talking whether it is heard by all: neither muted nor only coaching the agent
     */
    record LegSeen(Origin origin, CallSid leg, boolean talking) implements ConferenceEvent {

        /** Says whether the other event is an earlier one of the same leg, and matters no more beside this one. */
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
     * A leg left, or never came.
     *
     * @param leg whose
     * @param reason why, where it says
     * @param onHold whether it was on hold then
     */
    record LegLeft(Origin origin, CallSid leg, Optional<ParticipantLeft.Reason> reason, boolean onHold)
            implements ConferenceEvent {}

    /**
     * The conference ended.
     *
     * @param reason why, where it says
     * @param leg whose leaving or removal ended it, where it says
     */
    record Ended(Origin origin, Optional<Conference.EndReason> reason, Optional<CallSid> leg)
            implements ConferenceEvent {}
}
