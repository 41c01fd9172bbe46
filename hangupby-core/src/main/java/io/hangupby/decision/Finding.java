package io.hangupby.decision;

import io.hangupby.call.Address;
import java.util.List;
import java.util.Optional;

/** What one rule makes of the evidence. */
public sealed interface Finding {

    /**
     * The rule decides.
     *
     * @param endedBy who ended it; empty where there was nothing to end
     * @param reason one sentence for people
     * @param destination the outside party to whom the customer went, if to one
     * @param facts what it rests on
     */
    record Matches(Optional<EndedBy> endedBy, String reason, Optional<Address> destination, List<Fact> facts)
            implements Finding {

        /** Copies the facts. */
        public Matches {
            facts = List.copyOf(facts);
        }
    }

    /**
     * The rule has nothing to say.
     *
     * @param why one sentence for people
     */
    record NoMatch(String why) implements Finding {}

    /**
     * The rule cannot tell before a question is answered.
     *
     * @param question what it needs to know
     */
    record Needs(Question question) implements Finding {}

    /** This segment ended so. */
    static Finding matches(EndedBy endedBy, String reason, Fact... facts) {
        return new Matches(Optional.of(endedBy), reason, Optional.empty(), List.of(facts));
    }

    /** This segment ended by the customer's going to an outside party. */
    static Finding matches(EndedBy endedBy, String reason, Optional<Address> destination, Fact... facts) {
        return new Matches(Optional.of(endedBy), reason, destination, List.of(facts));
    }

    /** There was no conversation with a customer that could have ended. */
    static Finding notApplicable(String reason, Fact... facts) {
        return new Matches(Optional.empty(), reason, Optional.empty(), List.of(facts));
    }

    /** The rule cannot tell before a question is answered. */
    static Finding needs(Question question) {
        return new Needs(question);
    }

    /** The rule has nothing to say. */
    static Finding noMatch(String why) {
        return new NoMatch(why);
    }
}
