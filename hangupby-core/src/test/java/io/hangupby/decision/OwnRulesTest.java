package io.hangupby.decision;

import static io.hangupby.call.Conference.EndReason.LAST_PARTICIPANT_LEFT;
import static io.hangupby.call.Conference.EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT;
import static io.hangupby.decision.Evidence.AGENT;
import static io.hangupby.decision.Evidence.STRANGER;
import static io.hangupby.decision.Evidence.endedSilently;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hangupby.decision.Fact.Source;
import io.hangupby.decision.rules.DecisionRules;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class OwnRulesTest {
    private static final DecisionRule MINE = DecisionRule.of(
            "mine", evidence -> Finding.matches(EndedBy.SYSTEM, "because", new Fact(Source.APPLICATION, "we know")));
    private static final DecisionRule NEEDS = DecisionRule.of(
            "asks",
            evidence -> evidence.questions()
                    .whoEndedIt()
                    .map(Finding::needs)
                    .orElse(Finding.noMatch("it is known who ended it")));
    private static final String OURS =
            DecisionRules.defaults().stream().map(DecisionRule::id).collect(Collectors.joining(", "));

    private final CallEvidence crash = Evidence.ended(PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, AGENT)
            .withPlainCalls()
            .build();

    private static String rule(DecisionRules rules, CallEvidence evidence) {
        return rules.decider().decide(evidence).rule();
    }

    @Test
    void ours_decide_as_they_come() {
        assertThat(rule(DecisionRules.ours(), crash)).isEqualTo("agent-left");
    }

    @Nested
    class ARuleBeforeAnother {

        @Test
        void is_tried_before_it() {
            assertThat(rule(DecisionRules.ours().before("agent-left", MINE), crash))
                    .isEqualTo("mine");
        }

        @Test
        void is_tried_after_those_in_front() {
            assertThat(rule(DecisionRules.ours().before("agent-removed", MINE), crash))
                    .isEqualTo("agent-left");
        }

        @Test
        void is_tried_last_before_undecided() {
            DecisionRules last = DecisionRules.ours().before("undecided", MINE);

            assertThat(rule(last, crash)).isEqualTo("agent-left");
            assertThat(rule(last, endedSilently().build())).isEqualTo("mine");
        }

        @Test
        void can_be_one_of_the_users_own() {
            DecisionRule first = DecisionRule.of("first", MINE::evaluate);

            assertThat(rule(DecisionRules.ours().before("agent-left", MINE).before("mine", first), crash))
                    .isEqualTo("first");
        }

        @Test
        void can_ask() {
            Decider decider =
                    DecisionRules.ours().before("not-a-customer-call", NEEDS).decider();
            CallEvidence unclear =
                    Evidence.ended(LAST_PARTICIPANT_LEFT, STRANGER).build();

            assertThat(decider.openQuestions(unclear)).contains(Question.callOf(STRANGER));
        }

        @Test
        void leaves_the_rules_that_it_was_added_to_as_they_were() {
            DecisionRules ours = DecisionRules.ours();
            ours.before("agent-left", MINE);

            assertThat(rule(ours, crash)).isEqualTo("agent-left");
        }

        @Test
        void is_refused_where_there_is_no_such_other() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> DecisionRules.ours().before("agent-gone", MINE))
                    .withMessage("no rule has the id agent-gone; the rules are " + OURS + ", undecided");
        }

        @Test
        void is_refused_where_its_id_is_taken() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> DecisionRules.ours()
                            .before("agent-left", MINE)
                            .without("consult")
                            .before("agent-left", MINE))
                    .withMessage("a rule with the id mine already exists; the rules are "
                            + OURS.replace("consult, ", "").replace("agent-left", "mine, agent-left") + ", undecided");
        }

        @Test
        void is_refused_the_name_of_no_verdict() {
            DecisionRule undecided = DecisionRule.of("undecided", MINE::evaluate);

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> DecisionRules.ours().before("agent-left", undecided))
                    .withMessageStartingWith("a rule with the id undecided already exists; the rules are ");
        }
    }

    @Nested
    class ARuleLess {

        @Test
        void decides_nothing() {
            assertThat(rule(DecisionRules.ours().without("agent-left"), crash)).isEqualTo("undecided");
        }

        @Test
        void leaves_room_for_another_in_its_place() {
            DecisionRule own = DecisionRule.of("agent-left", MINE::evaluate);

            DecisionRules replaced = DecisionRules.ours().without("agent-left").before("agent-removed", own);

            assertThat(replaced.decider().decide(crash).endedBy()).contains(EndedBy.SYSTEM);
        }

        @Test
        void is_refused_where_it_was_not_there() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> DecisionRules.ours().without("undecided"))
                    .withMessage("no rule has the id undecided; the rules are " + OURS + ", undecided");
        }
    }
}
