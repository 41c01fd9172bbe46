package io.hangupby.decision;

import static io.hangupby.call.Conference.EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_KICKED;
import static io.hangupby.call.Conference.EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT;
import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.Address;
import io.hangupby.call.CallSid;
import io.hangupby.call.Conference.EndReason;
import io.hangupby.decision.rules.DecisionRules;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the tests of the rules share: calls, each with its verdict or the question that it leaves open. */
final class RuleCases {
    static final EndReason EXIT_LEFT = PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT;
    static final EndReason EXIT_KICKED = PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_KICKED;
    static final Duration AT_ONCE = Duration.ZERO;
    static final Duration A_MOMENT = Duration.ofMillis(1);
    static final Duration EARLIER = Duration.ofMillis(-1);
    static final Duration A_SECOND = Duration.ofSeconds(1);
    static final Duration OVER_A_SECOND = Duration.ofMillis(1001);
    static final Address OTHER_BROWSER = new Address("client:grace");

    static final List<String> WITH_DESTINATION = List.of("external-cold-transfer", "external-warm-transfer");

    static final Decider DECIDER = DecisionRules.decider(DecisionRules.defaults());

    /** A call and the verdict on it, with nothing left to ask. */
    record Decided(String name, Evidence evidence, Optional<EndedBy> endedBy, String rule) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** A call and the question on which its verdict hangs. */
    record Open(String name, Evidence evidence, Question question) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Decided decided(String name, Evidence evidence, EndedBy endedBy, String rule) {
        return new Decided(name, evidence, Optional.of(endedBy), rule);
    }

    static Decided nothing(String name, Evidence evidence, String rule) {
        return new Decided(name, evidence, Optional.empty(), rule);
    }

    static Decided undecided(String name, Evidence evidence) {
        return decided(name, evidence, EndedBy.UNKNOWN, "undecided");
    }

    static Open needs(String name, Evidence evidence, CallSid leg) {
        return new Open(name, evidence, Question.callOf(leg));
    }

    static Open asksAgain(String name, Evidence evidence, CallSid leg) {
        return new Open(name, evidence, Question.callStillOpen(leg));
    }

    static void check(Decided expected) {
        CallEvidence evidence = expected.evidence().withPlainCalls().build();

        Evaluation evaluation = DECIDER.evaluate(evidence);

        Verdict verdict = evaluation.verdict();
        assertThat(verdict.rule()).isEqualTo(expected.rule());
        assertThat(verdict.endedBy()).isEqualTo(expected.endedBy());
        assertThat(verdict.destination().isPresent()).isEqualTo(WITH_DESTINATION.contains(verdict.rule()));
        assertThat(evaluation.openQuestions()).as("open question").isEmpty();
        assertThat(evaluation.trace()).extracting(RuleTrace::finding).doesNotContainNull();
    }

    static void check(Open expected) {
        assertThat(DECIDER.openQuestions(expected.evidence().build())).contains(expected.question());
    }

    /** The rule itself asks: a user can take out the rules that ask the same. */
    static void checkAlone(String rule, Open expected) {
        assertThat(DecisionRules.defaults())
                .filteredOn(each -> each.id().equals(rule))
                .singleElement()
                .extracting(each -> each.evaluate(expected.evidence().build()))
                .isEqualTo(Finding.needs(expected.question()));
    }

    private RuleCases() {}
}
