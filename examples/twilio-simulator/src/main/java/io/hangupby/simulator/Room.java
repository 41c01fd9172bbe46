package io.hangupby.simulator;

import io.hangupby.simulator.Leave.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A conference of any number of legs. It knows Twilio's rules for when a conference ends, and the order in which its
 * legs left. Guarded by the world's lock.
 */
final class Room {

    private final String sid;
    private final String friendlyName;
    private final Instant created;
    private final boolean evidenceHidden;
    private final List<Leg> legs = new ArrayList<>();
    private final List<Leave> leaves = new ArrayList<>();
    private Instant updated;
    private Optional<End> end = Optional.empty();
    private final Lagged<View> shown;

    Room(String sid, String friendlyName, Instant created, boolean evidenceHidden) {
        this.sid = sid;
        this.friendlyName = friendlyName;
        this.created = created;
        this.updated = created;
        this.evidenceHidden = evidenceHidden;
        this.shown = new Lagged<>(view());
    }

    String sid() {
        return sid;
    }

    String friendlyName() {
        return friendlyName;
    }

    boolean hasEnded() {
        return end.isPresent();
    }

    List<Leave> leaves() {
        return List.copyOf(leaves);
    }

    void join(Leg leg) {
        legs.add(leg);
    }

    Optional<Leg> leg(Party.Kind kind) {
        return legs.stream().filter(leg -> leg.party().kind() == kind).findFirst();
    }

    Optional<Leg> leg(Agent agent) {
        return legs.stream().filter(leg -> leg.party().is(agent)).findFirst();
    }

    /** A party hangs up, or its line goes dead. */
    void hangUp(Leg leg, Instant at) {
        leave(leg, Reason.PARTICIPANT_HUNG_UP, PhoneCall.Status.COMPLETED, at);
        endIfDue(leg, EndReason.FLAGGED_LEG_LEFT, EndReason.LAST_LEG_LEFT, at);
    }

    /** The API removes a leg, which ends its call. */
    void kick(Leg leg, Instant at) {
        leave(leg, Reason.PARTICIPANT_UPDATED_VIA_API, PhoneCall.Status.COMPLETED, at);
        endIfDue(leg, EndReason.FLAGGED_LEG_KICKED, EndReason.LAST_LEG_KICKED, at);
    }

    /** The API sends a leg elsewhere: it leaves the conference, its call goes on. */
    void moveOut(Leg leg, Instant at) {
        leave(leg, Reason.PARTICIPANT_UPDATED_VIA_API, PhoneCall.Status.IN_PROGRESS, at);
        endIfDue(leg, EndReason.FLAGGED_LEG_LEFT, EndReason.LAST_LEG_LEFT, at);
    }

    /** A dialled party never answers. Such a leg was never in, so it ends nothing. */
    void addFailed(Leg leg, PhoneCall.Status how, Instant at) {
        leave(leg, Reason.PARTICIPANT_ADD_FAILED, how, at);
    }

    /** The API ends the whole conference. */
    void endViaApi(Instant at) {
        end(EndReason.ENDED_VIA_API, Optional.empty(), Reason.CONFERENCE_ENDED_VIA_API, at);
    }

    private void endIfDue(Leg leg, EndReason flagged, EndReason last, Instant at) {
        if (leg.endOnExit()) {
            end(flagged, Optional.of(leg.call().sid()), Reason.MODERATOR_ENDED_CONFERENCE, at);
        } else if (legs.isEmpty()) {
            end(last, Optional.of(leg.call().sid()), Reason.MODERATOR_ENDED_CONFERENCE, at);
        }
    }

    private void end(EndReason reason, Optional<String> callSid, Reason whyOthersLeave, Instant at) {
        for (Leg leg : List.copyOf(legs)) {
            if (leg.isConnected()) {
                leave(leg, whyOthersLeave, PhoneCall.Status.COMPLETED, at);
            } else {
                addFailed(leg, PhoneCall.Status.CANCELED, at);
            }
        }
        end = Optional.of(new End(reason, callSid));
        updated = at;
    }

    private void leave(Leg leg, Reason reason, PhoneCall.Status callBecomes, Instant at) {
        legs.remove(leg);
        if (callBecomes != PhoneCall.Status.IN_PROGRESS) {
            leg.call().ended(callBecomes, at);
        }
        leaves.add(new Leave(
                leaves.size(), leg.call().sid(), reason, leg.call().status().wire(), at));
        updated = at;
    }

    void publish(Instant at, ApiLag lag) {
        shown.publish(view(), at, lag);
    }

    View read(Instant at) {
        return shown.read(at);
    }

    private View view() {
        return new View(
                sid,
                friendlyName,
                hasEnded() ? "completed" : "in-progress",
                end.filter(e -> !evidenceHidden).map(End::reason),
                end.filter(e -> !evidenceHidden).flatMap(End::callSid),
                legs.stream().map(Leg::view).toList(),
                created,
                updated);
    }

    private record End(EndReason reason, Optional<String> callSid) {}

    record View(
            String sid,
            String friendlyName,
            String status,
            Optional<EndReason> reason,
            Optional<String> endingCallSid,
            List<Leg.View> legs,
            Instant created,
            Instant updated) {}
}
