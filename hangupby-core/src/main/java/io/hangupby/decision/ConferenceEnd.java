package io.hangupby.decision;

import io.hangupby.call.CallSid;
import io.hangupby.call.Conference;
import io.hangupby.call.Conference.EndReason;
import io.hangupby.call.ParticipantLeft;
import io.hangupby.call.ParticipantLog;
import io.hangupby.call.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How the conference ended for one segment. If another party ended the conference after this agent had left, that end
 * does not belong to this agent's segment. Immutable.
 *
 * @param wentOn whether the conference continued without this agent: it is in progress, or another party ended it later
 * @param reason why the conference ended with this segment, if it did and Twilio says
 * @param leg the leg whose leaving or removal ended the conference, under the same conditions
 * @param whose the role of that leg; unknown if Twilio does not say
 * @param at when the conference ended, under the same conditions, in whole seconds
 */
public record ConferenceEnd(
        boolean wentOn, Optional<EndReason> reason, Optional<CallSid> leg, Role whose, Optional<Instant> at) {
    /** Two timestamps this close count as the same moment, because Twilio's resources show whole seconds. */
    private static final Duration SAME_MOMENT = Duration.ofSeconds(1);

    /** There was no conference. */
    static final ConferenceEnd NONE = withoutReason(false);

    private static final ConferenceEnd WENT_ON = withoutReason(true);

    private static ConferenceEnd withoutReason(boolean wentOn) {
        return new ConferenceEnd(wentOn, Optional.empty(), Optional.empty(), Role.UNKNOWN, Optional.empty());
    }

    /** Returns how this conference ended for the segment of an agent who left at a moment. */
    static ConferenceEnd of(Conference conference, Instant agentLeft, ParticipantLog log, LegRoles roles) {
        Role whose = conference.endingLeg().map(roles::of).orElse(Role.UNKNOWN);
        boolean endedLater =
                whose != Role.AGENT && conference.updated().stream().anyMatch(then -> isLater(then, agentLeft));
        boolean agentHadLeft = LeaveOrder.in(log, roles, agentLeft).agent().stream()
                .anyMatch(left -> isBeforeTheEnd(left, conference, log, roles));
        return !conference.ended() || endedLater || agentHadLeft
                ? WENT_ON
                : new ConferenceEnd(false, conference.endReason(), conference.endingLeg(), whose, conference.updated());
    }

    /** Returns whether this leg left on its own before a leg of another party ended the conference. */
    static boolean isBeforeTheEnd(ParticipantLeft left, Conference conference, ParticipantLog log, LegRoles roles) {
        return left.leftOnOwnAccord()
                && conference.endingLeg().filter(leg -> roles.of(leg) != Role.AGENT).flatMap(log::leave).stream()
                        .anyMatch(left::isBefore);
    }

    /** Returns whether a moment is more than a second after the agent left. */
    static boolean isLater(Instant moment, Instant agentLeft) {
        return moment.isAfter(agentLeft.plus(SAME_MOMENT));
    }

    /** Returns whether the conference ended with this segment, for this reason. */
    public boolean isFor(EndReason expected) {
        return reason.stream().anyMatch(expected::equals);
    }

    /** Returns whether the conference ended with this segment, for this reason, by a leg of this role. */
    public boolean isBy(EndReason expected, Role role) {
        return isFor(expected) && whose == role;
    }

    /** Returns whether the conference ended with this segment because a leg of this role was removed. */
    public boolean isRemovalOf(Role role) {
        return whose == role && reason.stream().anyMatch(EndReason::isRemoval);
    }
}
