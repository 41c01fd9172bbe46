package io.hangupby.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.CallSid;
import io.hangupby.call.Marker;
import io.hangupby.decision.rules.DecisionRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What holds for any evidence, however odd, tried on thousands of random ones. */
class DecisionRulesPropertyTest {
    private static final int CALLS = 5_000;
    private static final int ANSWERS_AT_MOST = 10;
    private static final Pattern NUMBER = Pattern.compile("\\+?1500555|ada@|client:|grace|sip:");

    private static final List<RandomCall> CALLS_TRIED = new ArrayList<>();

    private final Decider decider = DecisionRules.decider(DecisionRules.defaults());

    @BeforeAll
    static void make_calls() {
        Random random = new Random(20260921);
        CALLS_TRIED.clear();
        for (int i = 0; i < CALLS; i++) {
            CALLS_TRIED.add(new RandomCall(random));
        }
    }

    @Test
    void each_gives_a_verdict_of_a_known_rule_with_a_reason_and_facts() {
        List<String> rules = Stream.concat(
                        DecisionRules.defaults().stream().map(DecisionRule::id), Stream.of("undecided"))
                .toList();

        for (RandomCall call : CALLS_TRIED) {
            CallEvidence evidence = answered(call).evidence();
            Verdict verdict = decider.decide(evidence);
            boolean isUnclear = evidence.marker().isUnclear() && verdict.rule().equals("customer-moved-on");

            assertThat(verdict.rule()).isIn(rules);
            assertThat(verdict.reason()).isNotBlank();
            assertThat(verdict.facts()).isNotEmpty();
            assertThat(verdict.endedBy().equals(Optional.of(EndedBy.UNKNOWN)))
                    .isEqualTo(verdict.rule().equals("undecided") || (isUnclear && evidence.pluginInstalled()));
        }
    }

    @Test
    void a_click_that_may_be_anothers_makes_nothing_a_lost_connection_or_a_programs_end() {
        for (RandomCall call : CALLS_TRIED) {
            CallEvidence unclear = answered(call).evidence().toBuilder()
                    .marker(Marker.unclear(Evidence.OWN))
                    .build();

            assertThat(decider.decide(unclear).endedBy())
                    .isNotIn(Optional.of(EndedBy.DISCONNECT), Optional.of(EndedBy.SYSTEM));
        }
    }

    @Test
    void every_rule_decides_some() {
        assertThat(CALLS_TRIED.stream()
                        .map(call -> decider.decide(answered(call).evidence()).rule())
                        .distinct())
                .contains("undecided")
                .containsAll(
                        DecisionRules.defaults().stream().map(DecisionRule::id).toList());
    }

    @Test
    void a_rule_that_passes_says_why() {
        for (RandomCall call : CALLS_TRIED) {
            for (DecisionRule rule : DecisionRules.defaults()) {
                Finding finding = rule.evaluate(answered(call).evidence());

                assertThat(finding).as(rule.id()).isNotNull();
                if (finding instanceof Finding.NoMatch noMatch) {
                    assertThat(noMatch.why()).as(rule.id()).isNotBlank();
                }
            }
        }
    }

    @Test
    void each_gives_the_same_verdict_a_second_time() {
        for (RandomCall call : CALLS_TRIED) {
            CallEvidence evidence = answered(call).evidence();

            assertThat(decider.decide(evidence)).isEqualTo(decider.decide(evidence));
            assertThat(decider.openQuestions(evidence)).isEqualTo(decider.openQuestions(evidence));
        }
    }

    @Test
    void no_question_is_asked_twice_and_there_are_few() {
        for (RandomCall call : CALLS_TRIED) {
            Answered answered = answered(call);

            assertThat(answered.asked()).doesNotHaveDuplicates().hasSizeLessThan(ANSWERS_AT_MOST);
            assertThat(decider.openQuestions(answered.evidence())).isEmpty();
        }
    }

    @Test
    void a_reply_that_was_not_requested_changes_nothing() {
        for (RandomCall call : CALLS_TRIED) {
            if (call.evidence().reportedEnd().isPresent()) {
                // Drawn by lot, a report that a leg has ended can contradict the leg's Call.
                continue;
            }
            CallEvidence asked = answered(call).evidence();
            CallEvidence more = asked;
            for (CallSid leg : RandomCall.LEGS) {
                more = asked.hasAsked(leg) ? more : call.answer(more, Question.callOf(leg));
            }

            assertThat(decider.decide(more).rule())
                    .isEqualTo(decider.decide(asked).rule());
            assertThat(decider.decide(more).endedBy())
                    .isEqualTo(decider.decide(asked).endedBy());
        }
    }

    @Test
    void nothing_in_a_verdict_or_in_the_evidence_shows_whose_number_it_was() {
        for (RandomCall call : CALLS_TRIED) {
            CallEvidence evidence = answered(call).evidence();

            assertThat(decider.decide(evidence).toString()).doesNotContainPattern(NUMBER);
            assertThat(evidence.facts().toString()).doesNotContainPattern(NUMBER);
            assertThat(evidence.toString()).doesNotContainPattern(NUMBER);
        }
    }

    private Answered answered(RandomCall call) {
        CallEvidence known = call.evidence();
        List<Question> asked = new ArrayList<>();
        List<Question> open = decider.openQuestions(known);
        while (!open.isEmpty() && asked.size() < ANSWERS_AT_MOST) {
            for (Question question : open) {
                asked.add(question);
                known = call.answer(known, question);
            }
            open = decider.openQuestions(known);
        }
        return new Answered(known, asked);
    }

    private record Answered(CallEvidence evidence, List<Question> asked) {}
}
