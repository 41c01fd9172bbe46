package io.hangupby.decision.rules;

import static io.hangupby.decision.Finding.needs;
import static io.hangupby.decision.Finding.noMatch;

import io.hangupby.call.Address;
import io.hangupby.call.CallSid;
import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.Fact;
import io.hangupby.decision.Finding;
import io.hangupby.decision.Question;
import java.util.Optional;
import java.util.function.Function;

/**
 * Whether the agent left on purpose. A marker says so. So does any device but a browser, because hanging up a handset leaves
 * no marker, and the setting that no plugin is installed. Only a browser's leg that left without a marker was dropped.
 */
sealed interface AgentIntent {

    /**
     * The agent left on purpose.
     *
     * @param sign what says so
     */
    record OnPurpose(Fact sign) implements AgentIntent {}

    /**
     * The agent's leg left with no sign of purpose.
     *
     * @param sign what says so
     */
    record Dropped(Fact sign) implements AgentIntent {}

    /**
     * Only the Call of the agent's leg can tell.
     *
     * @param question asks for it
     */
    record Unclear(Question question) implements AgentIntent {}

    /** The agent's device is not known, so nobody can tell. */
    record NotKnown() implements AgentIntent {}

    static AgentIntent of(CallEvidence evidence) {
        if (evidence.isMarked()) {
            return new OnPurpose(evidence.markerFact());
        }
        if (!evidence.pluginInstalled()) {
            return new OnPurpose(Facts.noPlugin());
        }
        Optional<Fact> device = evidence.deviceFact();
        return device.isPresent() ? byDevice(evidence, device.get()) : withoutDevice(evidence);
    }

    private static AgentIntent byDevice(CallEvidence evidence, Fact device) {
        boolean isBrowser = evidence.agentDevice().stream().anyMatch(Address::isBrowser);
        return isBrowser ? new Dropped(device) : new OnPurpose(device);
    }

    private static AgentIntent withoutDevice(CallEvidence evidence) {
        Optional<CallSid> unasked = evidence.agentLeg().filter(leg -> !evidence.hasAsked(leg));
        return unasked.isPresent() ? new Unclear(new Question.CallOf(unasked.get())) : new NotKnown();
    }

    /** Returns the finding for either case, made of the sign; otherwise that the question is needed, or no match. */
    default Finding match(Function<Fact, Finding> onPurpose, Function<Fact, Finding> dropped) {
        if (this instanceof OnPurpose found) {
            return onPurpose.apply(found.sign());
        }
        if (this instanceof Dropped found) {
            return dropped.apply(found.sign());
        }
        return this instanceof Unclear unclear
                ? needs(unclear.question())
                : noMatch("it is not known on what device the agent was");
    }
}
