package io.hangupby.decision;

import io.hangupby.call.Address;
import io.hangupby.call.Call;
import io.hangupby.call.Conference;
import io.hangupby.call.ReservationSid;
import io.hangupby.call.Role;
import io.hangupby.call.Transfer;
import io.hangupby.decision.Fact.Source;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The facts that more than one rule rests on, in the same words. */
final class Facts {
    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd HH:mm:ss.SSS 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Facts() {}

    static Fact fact(Source source, String statement) {
        return new Fact(source, statement);
    }

    /** How the conference ended, and by whose leg. */
    static Fact end(CallEvidence evidence, String whose) {
        String reason = evidence.ending()
                .flatMap(Conference::endReason)
                .map(Object::toString)
                .orElse("no reason given");
        return fact(Source.CONFERENCE, "it ended, " + reason + ", by " + whose);
    }

    /** Whose a leg or a call is. */
    static String whose(Role role) {
        return switch (role) {
            case CUSTOMER -> "the customer's";
            case AGENT -> "the agent's";
            case OTHER_AGENT -> "another agent's";
            case SUPERVISOR -> "a supervisor's";
            case EXTERNAL -> "an outside party's";
            case UNKNOWN -> "an unknown party's";
        };
    }

    /** A moment, as people read it. */
    static String utc(Instant moment) {
        return UTC.format(moment);
    }

    /** Who handed the call on, and who else was in. */
    static List<Fact> otherAgents(CallEvidence evidence) {
        List<Fact> facts = new ArrayList<>();
        for (Transfer transfer : evidence.otherAgents().transfers()) {
            facts.add(fact(Source.EVENTS, transfer(transfer, evidence.segment().reservation())));
        }
        int others = evidence.otherAgents().presentAt(evidence.segment().left()).size();
        if (others > 0) {
            facts.add(fact(Source.EVENTS, "other agents in the call when this one left: " + others));
        }
        return facts;
    }

    private static String transfer(Transfer transfer, ReservationSid self) {
        String mode = transfer.mode()
                .map(how -> how == Transfer.Mode.WARM ? "a warm" : "a cold")
                .orElse("a");
        String starter = transfer.startedBy()
                .map(by -> by.equals(self) ? "this agent" : "another agent")
                .orElse("nobody knows who");
        String end = transfer.failedAt()
                .map(at -> ", and it came to nothing at " + utc(at))
                .orElse("");
        return starter + " started " + mode + " transfer at " + utc(transfer.started()) + end;
    }

    static Fact customersCall(Call call) {
        return fact(Source.CALL, "the customer's call is " + call.status());
    }

    static Fact goesOn() {
        return fact(Source.CONFERENCE, "the conference went on without this agent");
    }

    static Fact wasOn(CallEvidence evidence, Address device) {
        Source source = evidence.segment().contact().isPresent() ? Source.EVENTS : Source.CALL;
        return fact(source, "the agent was on " + device);
    }

    static Fact marked() {
        return fact(Source.TASK, "the plugin marked the agent's click");
    }

    static Fact unmarked() {
        return fact(Source.TASK, "no plugin marked a click of this agent");
    }

    static Fact noPlugin() {
        return fact(Source.SETTING, "hangupby.agent-marker is none: no plugin can mark a click");
    }
}
