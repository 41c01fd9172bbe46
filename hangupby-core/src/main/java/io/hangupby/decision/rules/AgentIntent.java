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
import java.util.stream.Stream;

/**
 * Whether the agent left on purpose. The agent did if a marker says so, if no plugin is installed, or if the agent's contact or
 * Call names a phone, because hanging up a handset leaves no marker. A browser's leg that left without a marker was dropped. If
 * the device is not known, or an unclear marker may be this agent's, the intent of the agent is not known.
 */
sealed interface AgentIntent {

    /**
     * The agent left on purpose.
     *
     * @param sign the fact that says so
     */
    record OnPurpose(Fact sign) implements AgentIntent {}

    /**
     * The agent's leg was dropped.
     *
     * @param sign the fact that says so
     */
    record Dropped(Fact sign) implements AgentIntent {}

    /**
     * The intent depends on the Call of the agent's leg.
     *
     * @param question the request for that Call
     */
    record Unclear(Question question) implements AgentIntent {}

    /**
     * The intent is not known.
     *
     * @param why one sentence for people
     */
    record NotKnown(String why) implements AgentIntent {}

    static AgentIntent of(CallEvidence evidence) {
        if (evidence.isMarked()) {
            return new OnPurpose(evidence.markerFact());
        }
        if (!evidence.pluginInstalled()) {
            return new OnPurpose(Facts.noPlugin());
        }
        Optional<Address> device = DequeuedCall.device(evidence).or(evidence::agentDevice);
        Optional<Address> phone = Stream.concat(device.stream(), evidence.segment().contact().stream())
                .filter(address -> !address.isBrowser())
                .findFirst();
        if (phone.isPresent()) {
            return new OnPurpose(fact(evidence, phone.get()));
        }
        // An instruction's "to" can put an agent who has a browser on a telephone, for one call.
        Optional<CallSid> unasked = evidence.agentLeg().filter(leg -> !evidence.hasAsked(leg));
        if (unasked.isPresent()) {
            return new Unclear(Question.callOf(unasked.get()));
        }
        if (evidence.marker().isUnclear()) {
            return new NotKnown(evidence.markerFact().statement());
        }
        return device.<AgentIntent>map(known -> new Dropped(fact(evidence, known)))
                .orElseGet(() -> new NotKnown("it is not known on what device the agent was"));
    }

    private static Fact fact(CallEvidence evidence, Address device) {
        return evidence.deviceFact()
                .filter(fact -> evidence.agentDevice().stream().anyMatch(device::equals))
                .orElseGet(() -> Facts.fact(Fact.Source.CALL, "the agent was on " + device));
    }

    /** Returns the finding for a known intent. Otherwise returns the question that is needed, or no match. */
    default Finding match(Function<Fact, Finding> onPurpose, Function<Fact, Finding> dropped) {
        if (this instanceof OnPurpose found) {
            return onPurpose.apply(found.sign());
        }
        if (this instanceof Dropped found) {
            return dropped.apply(found.sign());
        }
        return this instanceof Unclear unclear ? needs(unclear.question()) : noMatch(((NotKnown) this).why());
    }
}
