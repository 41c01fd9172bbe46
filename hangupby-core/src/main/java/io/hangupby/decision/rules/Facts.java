package io.hangupby.decision.rules;

import io.hangupby.call.Call;
import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.Fact;
import io.hangupby.decision.Fact.Source;

/** The facts that several rules share, in the same words. */
final class Facts {
    private Facts() {}

    static Fact fact(Source source, String statement) {
        return new Fact(source, statement);
    }

    /** Returns how the conference ended, and by whose leg. */
    static Fact endOfConference(CallEvidence evidence, String whose) {
        String reason = evidence.endReason().map(Object::toString).orElse("no reason given");
        return fact(Source.CONFERENCE, "it ended, " + reason + ", by " + whose);
    }

    static Fact customersCall(Call call) {
        return fact(Source.CALL, "the customer's call is " + call.status());
    }

    static Fact conferenceWentOn() {
        return fact(Source.CONFERENCE, "the conference continued without this agent");
    }

    static Fact noPlugin() {
        return fact(Source.SETTING, "hangupby.agent-marker is none: no plugin can mark a click");
    }
}
