package io.hangupby.decision;

import static io.hangupby.decision.Evidence.AGENT;
import static io.hangupby.decision.Evidence.BROWSER;
import static io.hangupby.decision.Evidence.CHILD;
import static io.hangupby.decision.Evidence.CUSTOMER;
import static io.hangupby.decision.Evidence.LEFT;
import static io.hangupby.decision.Evidence.TELEPHONE;
import static io.hangupby.decision.Evidence.ended;
import static io.hangupby.decision.Evidence.withoutConference;
import static io.hangupby.decision.RuleCases.AT_ONCE;
import static io.hangupby.decision.RuleCases.EXIT_LEFT;
import static io.hangupby.decision.RuleCases.OTHER_BROWSER;
import static io.hangupby.decision.RuleCases.asksAgain;
import static io.hangupby.decision.RuleCases.check;
import static io.hangupby.decision.RuleCases.checkAlone;
import static io.hangupby.decision.RuleCases.decided;
import static io.hangupby.decision.RuleCases.needs;
import static io.hangupby.decision.RuleCases.undecided;
import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.Address;
import io.hangupby.call.Call;
import io.hangupby.decision.RuleCases.Decided;
import io.hangupby.decision.RuleCases.Open;
import io.hangupby.decision.rules.DecisionRules;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A call without a conference: TaskRouter connected the customer's Call with the agent's leg, which is its child call. */
class DequeuedCallTest {
    private static final Duration CLEARLY_BEFORE = Duration.ofSeconds(-2);
    private static final Duration HARDLY_BEFORE = Duration.ofMillis(-1999);

    @ParameterizedTest
    @MethodSource
    void the_call_that_ended_clearly_before_the_other_decides(Decided call) {
        check(call);
    }

    static Stream<Decided> the_call_that_ended_clearly_before_the_other_decides() {
        return Stream.of(
                customersEndedFirst("the customer's", dequeued(CLEARLY_BEFORE, AT_ONCE)),
                agentsEndedFirst("the agent's", dequeued(AT_ONCE, CLEARLY_BEFORE)),
                agentsEndedFirst(
                        "the agent's, and the customer's goes on",
                        withoutConference()
                                .customersCallAgain(Call.Status.IN_PROGRESS)
                                .customerSent(child(BROWSER, AT_ONCE))),
                undecided("neither, the customer's a little earlier", dequeued(HARDLY_BEFORE, AT_ONCE)),
                undecided("neither, the agent's a little earlier", dequeued(AT_ONCE, HARDLY_BEFORE)),
                undecided(
                        "unknown when the customer's ended",
                        withoutConference().customersCall(Call.Status.COMPLETED).customerSent(child(BROWSER, AT_ONCE))),
                undecided(
                        "unknown when the agent's ended",
                        withoutConference()
                                .customersCallAgain(Call.Status.IN_PROGRESS)
                                .customerSentTo(BROWSER)),
                decided(
                        "neither, and the agent clicked",
                        dequeued(HARDLY_BEFORE, AT_ONCE).marked(),
                        EndedBy.AGENT,
                        "agent-left"),
                decided(
                        "the customer's, and the agent clicked",
                        dequeued(CLEARLY_BEFORE, AT_ONCE).marked(),
                        EndedBy.AGENT,
                        "agent-left"),
                decided(
                        "the agent's, without a plugin",
                        dequeued(AT_ONCE, CLEARLY_BEFORE).withoutPlugin(),
                        EndedBy.AGENT,
                        "agent-left"));
    }

    private static Decided customersEndedFirst(String name, Evidence call) {
        return decided(name, call, EndedBy.CUSTOMER, "customer-left");
    }

    private static Decided agentsEndedFirst(String name, Evidence call) {
        return decided(name, call, EndedBy.DISCONNECT, "agent-left");
    }

    private static Evidence dequeued(Duration customersEnd, Duration agentsEnd) {
        return withoutConference().customersCallEnded(customersEnd).customerSent(child(BROWSER, agentsEnd));
    }

    private static Call child(Address to, Duration sinceLeft) {
        return new Call(CHILD, Call.Status.COMPLETED, Optional.of(to), Optional.of(LEFT.plus(sinceLeft)));
    }

    @ParameterizedTest
    @MethodSource
    void the_agents_leg_is_the_only_child_call_or_the_last_to_the_agents_device(Decided call) {
        check(call);
    }

    static Stream<Decided> the_agents_leg_is_the_only_child_call_or_the_last_to_the_agents_device() {
        Call early = child(BROWSER, CLEARLY_BEFORE);
        Call late = child(BROWSER, AT_ONCE);
        Call anothers = child(OTHER_BROWSER, AT_ONCE);
        return Stream.of(
                agentsEndedFirst("only one, to another device", twoSecondsAfter(child(OTHER_BROWSER, CLEARLY_BEFORE))),
                agentsEndedFirst("one of two, the first", twoSecondsAfter(early, anothers)),
                agentsEndedFirst("one of two, the last", twoSecondsAfter(anothers, early)),
                undecided("both of two, and the last ended late", twoSecondsAfter(early, late)),
                agentsEndedFirst("both of two, and the last ended early", twoSecondsAfter(late, early)),
                undecided("none of two", twoSecondsAfter(child(OTHER_BROWSER, CLEARLY_BEFORE), anothers)),
                undecided(
                        "one of two, and the agent's device is not known",
                        twoSecondsAfter(early, anothers).onUnknownDevice()));
    }

    private static Evidence twoSecondsAfter(Call... children) {
        Evidence evidence = withoutConference().customersCallEnded(AT_ONCE);
        for (Call child : children) {
            evidence = evidence.customerSent(child);
        }
        return evidence;
    }

    @ParameterizedTest
    @MethodSource
    void an_agent_on_a_telephone_left_on_purpose(Decided call) {
        check(call);
    }

    static Stream<Decided> an_agent_on_a_telephone_left_on_purpose() {
        return Stream.of(
                decided(
                        "the child call went there",
                        twoSecondsAfter(child(TELEPHONE, CLEARLY_BEFORE)),
                        EndedBy.AGENT,
                        "agent-left"),
                decided(
                        "not where a child call says so of a call with a conference",
                        ended(EXIT_LEFT, AGENT).customerSent(child(TELEPHONE, AT_ONCE)),
                        EndedBy.DISCONNECT,
                        "agent-left"));
    }

    @ParameterizedTest
    @MethodSource
    void both_calls_are_asked_for(Open call) {
        checkAlone("customer-left", call);
        checkAlone("agent-left", call);
    }

    static Stream<Open> both_calls_are_asked_for() {
        return Stream.of(
                needs("the customer's", withoutConference(), CUSTOMER),
                new Open(
                        "its child calls",
                        withoutConference().customersCallEnded(AT_ONCE),
                        Question.childrenOf(CUSTOMER)),
                asksAgain(
                        "the customer's again, while it goes on",
                        withoutConference()
                                .customersCall(Call.Status.IN_PROGRESS)
                                .customerSent(child(BROWSER, AT_ONCE)),
                        CUSTOMER));
    }

    @Test
    void without_a_customers_leg_nothing_is_asked_or_decided() {
        List<DecisionRule> rules = DecisionRules.defaults().stream()
                .filter(rule -> !rule.id().equals("not-a-customer-call"))
                .toList();

        Evaluation evaluation = DecisionRules.decider(rules)
                .evaluate(withoutConference().withoutCustomer().build());

        assertThat(evaluation.verdict().rule()).isEqualTo("undecided");
        assertThat(evaluation.openQuestions()).isEmpty();
    }
}
