package io.hangupby.decision;

import io.hangupby.call.CallSid;
import io.hangupby.call.Conference;
import io.hangupby.call.Participant;
import io.hangupby.call.ParticipantLeft;
import io.hangupby.call.ReservationSid;
import io.hangupby.call.Role;
import io.hangupby.call.Transfer;
import io.hangupby.decision.Fact.Source;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Describes evidence as facts for people. */
final class EvidenceFacts {
    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd HH:mm:ss.SSS 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final CallEvidence evidence;

    EvidenceFacts(CallEvidence evidence) {
        this.evidence = evidence;
    }

    /** Returns a moment as readable text in UTC. */
    static String utc(Instant moment) {
        return UTC.format(moment);
    }

    List<Fact> all() {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(
                Source.EVENTS,
                "the agent's leg left at " + utc(evidence.segment().left())));
        evidence.deviceFact().ifPresent(facts::add);
        evidence.otherAgents().transfers().forEach(transfer -> facts.add(describe(transfer)));
        int others = evidence.otherAgents().presentAt(evidence.segment().left()).size();
        if (others > 0) {
            facts.add(new Fact(Source.EVENTS, "other agents in the call when this one left: " + others));
        }
        facts.add(evidence.conference().map(this::describe).orElse(new Fact(Source.TASK, "no conference is named")));
        evidence.participants().ifPresent(listed -> facts.add(describe(listed)));
        evidence.participantLog().leaves().forEach(left -> facts.add(describe(left)));
        evidence.requestedCalls().stream()
                .sorted(Comparator.comparing(CallSid::value))
                .forEach(leg -> facts.add(describe(leg)));
        facts.add(evidence.markerFact());
        evidence.reportedEnd().ifPresent(whose -> facts.add(reported(whose)));
        return facts;
    }

    Fact marker() {
        if (evidence.marker().isUnclear()) {
            return new Fact(Source.TASK, "a bare marker may be this agent's click or another agent's");
        }
        return new Fact(
                Source.TASK,
                evidence.isMarked() ? "the plugin marked the agent's click" : "no plugin marked a click of this agent");
    }

    private Fact describe(Transfer transfer) {
        ReservationSid self = evidence.segment().reservation();
        String mode = transfer.mode()
                .map(how -> how == Transfer.Mode.WARM ? "a warm" : "a cold")
                .orElse("a");
        String starter = transfer.startedBy()
                .map(by -> by.equals(self) ? "this agent" : "another agent")
                .orElse("an unknown agent");
        String end =
                transfer.failedAt().map(at -> ", and it failed at " + utc(at)).orElse("");
        return new Fact(Source.EVENTS, starter + " started " + mode + " transfer at " + utc(transfer.started()) + end);
    }

    private Fact describe(Conference conference) {
        if (!conference.ended()) {
            return new Fact(Source.CONFERENCE, "it was in progress");
        }
        String how = "it ended, " + conference.endReason().map(Object::toString).orElse("no reason given") + ", "
                + conference.endingLeg().map(leg -> "by " + whose(leg) + " leg").orElse("no leg named");
        boolean isLater = conference.updated().stream().anyMatch(evidence::isOverASecondAfterAgentLeft);
        return new Fact(Source.CONFERENCE, isLater ? how + ", after this agent had left" : how);
    }

    private Fact describe(List<Participant> listed) {
        return new Fact(
                Source.PARTICIPANTS,
                listed.isEmpty()
                        ? "nobody was listed"
                        : listed.stream()
                                .map(participant -> whose(participant.call()) + " leg")
                                .collect(Collectors.joining(", ", "listed: ", "")));
    }

    /** Callbacks have whole seconds; only their sequence numbers show the order. */
    private Fact describe(ParticipantLeft left) {
        String why = left.reason().map(reason -> ", " + reason).orElse("");
        return new Fact(
                Source.CALLBACKS,
                whose(left.leg()) + " leg left as event " + left.order() + " of the conference" + why
                        + (left.onHold() ? ", on hold" : ""));
    }

    private Fact describe(CallSid leg) {
        return new Fact(
                Source.CALL,
                evidence.call(leg)
                        .map(call -> whose(leg) + " call is " + call.status())
                        .orElse(whose(leg) + " call does not exist"));
    }

    private static Fact reported(Role whose) {
        String legs = whose == Role.CUSTOMER
                ? "the customer's leg was ended by the customer, and the agent's leg by Twilio"
                : whose == Role.AGENT
                        ? "the agent's leg was ended by the agent, and the customer's leg by Twilio"
                        : "the customer's leg was ended by Twilio";
        return new Fact(Source.VOICE_INSIGHTS, legs);
    }

    private String whose(CallSid leg) {
        return whose(evidence.role(leg));
    }

    private static String whose(Role role) {
        return switch (role) {
            case CUSTOMER -> "the customer's";
            case AGENT -> "the agent's";
            case OTHER_AGENT -> "another agent's";
            case SUPERVISOR -> "a supervisor's";
            case EXTERNAL -> "an outside party's";
            case IGNORED -> "an ignored participant's";
            case UNKNOWN -> "an unknown party's";
        };
    }
}
