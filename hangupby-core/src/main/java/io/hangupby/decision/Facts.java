package io.hangupby.decision;

import io.hangupby.call.Address;
import io.hangupby.call.Call;
import io.hangupby.call.Conference;
import io.hangupby.decision.Fact.Source;

/** The facts that more than one rule rests on, in the same words. */
final class Facts {
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
