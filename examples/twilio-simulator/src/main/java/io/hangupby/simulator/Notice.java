package io.hangupby.simulator;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Something that a conference tells by its status callback.
 *
 * @param event its name, such as {@code participant-leave}
 * @param leg the leg it is about, as it was then; empty where it is about the conference
 * @param more parameters that only this sort of event has
 */
record Notice(String event, Optional<Leg.View> leg, Map<String, String> more) {

    Notice {
        more = Map.copyOf(more);
    }

    static Notice of(String event) {
        return new Notice(event, Optional.empty(), Map.of());
    }

    static Notice of(String event, Leg leg) {
        return new Notice(event, Optional.of(leg.view()), Map.of());
    }

    static Notice ofLeave(Leg leg, Leave leave) {
        return new Notice(
                "participant-leave",
                Optional.of(leg.view()),
                Map.of(
                        "ReasonParticipantLeft", leave.reason().wire(),
                        "ParticipantCallStatus", leave.callStatus()));
    }

    /** The end of the conference; without evidence it names neither a reason nor a leg. */
    static Notice ofEnd(Optional<EndReason> reason, Optional<Leg> by, boolean evidenceHidden) {
        Map<String, String> more = new TreeMap<>();
        reason.ifPresent(why -> {
            more.put("ReasonConferenceEnded", why.wire());
            more.put("Reason", "Conference ended: " + why.wire().replace('-', ' '));
        });
        by.filter(leg -> !evidenceHidden).ifPresent(leg -> {
            more.put("CallSidEndingConference", leg.call().sid());
            leg.party().label().ifPresent(label -> more.put("ParticipantLabelEndingConference", label));
        });
        return new Notice("conference-end", Optional.empty(), more);
    }
}
