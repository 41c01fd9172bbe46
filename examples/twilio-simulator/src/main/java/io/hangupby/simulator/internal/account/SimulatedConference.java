package io.hangupby.simulator.internal.account;

import io.hangupby.simulator.account.Agent;
import io.hangupby.simulator.account.LegDeparture;
import io.hangupby.simulator.account.LegDeparture.DepartureReason;
import io.hangupby.simulator.account.Party;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A conference of any number of legs. It applies Twilio's rules for when a conference ends, and keeps the order in which
 * its legs left. Guarded by the account's lock.
 */
public final class SimulatedConference {

    private final String sid;
    private final String friendlyName;
    private final Instant created;
    private final boolean evidenceHidden;
    private final List<ConferenceLeg> legs = new ArrayList<>();
    private final List<LegDeparture> departures = new ArrayList<>();
    private final List<PendingCallback> pendingCallbacks = new ArrayList<>();
    private boolean started;
    private Instant updated;
    private Optional<End> end = Optional.empty();
    private final LaggingView<View> shown;

    public SimulatedConference(String sid, String friendlyName, Instant created, boolean evidenceHidden) {
        this.sid = sid;
        this.friendlyName = friendlyName;
        this.created = created;
        this.updated = created;
        this.evidenceHidden = evidenceHidden;
        this.shown = new LaggingView<>(view());
    }

    public String sid() {
        return sid;
    }

    public String friendlyName() {
        return friendlyName;
    }

    public boolean hasEnded() {
        return end.isPresent();
    }

    public List<LegDeparture> departures() {
        return List.copyOf(departures);
    }

    public List<ConferenceLeg> legs() {
        return List.copyOf(legs);
    }

    /** Returns the leg of a party of this kind; if there are several, the latest leg. */
    public Optional<ConferenceLeg> leg(Party.Kind kind) {
        return legs.stream().filter(leg -> leg.is(kind)).reduce((first, second) -> second);
    }

    public Optional<ConferenceLeg> leg(Agent agent) {
        return legs.stream().filter(leg -> leg.party().is(agent)).findFirst();
    }

    /** Returns whether a party of this kind is connected, not just being dialled. */
    public boolean has(Party.Kind kind) {
        return leg(kind).filter(ConferenceLeg::isConnected).isPresent();
    }

    public long connected() {
        return legs.stream().filter(ConferenceLeg::isConnected).count();
    }

    /** Returns what has happened since the last call of this method. */
    List<PendingCallback> takePendingCallbacks() {
        List<PendingCallback> taken = List.copyOf(pendingCallbacks);
        pendingCallbacks.clear();
        return taken;
    }

    /** Adds a leg, whose call may still ring. */
    public void join(ConferenceLeg leg) {
        legs.add(leg);
        if (leg.isConnected()) {
            recordJoin(leg);
        }
    }

    /** A dialled phone rings. */
    public void rings(ConferenceLeg leg) {
        leg.call().rings();
    }

    /** A dialled party picks up. */
    public void pickUp(ConferenceLeg leg, Instant at) {
        leg.call().pickedUp(at);
        recordJoin(leg);
    }

    private void recordJoin(ConferenceLeg leg) {
        pendingCallbacks.add(PendingCallback.of("participant-join", leg));
        if (!started && connected() > 1) {
            started = true;
            pendingCallbacks.add(PendingCallback.of("conference-start"));
        }
    }

    public void hold(ConferenceLeg leg, boolean on) {
        leg.hold(on);
        pendingCallbacks.add(PendingCallback.of(on ? "participant-hold" : "participant-unhold", leg));
    }

    /** A supervisor who only listened or coached talks to everybody from now on. */
    public void letTalk(ConferenceLeg leg) {
        leg.muted(false);
        leg.coaches(Optional.empty());
        pendingCallbacks.add(PendingCallback.of("participant-unmute", leg));
    }

    public void endOnExit(ConferenceLeg leg, boolean on) {
        if (leg.endOnExit() == on) {
            return;
        }
        leg.endOnExit(on);
        if (leg.isConnected()) {
            pendingCallbacks.add(PendingCallback.of("participant-modify", leg));
        }
    }

    /** A party hangs up or loses its connection. */
    public void hangUp(ConferenceLeg leg, Instant at) {
        leave(leg, DepartureReason.PARTICIPANT_HUNG_UP, PhoneCall.Status.COMPLETED, at);
        endIfDue(leg, ConferenceEndReason.END_ON_EXIT_LEG_LEFT, ConferenceEndReason.LAST_LEG_LEFT, at);
    }

