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
    record Applies(Optional<EndedBy> endedBy, String reason, Optional<Address> destination, List<Fact> facts)
            implements Finding {

        /** Copies the facts. */
        public Applies {
            facts = List.copyOf(facts);
        }
    }

    /**
     * The rule has nothing to say.
     *
     * @param why one sentence for people
     */
    record Passes(String why) implements Finding {}

    /**
     * The rule cannot tell before a question is answered.
     *
     * @param question what it needs to know
     */
    record Asks(Question question) implements Finding {}

    /** This segment ended so. */
    static Finding applies(EndedBy endedBy, String reason, Fact... facts) {
        return new Applies(Optional.of(endedBy), reason, Optional.empty(), List.of(facts));
    }

    /** This segment ended by the customer's going to an outside party. */
    static Finding applies(EndedBy endedBy, String reason, Optional<Address> destination, Fact... facts) {
        return new Applies(Optional.of(endedBy), reason, destination, List.of(facts));
    }

    /** There was no conversation with a customer that could have ended. */
    static Finding nothingToEnd(String reason, Fact... facts) {
        return new Applies(Optional.empty(), reason, Optional.empty(), List.of(facts));
    }

    /** The rule cannot tell before a question is answered. */
    static Finding asks(Question question) {
        return new Asks(question);
    }

    /** The rule has nothing to say. */
    static Finding passes(String why) {
        return new Passes(why);
    }
}
