package io.hangupby.decision;

import io.hangupby.call.Address;
import java.util.List;
import java.util.Optional;

/**
 * The answer for one segment, and why. Immutable.
 *
 * @param endedBy who ended it; empty where there was no conversation with a customer that anybody could have ended, so
 *     that nothing is written and nothing is unknown either
 * @param rule the id of the rule that decided, as in {@code docs/decisions.md}
 * @param reason one sentence for people
 * @param destination the outside party to whom the customer went, if to one
 * @param facts what the rule rested on
 */
public record Verdict(
        Optional<EndedBy> endedBy, String rule, String reason, Optional<Address> destination, List<Fact> facts) {

    /** Copies the facts. */
    public Verdict {
        facts = List.copyOf(facts);
    }

    /** Says whether the same stands in a task after either verdict. */
    public boolean writesSameAs(Verdict other) {
        return endedBy.equals(other.endedBy) && destination.equals(other.destination);
    }

    /** A verdict by which the customer went to no outside party. */
    public Verdict(Optional<EndedBy> endedBy, String rule, String reason, List<Fact> facts) {
        this(endedBy, rule, reason, Optional.empty(), facts);
    }
}
