package io.hangupby.decision;

import java.util.List;
import java.util.Optional;

/** What one rule makes of the evidence. */
public sealed interface Finding {

    /**
     * The rule decides.
     *
     * @param endedBy who ended it; empty where there was nothing to end
     * @param reason one sentence for people
     * @param facts what it rests on
     */
    record Applies(Optional<EndedBy> endedBy, String reason, List<Fact> facts) implements Finding {

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
        return new Applies(Optional.of(endedBy), reason, List.of(facts));
    }

    /** There was no conversation with a customer that could have ended. */
    static Finding nothingToEnd(String reason, Fact... facts) {
        return new Applies(Optional.empty(), reason, List.of(facts));
    }

    /** The rule has nothing to say. */
    static Finding passes(String why) {
        return new Passes(why);
    }
}
