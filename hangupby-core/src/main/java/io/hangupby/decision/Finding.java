package io.hangupby.decision;

import io.hangupby.call.Address;
import java.util.List;
import java.util.Optional;

/** What a rule returns for the evidence: it matches, does not match, or needs the reply to a question. */
public sealed interface Finding {

    /**
     * The rule matches and decides.
     *
     * @param endedBy who ended the segment; empty if there was no conversation with a customer to end
     * @param reason one sentence for people
     * @param destination the outside party to whom the customer went, if any
     * @param facts the facts that the finding is based on
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
     * The rule needs the reply to a question before it can decide.
     *
     * @param question the question
     */
    record Needs(Question question) implements Finding {}

    /** Returns a finding that matches, with who ended the segment. */
    static Finding matches(EndedBy endedBy, String reason, Fact... facts) {
        return new Matches(Optional.of(endedBy), reason, Optional.empty(), List.of(facts));
    }

    /** Returns a finding that matches, with the outside party to whom the customer went. */
    static Finding matches(EndedBy endedBy, String reason, Optional<Address> destination, Fact... facts) {
        return new Matches(Optional.of(endedBy), reason, destination, List.of(facts));
    }

    /** Returns a finding that matches and writes nothing, because there was no conversation with a customer to end. */
    static Finding notApplicable(String reason, Fact... facts) {
        return new Matches(Optional.empty(), reason, Optional.empty(), List.of(facts));
    }

    /** Returns a finding that needs the reply to this question. */
    static Finding needs(Question question) {
        return new Needs(question);
    }

    /** Returns a finding that does not match, with the reason for people. */
    static Finding noMatch(String why) {
        return new NoMatch(why);
    }
}
