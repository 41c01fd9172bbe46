package io.hangupby.simulator.internal.account;

import io.hangupby.simulator.account.LegDeparture;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A change in a conference that its status callback will report.
 *
 * @param event its name, such as {@code participant-leave}
 * @param leg the leg it is about, as it was then; empty where it is about the conference
 * @param more parameters that only this type of event has
 */
record PendingCallback(String event, Optional<ConferenceLeg.View> leg, Map<String, String> more) {

    PendingCallback {
        more = Map.copyOf(more);
    }

    static PendingCallback of(String event) {
        return new PendingCallback(event, Optional.empty(), Map.of());
    }

    static PendingCallback of(String event, ConferenceLeg leg) {
        return new PendingCallback(event, Optional.of(leg.view()), Map.of());
    }

    static PendingCallback ofDeparture(ConferenceLeg leg, LegDeparture departure) {
        return new PendingCallback(
                "participant-leave",
                Optional.of(leg.view()),
                Map.of(
                        "ReasonParticipantLeft", departure.reason().wire(),
                        "ParticipantCallStatus", departure.callStatus()));
    }

    /** Returns the end of the conference. With the evidence hidden it names neither a reason nor a leg. */
    static PendingCallback ofEnd(
            Optional<ConferenceEndReason> reason, Optional<ConferenceLeg> by, boolean evidenceHidden) {
        Map<String, String> more = new TreeMap<>();
        reason.ifPresent(why -> {
            more.put("ReasonConferenceEnded", why.wire());
            more.put("Reason", "Conference ended: " + why.wire().replace('-', ' '));
        });
        by.filter(leg -> !evidenceHidden).ifPresent(leg -> {
            more.put("CallSidEndingConference", leg.call().sid());
            leg.party().label().ifPresent(label -> more.put("ParticipantLabelEndingConference", label));
        });
        return new PendingCallback("conference-end", Optional.empty(), more);
    }
}