    /** The API removes a leg, which also ends its call. */
    public void kick(ConferenceLeg leg, Instant at) {
        leave(leg, DepartureReason.PARTICIPANT_UPDATED_VIA_API, PhoneCall.Status.COMPLETED, at);
        endIfDue(leg, ConferenceEndReason.END_ON_EXIT_LEG_KICKED, ConferenceEndReason.LAST_LEG_KICKED, at);
    }

    /** The API redirects a leg: it leaves the conference, and its call goes on. */
    public void moveOut(ConferenceLeg leg, Instant at) {
        leave(leg, DepartureReason.PARTICIPANT_UPDATED_VIA_API, PhoneCall.Status.IN_PROGRESS, at);
        endIfDue(leg, ConferenceEndReason.END_ON_EXIT_LEG_LEFT, ConferenceEndReason.LAST_LEG_LEFT, at);
    }

    /** A dialled party never picks up. Such a leg was never connected, so it does not end the conference. */
    public void addFailed(ConferenceLeg leg, PhoneCall.Status how, Instant at) {
        leave(leg, DepartureReason.PARTICIPANT_ADD_FAILED, how, at);
    }

    /** The API ends the whole conference. */
    public void endViaApi(Instant at) {
        end(ConferenceEndReason.ENDED_VIA_API, Optional.empty(), DepartureReason.CONFERENCE_ENDED_VIA_API, at);
    }

    private void endIfDue(ConferenceLeg leg, ConferenceEndReason endOnExit, ConferenceEndReason last, Instant at) {
        if (leg.endOnExit()) {
            end(endOnExit, Optional.of(leg), DepartureReason.MODERATOR_ENDED_CONFERENCE, at);
        } else if (legs.stream().noneMatch(ConferenceLeg::isConnected)) {
            end(last, Optional.of(leg), DepartureReason.MODERATOR_ENDED_CONFERENCE, at);
        }
    }

    private void end(
            ConferenceEndReason reason, Optional<ConferenceLeg> by, DepartureReason reasonOfOthers, Instant at) {
        for (ConferenceLeg leg : List.copyOf(legs)) {
            if (leg.isConnected()) {
                leave(leg, reasonOfOthers, PhoneCall.Status.COMPLETED, at);
            } else {
                addFailed(leg, PhoneCall.Status.CANCELED, at);
            }
        }
        end = Optional.of(new End(reason, by.map(leg -> leg.call().sid())));
        updated = at;
        pendingCallbacks.add(
                PendingCallback.ofEnd(evidenceHidden ? Optional.empty() : Optional.of(reason), by, evidenceHidden));
    }

    private void leave(ConferenceLeg leg, DepartureReason reason, PhoneCall.Status callBecomes, Instant at) {
        legs.remove(leg);
        if (callBecomes != PhoneCall.Status.IN_PROGRESS) {
            boolean hungUp = reason == DepartureReason.PARTICIPANT_HUNG_UP;
            leg.call().ended(callBecomes, at, hungUp ? PhoneCall.Ending.PARTY : PhoneCall.Ending.TWILIO);
        }
        LegDeparture departure = new LegDeparture(
                departures.size(), leg.call().sid(), reason, leg.call().status().wire(), at);
        departures.add(departure);
        updated = at;
        pendingCallbacks.add(PendingCallback.ofDeparture(leg, departure));
    }

    /** Shows the present state in the API, once the lag is over. */
    public void publish(Instant at, ApiLag lag) {
        shown.publish(view(), at, lag);
    }

    /** Returns what the API shows at this moment. */
    public View read(Instant at) {
        return shown.read(at);
    }

    private View view() {
        return new View(
                sid,
                friendlyName,
                hasEnded() ? "completed" : "in-progress",
                end.filter(e -> !evidenceHidden).map(End::reason),
                end.filter(e -> !evidenceHidden).flatMap(End::callSid),
                legs.stream().map(ConferenceLeg::view).toList(),
                created,
                updated);
    }

    private record End(ConferenceEndReason reason, Optional<String> callSid) {}

    /** A conference as the API shows it. */
    public record View(
            String sid,
            String friendlyName,
            String status,
            Optional<ConferenceEndReason> reason,
            Optional<String> endingCallSid,
            List<ConferenceLeg.View> legs,
            Instant created,
            Instant updated) {}
}
