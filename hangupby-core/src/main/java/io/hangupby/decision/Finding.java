package io.hangupby.decision;

import io.hangupby.call.Address;
import java.util.List;
import java.util.Optional;

/** What one rule makes of the evidence: it matches, it does not match, or it needs a question answered. */
public sealed interface Finding {

    /**
     * The rule matches and decides.
     *
     * @param endedBy who ended it; empty if there was no conversation with a customer to end
     * @param reason one sentence for people
     * @param destination the outside party to whom the customer went, if any
     * @param facts the facts that the rule rests on
     */
    record Matches(Optional<EndedBy> endedBy, String reason, Optional<Address> destination, List<Fact> facts)
            implements Finding {

        /** Copies the facts. */
        public Matches {
            facts = List.copyOf(facts);
        }
    }

    /**
     * The rule does not match.
     *
     * @param why one sentence for people
     */
    record NoMatch(String why) implements Finding {}

    /**
     * The rule needs a question answered before it can tell.
     *
     * @param question what it needs to know
     */
    record Needs(Question question) implements Finding {}

    /** Returns that the rule matches: this ended the segment. */
    static Finding matches(EndedBy endedBy, String reason, Fact... facts) {
        return new Matches(Optional.of(endedBy), reason, Optional.empty(), List.of(facts));
    }

    /** Returns that the rule matches: the customer went to an outside party. */
    static Finding matches(EndedBy endedBy, String reason, Optional<Address> destination, Fact... facts) {
        return new Matches(Optional.of(endedBy), reason, destination, List.of(facts));
    }

    /** Returns that the rule matches: there was no conversation with a customer to end, so nothing is written. */
    static Finding notApplicable(String reason, Fact... facts) {
        return new Matches(Optional.empty(), reason, Optional.empty(), List.of(facts));
    }

    /** Returns that the rule needs this question answered. */
    static Finding needs(Question question) {
        return new Needs(question);
    }

    /** Returns that the rule does not match. */
    static Finding noMatch(String why) {
        return new NoMatch(why);
    }
}
