package io.hangupby.decision;

import static io.hangupby.call.Conference.EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT;
import static io.hangupby.decision.Evidence.AGENT;
import static io.hangupby.decision.Evidence.CUSTOMER;
import static io.hangupby.decision.Evidence.STRANGER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hangupby.call.ParticipantLeft.Reason;
import io.hangupby.decision.Fact.Source;
import io.hangupby.decision.rules.DecisionRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class OrderedDeciderTest {
    private static final Fact FACT = new Fact(Source.SETTING, "so it was said");
    private static final Question QUESTION = Question.callOf(STRANGER);

    private static final DecisionRule SAYS_AGENT =
            DecisionRule.of("says-agent", evidence -> Finding.matches(EndedBy.AGENT, "because", FACT));
    private static final DecisionRule SAYS_NOTHING =
            DecisionRule.of("says-nothing", evidence -> Finding.notApplicable("because not", FACT));
    private static final DecisionRule NO_MATCH = DecisionRule.of("passes", evidence -> Finding.noMatch("no idea"));
    private static final DecisionRule NEEDS = DecisionRule.of("asks", evidence -> new Finding.Needs(QUESTION));

    private final CallEvidence evidence =
            Evidence.ended(PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, AGENT).build();

    private static Decider of(DecisionRule... rules) {
        return DecisionRules.decider(List.of(rules));
    }

    @Nested
    class WhenDeciding {

        @Test
        void goes_by_the_first_rule_that_applies() {
            assertThat(of(NO_MATCH, SAYS_AGENT, SAYS_NOTHING).decide(evidence))
                    .isEqualTo(new Verdict(Optional.of(EndedBy.AGENT), "says-agent", "because", List.of(FACT)));
            assertThat(of(NO_MATCH, SAYS_NOTHING, SAYS_AGENT).decide(evidence))
                    .isEqualTo(new Verdict(Optional.empty(), "says-nothing", "because not", List.of(FACT)));
        }

        @Test
        void takes_a_rule_that_has_a_question_for_one_that_passes() {
            assertThat(of(NEEDS, SAYS_AGENT).decide(evidence).rule()).isEqualTo("says-agent");
        }

        @Test
        void says_unknown_with_all_that_is_known_where_no_rule_applies() {
            Verdict unknown = new Verdict(
                    Optional.of(EndedBy.UNKNOWN),
                    "undecided",
                    "the evidence does not say who ended it",
                    Optional.empty(),
                    evidence.facts(),
                    true,
                    true);

            assertThat(of(NO_MATCH, NEEDS).decide(evidence)).isEqualTo(unknown);
            assertThat(of().decide(evidence)).isEqualTo(unknown);
        }

        @Test
        void names_a_rule_that_returns_null() {
            Decider decider = of(DecisionRule.of("returns-null", evidence -> null), SAYS_AGENT);

            assertThatThrownBy(() -> decider.decide(evidence))
                    .hasMessage("rule returns-null returned null in place of Finding.noMatch");
        }

        @Test
        void goes_by_the_rules_as_they_were_when_it_was_made() {
            List<DecisionRule> rules = new ArrayList<>(List.of(SAYS_AGENT));
            Decider decider = DecisionRules.decider(rules);

            rules.clear();

            assertThat(decider.decide(evidence).rule()).isEqualTo("says-agent");
        }
    }

    @Nested
    class WhenAsking {

        @Test
        void asks_what_a_rule_needs_before_one_applies() {
            assertThat(of(NO_MATCH, NEEDS, SAYS_AGENT).openQuestions(evidence)).contains(QUESTION);
        }

        @Test
        void asks_nothing_once_a_rule_applies() {
            assertThat(of(NO_MATCH, SAYS_AGENT, NEEDS).openQuestions(evidence)).isEmpty();
            assertThat(of(SAYS_NOTHING, NEEDS).openQuestions(evidence)).isEmpty();
        }

        @Test
        void asks_whose_leg_left_when_the_agent_did_where_all_rules_pass() {
            CallEvidence left = Evidence.endedSilently()
                    .leaves(STRANGER, Reason.PARTICIPANT_HUNG_UP)
                    .build();

            assertThat(of(NO_MATCH).openQuestions(left)).containsExactly(Question.callOf(STRANGER));
        }

        @Test
        void asks_nothing_where_all_rules_pass() {
            assertThat(of(NO_MATCH).openQuestions(evidence)).isEmpty();
        }
    }

    @Nested
    class WhenExplaining {

        @Test
        void names_the_rules_up_to_the_one_that_decided_with_what_each_said() {
            assertThat(of(NO_MATCH, NEEDS, SAYS_AGENT, SAYS_NOTHING)
                            .evaluate(evidence)
                            .trace())
                    .containsExactly(
                            new RuleTrace("passes", Finding.noMatch("no idea")),
                            new RuleTrace("asks", Finding.needs(QUESTION)),
                            new RuleTrace("says-agent", Finding.matches(EndedBy.AGENT, "because", FACT)));
        }

        @Test
        void ends_with_undecided_where_no_rule_applies() {
            assertThat(of(NO_MATCH).evaluate(evidence).trace())
                    .containsExactly(
                            new RuleTrace("passes", Finding.noMatch("no idea")),
                            new RuleTrace(
                                    "undecided",
                                    new Finding.Matches(
                                            Optional.of(EndedBy.UNKNOWN),
                                            "the evidence does not say who ended it",
                                            Optional.empty(),
                                            evidence.facts())));
        }

        @Test
        void a_decider_without_rules_names_the_one_of_its_verdict() {
            Decider decider = any -> of(SAYS_AGENT).decide(any);

            assertThat(decider.evaluate(evidence).trace())
                    .containsExactly(new RuleTrace("says-agent", Finding.matches(EndedBy.AGENT, "because", FACT)));
        }
    }

    @Nested
    class WhenADeciderSaysNothingOfQuestions {
        private final Decider decider = any -> new Verdict(Optional.of(EndedBy.UNKNOWN), "mine", "because", List.of());

        @Test
        void all_that_can_be_asked_is_asked() {
            CallEvidence ended = Evidence.ended(PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, STRANGER)
                    .build();

            assertThat(decider.openQuestions(ended))
                    .containsExactly(Question.callOf(CUSTOMER), Question.callOf(STRANGER));

            CallEvidence customerKnown =
                    ended.toBuilder().call(CUSTOMER, Optional.empty()).build();
            assertThat(decider.openQuestions(customerKnown)).containsExactly(Question.callOf(STRANGER));

            CallEvidence allKnown =
                    customerKnown.toBuilder().call(STRANGER, Optional.empty()).build();
            assertThat(decider.openQuestions(allKnown)).isEmpty();
        }

        @Test
        void legs_that_are_in_and_not_known_are_asked_for_too() {
            CallEvidence ongoing = Evidence.ongoing(CUSTOMER, AGENT, STRANGER)
                    .notThere(CUSTOMER)
                    .build();

            assertThat(decider.openQuestions(ongoing)).contains(Question.callOf(STRANGER));
        }
    }

    @Test
    void a_rule_shows_its_id() {
        assertThat(NO_MATCH).hasToString("passes");
    }
}
