package io.hangupby.decision;

import static io.hangupby.decision.Evidence.CUSTOMER;
import static io.hangupby.decision.Evidence.LEFT;
import static io.hangupby.decision.Evidence.OWN;
import static io.hangupby.decision.Evidence.ROOM;
import static io.hangupby.decision.Evidence.TASK;
import static io.hangupby.decision.Evidence.TELEPHONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.hangupby.call.Address;
import io.hangupby.call.Segment;
import io.hangupby.call.WorkerSid;
import io.hangupby.decision.Fact.Source;
import io.hangupby.decision.WriteResult.Status;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ExplanationTest {
    private static final WorkerSid WORKER = new WorkerSid("WK" + "a".repeat(32));
    private static final Segment SEGMENT =
            new Segment(TASK, OWN, Optional.of(WORKER), Optional.of(TELEPHONE), Optional.empty(), LEFT, false);
    private static final Fact DECISIVE = new Fact(Source.CONFERENCE, "it ended");
    private static final Fact FURTHER = new Fact(Source.TASK, "it was a Monday");
    private static final WriteResult WRITTEN = new WriteResult(Status.WRITTEN, "written");

    private static Verdict verdict(Optional<EndedBy> endedBy, Optional<Address> destination, Fact... facts) {
        return new Verdict(endedBy, "mine", "so it was", destination, List.of(facts), true, false);
    }

    private static SegmentExplanation says(String statement) {
        return new SegmentExplanation(
                SEGMENT,
                List.of(new Fact(Source.CALL, statement)),
                List.of(new RuleTrace("first", Finding.noMatch(statement))),
                new Verdict(Optional.of(EndedBy.AGENT), "mine", statement, List.of()),
                Optional.of(new WriteResult(Status.INVALID_ATTRIBUTES, statement)));
    }

    @Test
    void has_for_each_agent_the_verdict_then_the_facts_then_the_rules() {
        SegmentExplanation explained = new SegmentExplanation(
                SEGMENT,
                List.of(DECISIVE, FURTHER),
                List.of(
                        new RuleTrace("first", Finding.noMatch("not so")),
                        new RuleTrace("mine", Finding.matches(EndedBy.COLD_TRANSFER, "so it was", DECISIVE))),
                verdict(Optional.of(EndedBy.COLD_TRANSFER), Optional.empty(), DECISIVE),
                Optional.of(WRITTEN));

        assertThat(new Explanation(TASK, List.of(explained, explained), Optional.of("And so on.")))
                .hasToString("""
                        Task %s

                        %s

                        %s

                        And so on.""".formatted(TASK, explained, explained));
        assertThat(explained).hasToString("""
                        Agent %s, reservation %s, left at 2026-09-21 14:15:16.700 UTC
                          Ended by: cold transfer, because so it was (rule mine)
                          In the task: written
                          Decisive facts:
                            Twilio's conference: it ended
                          Other facts:
                            the task's attributes: it was a Monday
                          Rules, in the order of evaluation (docs/rules.md has each under its id):
                             1. first: does not match, not so
                             2. mine: matches, so it was""".formatted(WORKER, OWN));
    }

    @Test
    void says_where_there_was_nothing_to_end_and_nothing_is_known() {
        Segment nobodys = new Segment(TASK, OWN, Optional.empty(), Optional.empty(), Optional.empty(), LEFT, true);

        assertThat(new SegmentExplanation(
                        nobodys, List.of(), List.of(), verdict(Optional.empty(), Optional.empty()), Optional.empty()))
                .hasToString("""
                        An agent, reservation %s, left at 2026-09-21 14:15:16.700 UTC
                          Ended by: none, because so it was (rule mine)
                          Decided for this explanation only; nothing was written, because no verdict is stored yet
                          No rule was evaluated.""".formatted(OWN));
    }

    @ParameterizedTest
    @MethodSource
    void names_the_question_that_a_rule_was_left_with(Question question, String words) {
        assertThat(new RuleTrace("asks", Finding.needs(question))).hasToString("asks: needs to know " + words);
    }

    static Stream<Arguments> names_the_question_that_a_rule_was_left_with() {
        return Stream.of(
                arguments(Question.callOf(CUSTOMER), "what became of call " + CUSTOMER),
                arguments(Question.callStillOpen(CUSTOMER), "whether call " + CUSTOMER + " is still open"),
                arguments(Question.childrenOf(CUSTOMER), "where call " + CUSTOMER + " was sent to"),
                arguments(Question.participantsIn(ROOM), "who is in conference " + ROOM));
    }

    @Test
    void every_source_has_a_name_of_its_own() {
        assertThat(Arrays.stream(Source.values())
                        .map(source -> new SegmentExplanation(
                                        SEGMENT,
                                        List.of(new Fact(source, "so")),
                                        List.of(),
                                        verdict(Optional.empty(), Optional.empty()),
                                        Optional.empty())
                                .toString()))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        "dialled +15005550001 twice, dialled +*********01 twice",
        "dialled +1 (500) 555-0001, dialled +* (***) ***-**01",
        "sip:+15005550001@example.com, sip:+*********01@example.com",
        "from 5005550001, from ********01",
        "at 2026-09-21 14:15:16.700 UTC, at 2026-09-21 14:15:16.700 UTC",
        "call CA12345678901234567890123456789012, call CA12345678901234567890123456789012",
        "1 of 12 legs, 1 of 12 legs"
    })
    void a_number_shows_its_last_two_digits_only(String statement, String shown) {
        String text = says(statement).toString();

        assertThat(text)
                .contains("because " + shown + " (rule")
                .contains("In the task: " + shown)
                .contains("Twilio's calls: " + shown)
                .contains("first: does not match, " + shown);
        if (!statement.equals(shown)) {
            assertThat(text).doesNotContain(statement);
        }
    }

    @Test
    void the_destination_shows_in_full_and_the_agents_device_does_not() {
        Address destination = new Address("+15005550006");
        SegmentExplanation explained = new SegmentExplanation(
                SEGMENT,
                List.of(),
                List.of(),
                verdict(Optional.of(EndedBy.EXTERNAL_COLD_TRANSFER), Optional.of(destination)),
                Optional.of(WRITTEN));

        assertThat(explained.toString())
                .contains("Ended by: external cold transfer, to +15005550006, because")
                .doesNotContain(TELEPHONE.value());
    }
}
