package io.hangupby.decision;

import static io.hangupby.call.Conference.EndReason.CONFERENCE_ENDED_VIA_API;
import static io.hangupby.call.Conference.EndReason.LAST_PARTICIPANT_LEFT;
import static io.hangupby.call.ParticipantLeft.Reason.MODERATOR_ENDED_CONFERENCE;
import static io.hangupby.call.ParticipantLeft.Reason.PARTICIPANT_HUNG_UP;
import static io.hangupby.call.ParticipantLeft.Reason.PARTICIPANT_UPDATED_VIA_API;
import static io.hangupby.decision.Evidence.AGENT;
import static io.hangupby.decision.Evidence.CUSTOMER;
import static io.hangupby.decision.Evidence.STRANGER;
import static io.hangupby.decision.Evidence.TELEPHONE;
import static io.hangupby.decision.Evidence.ended;
import static io.hangupby.decision.Evidence.endedSilently;
import static io.hangupby.decision.Evidence.ongoing;
import static io.hangupby.decision.Evidence.ongoingUnlisted;
import static io.hangupby.decision.RuleCases.AT_ONCE;
import static io.hangupby.decision.RuleCases.A_SECOND;
import static io.hangupby.decision.RuleCases.EXIT_KICKED;
import static io.hangupby.decision.RuleCases.EXIT_LEFT;
import static io.hangupby.decision.RuleCases.OVER_A_SECOND;
import static io.hangupby.decision.RuleCases.asksAgain;
import static io.hangupby.decision.RuleCases.check;
import static io.hangupby.decision.RuleCases.checkAlone;
import static io.hangupby.decision.RuleCases.decided;
import static io.hangupby.decision.RuleCases.needs;
import static io.hangupby.decision.RuleCases.undecided;
import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.Call;
import io.hangupby.call.Participant;
import io.hangupby.decision.RuleCases.Decided;
import io.hangupby.decision.RuleCases.Open;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CustomerMovedOnTest {
    private static final String RULE = "customer-moved-on";

    @ParameterizedTest
    @MethodSource
    void the_customers_call_is_asked_for(Open call) {
        checkAlone(RULE, call);
    }

    static Stream<Open> the_customers_call_is_asked_for() {
        return Stream.of(
                needs("the customer's leg ended it", ended(EXIT_LEFT, CUSTOMER), CUSTOMER),
                needs("though the agent clicked", ended(EXIT_LEFT, CUSTOMER).marked(), CUSTOMER),
                needs("though there is no plugin", ended(EXIT_LEFT, CUSTOMER).withoutPlugin(), CUSTOMER),
                needs("the agent was last", ended(LAST_PARTICIPANT_LEFT, AGENT), CUSTOMER),
                needs("the agent is alone", ongoing(AGENT), CUSTOMER),
                needs("nobody is in any more", ongoing(), CUSTOMER),
                needs(
                        "the customer's leg is not connected",
                        ongoing(AGENT).with(new Participant(CUSTOMER, false, true)),
                        CUSTOMER),
                needs("it ended a second later", ended(EXIT_LEFT, CUSTOMER).after(A_SECOND), CUSTOMER),
                needs("unknown when it ended", ended(EXIT_LEFT, CUSTOMER).undated(), CUSTOMER),
                needs(
                        "callbacks say that the customer was taken out, and it goes on",
                        ongoingUnlisted().leaves(CUSTOMER, PARTICIPANT_UPDATED_VIA_API),
                        CUSTOMER));
    }

    @ParameterizedTest
    @MethodSource
    void who_left_first_and_who_is_in_are_asked_before(Open call) {
        checkAlone(RULE, call);
    }

    static Stream<Open> who_left_first_and_who_is_in_are_asked_before() {
        return Stream.of(
                needs(
                        "an unknown leg ended it, and callbacks say that the customer hung up",
                        ended(EXIT_LEFT, STRANGER).leaves(CUSTOMER, PARTICIPANT_HUNG_UP),
                        STRANGER),
                new Open("it goes on", ongoingUnlisted(), Question.participantsIn(Evidence.ROOM)));
    }

    @ParameterizedTest
    @MethodSource
    void an_open_call_is_read_again(Open call) {
        checkAlone(RULE, call);
    }

    static Stream<Open> an_open_call_is_read_again() {
        return Stream.of(
                asksAgain("the customer's leg ended it", open(ended(EXIT_LEFT, CUSTOMER)), CUSTOMER),
                asksAgain("outbound", open(ended(EXIT_LEFT, CUSTOMER).outbound()), CUSTOMER),
                asksAgain("the agent was last", open(ended(LAST_PARTICIPANT_LEFT, AGENT)), CUSTOMER),
                asksAgain("the agent is alone", open(ongoing(AGENT)), CUSTOMER),
                asksAgain("a click", open(ended(EXIT_LEFT, CUSTOMER).marked()), CUSTOMER),
                asksAgain("callbacks say that the customer was taken out", open(takenOut(AT_ONCE)), CUSTOMER),
                asksAgain("an outside party ended it", open(byOutsideParty()), CUSTOMER));
    }

    @ParameterizedTest
    @MethodSource
    void the_child_calls_are_asked_for_where_another_party_ended_it_and_the_call_goes_on(Open call) {
        checkAlone(RULE, call);
    }

    static Stream<Open> the_child_calls_are_asked_for_where_another_party_ended_it_and_the_call_goes_on() {
        Question childCalls = Question.childrenOf(CUSTOMER);
        return Stream.of(
                new Open("an outside party", byOutsideParty().customersCall(Call.Status.IN_PROGRESS), childCalls),
                new Open("the agent", ended(EXIT_LEFT, AGENT).customersCall(Call.Status.IN_PROGRESS), childCalls));
    }

    private static Evidence byOutsideParty() {
        return ended(EXIT_LEFT, STRANGER).goesTo(STRANGER, TELEPHONE);
    }

    /** Callbacks say that the customer's leg was removed or moved, so long after the agent's leg went. */
    private static Evidence takenOut(Duration sinceLeft) {
        return ended(EXIT_LEFT, CUSTOMER)
                .leaves(CUSTOMER, PARTICIPANT_UPDATED_VIA_API, sinceLeft)
                .leaves(AGENT, MODERATOR_ENDED_CONFERENCE);
    }

    private static Evidence open(Evidence evidence) {
        return evidence.customersCall(Call.Status.IN_PROGRESS).customerSentNowhere();
    }

    private static Evidence stillOpen(Evidence evidence) {
        return evidence.customersCallAgain(Call.Status.IN_PROGRESS).customerSentNowhere();
    }

    @ParameterizedTest
    @MethodSource
    void it_was_the_agent_only_where_a_click_can_be_behind_it(Decided call) {
        check(call);
    }

    static Stream<Decided> it_was_the_agent_only_where_a_click_can_be_behind_it() {
        Duration over2Seconds = Duration.ofMillis(2001);
        return Stream.of(
                decided("no click", stillOpen(ended(EXIT_LEFT, CUSTOMER)), EndedBy.SYSTEM, RULE),
                decided("a click", stillOpen(ended(EXIT_LEFT, CUSTOMER).marked()), EndedBy.AGENT, RULE),
                decided("a bare click", stillOpen(ended(EXIT_LEFT, CUSTOMER).markedBarely()), EndedBy.AGENT, RULE),
                decided(
                        "another agent's click",
                        stillOpen(ended(EXIT_LEFT, CUSTOMER).markedForAnother()),
                        EndedBy.SYSTEM,
                        RULE),
                decided(
                        "this agent's click or another's",
                        stillOpen(ended(EXIT_LEFT, CUSTOMER).markedByThisAgentOrAnother()),
                        EndedBy.UNKNOWN,
                        RULE),
                decided("no plugin", stillOpen(ended(EXIT_LEFT, CUSTOMER).withoutPlugin()), EndedBy.AGENT, RULE),
                decided(
                        "a desk phone is no click",
                        stillOpen(ended(EXIT_LEFT, CUSTOMER).on(TELEPHONE)),
                        EndedBy.SYSTEM,
                        RULE),
                decided(
                        "the agent stayed behind",
                        stillOpen(ended(LAST_PARTICIPANT_LEFT, AGENT)),
                        EndedBy.SYSTEM,
                        RULE),
                decided("the agent is alone", stillOpen(ongoing(AGENT)), EndedBy.SYSTEM, RULE),
                decided("the agent is alone, a click", stillOpen(ongoing(AGENT).marked()), EndedBy.AGENT, RULE),
                decided("outbound", stillOpen(ended(EXIT_LEFT, CUSTOMER).outbound()), EndedBy.SYSTEM, RULE),
                decided(
                        "the survey is over by now",
                        ended(EXIT_LEFT, CUSTOMER)
                                .customersCallEnded(over2Seconds)
                                .customerSentNowhere(),
                        EndedBy.SYSTEM,
                        RULE),
                decided(
                        "the survey is over by now, a click",
                        ended(EXIT_LEFT, CUSTOMER)
                                .customersCallEnded(over2Seconds)
                                .customerSentNowhere()
                                .marked(),
                        EndedBy.AGENT,
                        RULE),
                decided(
                        "the survey is over by now, and the conference had ended within the second",
                        ended(EXIT_LEFT, CUSTOMER)
                                .after(A_SECOND)
                                .customersCallEnded(A_SECOND.plus(over2Seconds))
                                .customerSentNowhere(),
                        EndedBy.SYSTEM,
                        RULE),
                decided(
                        "the survey is over by now, and the leg had left before the conference ended",
                        takenOut(A_SECOND.negated())
                                .customersCallEnded(over2Seconds.minus(A_SECOND))
                                .customerSentNowhere(),
                        EndedBy.SYSTEM,
                        RULE),
                decided(
                        "callbacks say that the customer was taken out, a click",
                        open(takenOut(AT_ONCE)).marked(),
                        EndedBy.AGENT,
                        RULE),
                decided(
                        "a callback says that the customer left, and not why",
                        stillOpen(ended(EXIT_LEFT, CUSTOMER)
                                .leavesForUnknownReason(CUSTOMER)
                                .leaves(AGENT, MODERATOR_ENDED_CONFERENCE)),
                        EndedBy.SYSTEM,
                        RULE),
                decided("an outside party ended it", stillOpen(byOutsideParty()), EndedBy.SYSTEM, RULE));
    }

    @ParameterizedTest
    @MethodSource
    void it_was_the_customer_where_the_call_did_not_go_on(Decided call) {
        check(call);
    }

    static Stream<Decided> it_was_the_customer_where_the_call_did_not_go_on() {
        Duration twoSeconds = Duration.ofSeconds(2);
        return Stream.of(
                left("ended with the conference", ended(EXIT_LEFT, CUSTOMER).customersCallEnded(AT_ONCE)),
                left("ended 2 seconds after it", ended(EXIT_LEFT, CUSTOMER).customersCallEnded(twoSeconds)),
                left(
                        "ended 2 seconds after it, itself a second late",
                        ended(EXIT_LEFT, CUSTOMER).after(A_SECOND).customersCallEnded(twoSeconds.plus(A_SECOND))),
                left("ended at an unknown moment", ended(EXIT_LEFT, CUSTOMER).customersCall(Call.Status.COMPLETED)),
                left(
                        "ended long after an unknown moment",
                        ended(EXIT_LEFT, CUSTOMER).undated().customersCallEnded(Duration.ofMinutes(5))),
                left("is not there", ended(EXIT_LEFT, CUSTOMER).notThere(CUSTOMER)),
                left(
                        "was open, and then was not",
                        ended(EXIT_LEFT, CUSTOMER).customersCallAgain(Call.Status.COMPLETED)));
    }

    private static Decided left(String name, Evidence evidence) {
        return decided(name, evidence, EndedBy.CUSTOMER, "customer-left");
    }

    @Test
    void a_rule_that_does_not_match_says_whether_the_call_ended_or_the_customer_was_in() {
        assertThat(whyNot(RULE, ended(EXIT_LEFT, CUSTOMER)))
                .isEqualTo("the customer's call did not continue without the agent");
        assertThat(whyNot(RULE, ongoing(CUSTOMER)))
                .isEqualTo("the customer's leg is not known to have been moved before the agent's leg left");
    }

    private static String whyNot(String rule, Evidence call) {
        return RuleCases.DECIDER.evaluate(call.withPlainCalls().build()).trace().stream()
                .filter(tried -> tried.rule().equals(rule))
                .map(RuleTrace::finding)
                .map(Finding.NoMatch.class::cast)
                .map(Finding.NoMatch::why)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource
    void a_call_that_goes_on_is_not_moved_if_the_customer_was_in_until_the_agent_left(Decided call) {
        check(call);
    }

    static Stream<Decided> a_call_that_goes_on_is_not_moved_if_the_customer_was_in_until_the_agent_left() {
        return Stream.of(
                decided("the agent ended it", stillOpen(ended(EXIT_LEFT, AGENT)), EndedBy.DISCONNECT, "agent-left"),
                decided(
                        "the customer was last",
                        stillOpen(ended(LAST_PARTICIPANT_LEFT, CUSTOMER)),
                        EndedBy.DISCONNECT,
                        "agent-left"),
                decided(
                        "the customer was removed",
                        stillOpen(ended(EXIT_KICKED, CUSTOMER)),
                        EndedBy.AGENT,
                        "customer-removed"),
                decided(
                        "a program ended it",
                        stillOpen(ended(CONFERENCE_ENDED_VIA_API)),
                        EndedBy.SYSTEM,
                        "ended-by-api"),
                decided("the customer is still in", stillOpen(ongoing(CUSTOMER)), EndedBy.DISCONNECT, "agent-left"),
                decided(
                        "callbacks say that the customer hung up",
                        stillOpen(ended(EXIT_LEFT, CUSTOMER)
                                .leaves(CUSTOMER, PARTICIPANT_HUNG_UP)
                                .leaves(AGENT, MODERATOR_ENDED_CONFERENCE)),
                        EndedBy.CUSTOMER,
                        "customer-left"),
                decided(
                        "callbacks say that the customer left when an outside party ended it",
                        stillOpen(byOutsideParty()
                                .leaves(STRANGER, PARTICIPANT_HUNG_UP)
                                .leaves(CUSTOMER, MODERATOR_ENDED_CONFERENCE)
                                .leaves(AGENT, MODERATOR_ENDED_CONFERENCE)),
                        EndedBy.EXTERNAL,
                        "external-left"),
                decided(
                        "an outside party ended it, and the call was over then",
                        byOutsideParty().customersCallEnded(Duration.ofMinutes(1)),
                        EndedBy.EXTERNAL,
                        "external-left"),
                undecided(
                        "an outside party ended it later",
                        stillOpen(byOutsideParty().after(OVER_A_SECOND))));
    }

    @ParameterizedTest
    @MethodSource
    void the_customers_call_is_not_requested_if_the_end_is_sufficient(Decided call) {
        check(call);
    }

    static Stream<Decided> the_customers_call_is_not_requested_if_the_end_is_sufficient() {
        return Stream.of(
                decided("the agent's leg", ended(EXIT_LEFT, AGENT), EndedBy.DISCONNECT, "agent-left"),
                decided("the customer last", ended(LAST_PARTICIPANT_LEFT, CUSTOMER), EndedBy.DISCONNECT, "agent-left"),
                decided("the customer removed", ended(EXIT_KICKED, CUSTOMER), EndedBy.AGENT, "customer-removed"),
                decided("the agent removed", ended(EXIT_KICKED, AGENT), EndedBy.AGENT, "agent-removed"),
                decided("by the API", ended(CONFERENCE_ENDED_VIA_API), EndedBy.SYSTEM, "ended-by-api"),
                decided("the customer is still in", ongoing(CUSTOMER), EndedBy.DISCONNECT, "agent-left"),
                undecided("the customer, but later", ended(EXIT_LEFT, CUSTOMER).after(OVER_A_SECOND)),
                undecided("nothing is said", endedSilently()));
    }
}
