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
    private final List<Notice> notices = new ArrayList<>();
    private boolean started;
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

    List<Leg> legs() {
        return List.copyOf(legs);
    }

    /** The leg of such a party, the latest where there are several. */
    Optional<Leg> leg(Party.Kind kind) {
        return legs.stream().filter(leg -> leg.is(kind)).reduce((first, second) -> second);
    }

    Optional<Leg> leg(Agent agent) {
        return legs.stream().filter(leg -> leg.party().is(agent)).findFirst();
    }

    /** Says whether such a party is in, and not just being dialled. */
    boolean has(Party.Kind kind) {
        return leg(kind).filter(Leg::isConnected).isPresent();
    }

    long connected() {
        return legs.stream().filter(Leg::isConnected).count();
    }

    /** What happened since it was last asked for. */
    List<Notice> takeNotices() {
        List<Notice> taken = List.copyOf(notices);
        notices.clear();
        return taken;
    }

    // ---- what the legs do

    /** A leg is added, which may still have to be answered. */
    void join(Leg leg) {
        legs.add(leg);
        if (leg.isConnected()) {
            tellJoin(leg);
        }
    }

    /** A dialled party rings. */
    void rings(Leg leg) {
        leg.call().rings();
    }

    /** A dialled party answers. */
    void answer(Leg leg, Instant at) {
        leg.call().answered(at);
        tellJoin(leg);
    }

    private void tellJoin(Leg leg) {
        notices.add(Notice.of("participant-join", leg));
        if (!started && connected() > 1) {
            started = true;
            notices.add(Notice.of("conference-start"));
        }
    }

    void hold(Leg leg, boolean on) {
        leg.hold(on);
        notices.add(Notice.of(on ? "participant-hold" : "participant-unhold", leg));
    }

    /** A supervisor stops to listen only. */
    void letTalk(Leg leg) {
        leg.muted(false);
        leg.coaches(Optional.empty());
        notices.add(Notice.of("participant-unmute", leg));
    }

    void endOnExit(Leg leg, boolean on) {
        if (leg.endOnExit() == on) {
            return;
        }
        leg.endOnExit(on);
        if (leg.isConnected()) {
            notices.add(Notice.of("participant-modify", leg));
        }
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
            end(flagged, Optional.of(leg), Reason.MODERATOR_ENDED_CONFERENCE, at);
        } else if (legs.stream().noneMatch(Leg::isConnected)) {
            end(last, Optional.of(leg), Reason.MODERATOR_ENDED_CONFERENCE, at);
        }
    }

    private void end(EndReason reason, Optional<Leg> by, Reason whyOthersLeave, Instant at) {
        for (Leg leg : List.copyOf(legs)) {
            if (leg.isConnected()) {
                leave(leg, whyOthersLeave, PhoneCall.Status.COMPLETED, at);
            } else {
                addFailed(leg, PhoneCall.Status.CANCELED, at);
            }
        }
        end = Optional.of(new End(reason, by.map(leg -> leg.call().sid())));
        updated = at;
        notices.add(Notice.ofEnd(evidenceHidden ? Optional.empty() : Optional.of(reason), by, evidenceHidden));
    }

    private void leave(Leg leg, Reason reason, PhoneCall.Status callBecomes, Instant at) {
        legs.remove(leg);
        if (callBecomes != PhoneCall.Status.IN_PROGRESS) {
            leg.call().ended(callBecomes, at);
        }
        Leave leave = new Leave(
                leaves.size(), leg.call().sid(), reason, leg.call().status().wire(), at);
        leaves.add(leave);
        updated = at;
        notices.add(Notice.ofLeave(leg, leave));
    }

    // ---- what the API shows

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
