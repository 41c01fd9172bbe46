package io.hangupby.decision;

import io.hangupby.call.Conference;
import io.hangupby.call.Conference.EndReason;
import io.hangupby.call.ParticipantLeft;
import io.hangupby.call.ParticipantLog;
import io.hangupby.call.Role;
import io.hangupby.call.Segment;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How the conference ended for one segment. If another party ended the conference after this agent had left, that end
 * does not belong to this agent's segment. Immutable.
 *
 * @param wentOn whether the conference continued without this agent: it is in progress, or another party ended it later
 * @param reason why the conference ended with this segment, if it did and Twilio says
 * @param whose the role of the leg whose leaving or removal ended the conference; unknown if Twilio does not say
 * @param at when the conference ended, under the same conditions as the reason, in whole seconds
 */
record ConferenceEnd(boolean wentOn, Optional<EndReason> reason, Role whose, Optional<Instant> at) {
    /** Two timestamps this close count as the same moment, because Twilio's resources show whole seconds. */
    private static final Duration SAME_MOMENT = Duration.ofSeconds(1);

    /** There was no conference, or it ended and nobody knows how. */
    private static final ConferenceEnd NOT_KNOWN = withoutReason(false);

    /** The conference went on without the agent. */
    private static final ConferenceEnd WENT_ON = withoutReason(true);

    private static ConferenceEnd withoutReason(boolean wentOn) {
        return new ConferenceEnd(wentOn, Optional.empty(), Role.UNKNOWN, Optional.empty());
    }

    static ConferenceEnd of(EvidenceData data, LegRoles roles, LeaveOrder order, Presence presence) {
        if (presence.logSaysItWentOn()) {
            return WENT_ON;
        }
        return data.ownConference()
                .filter(known -> known.ended() || !presence.isFromLog())
                .map(known -> of(known, data, roles, order))
                .orElse(NOT_KNOWN);
    }

    private static ConferenceEnd of(Conference conference, EvidenceData data, LegRoles roles, LeaveOrder order) {
        Role whose = conference.endingLeg().map(roles::of).orElse(Role.UNKNOWN);
        boolean isOwn = order.agent().stream().anyMatch(ParticipantLeft::isConsequenceOfEnd)
                || (whose == Role.AGENT && roles.sharingDevice().findAny().isEmpty());
        boolean endedLater = !isOwn && conference.updated().stream().anyMatch(then -> isLater(then, data.segment()));
        boolean agentHadLeft =
                order.agent().stream().anyMatch(left -> isBeforeTheEnd(left, conference, data.participantLog(), roles));
        return !conference.ended() || endedLater || agentHadLeft
                ? WENT_ON
                : new ConferenceEnd(false, conference.endReason(), whose, conference.updated());
    }

    /** Returns whether this leg left on its own before a leg of another party ended the conference. */
    static boolean isBeforeTheEnd(ParticipantLeft left, Conference conference, ParticipantLog log, LegRoles roles) {
        return left.hungUpOrWasTakenOut()
                && conference.endingLeg().filter(leg -> roles.of(leg) != Role.AGENT).flatMap(log::leave).stream()
                        .anyMatch(left::isBefore);
    }

    /** Returns whether a moment is more than a second after the agent left. */
    static boolean isLater(Instant moment, Segment segment) {
        return moment.isAfter(segment.left().plus(SAME_MOMENT));
    }

    /** Returns whether the conference ended with this segment, for this reason. */
    boolean isFor(EndReason expected) {
        return reason.isPresent() && reason.get() == expected;
    }

    /** Returns whether the conference ended with this segment, for this reason, by a leg of this role. */
    boolean isBy(EndReason expected, Role role) {
        return isFor(expected) && whose == role;
    }

    /** Returns whether the conference ended with this segment because a leg of this role was removed. */
    boolean isRemovalOf(Role role) {
        return whose == role && reason.isPresent() && reason.get().isRemoval();
    }
}
