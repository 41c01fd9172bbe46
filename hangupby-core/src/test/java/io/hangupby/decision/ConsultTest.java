package io.hangupby.decision;

import static io.hangupby.decision.Evidence.AGENT;
import static io.hangupby.decision.Evidence.BROWSER;
import static io.hangupby.decision.Evidence.CUSTOMER;
import static io.hangupby.decision.Evidence.ended;
import static io.hangupby.decision.Evidence.ongoing;
import static io.hangupby.decision.Evidence.ongoingUnlisted;
import static io.hangupby.decision.RuleCases.AT_ONCE;
import static io.hangupby.decision.RuleCases.A_MOMENT;
import static io.hangupby.decision.RuleCases.EARLIER;
import static io.hangupby.decision.RuleCases.EXIT_LEFT;
import static io.hangupby.decision.RuleCases.OVER_A_SECOND;
import static io.hangupby.decision.RuleCases.check;
import static io.hangupby.decision.RuleCases.decided;

import io.hangupby.call.Transfer.Mode;
import io.hangupby.decision.RuleCases.Decided;
import io.hangupby.decision.RuleCases.Open;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConsultTest {
    private static final String RULE = "consult";

    @ParameterizedTest
    @MethodSource
    void leaving_before_the_other_agent_is_the_end_of_a_consult(Decided call) {
        check(call);
    }

    static Stream<Decided> leaving_before_the_other_agent_is_the_end_of_a_consult() {
        return Stream.of(
                decided("no click", ongoing(CUSTOMER).invited(Mode.WARM), EndedBy.CONSULT, RULE),
                decided("a click", ongoing(CUSTOMER).invited(Mode.WARM).marked(), EndedBy.CONSULT, RULE),
                decided(
                        "the transfer was called off",
                        ongoing(CUSTOMER).invitedByFailedTransfer(Mode.WARM),
                        EndedBy.CONSULT,
                        RULE),
                decided(
                        "the other agent left a moment later",
                        ongoing(CUSTOMER).invitedByAgentWhoLeft(Mode.WARM, A_MOMENT),
                        EndedBy.CONSULT,
                        RULE),
                decided(
                        "the customer ended it later",
                        ended(EXIT_LEFT, CUSTOMER).after(OVER_A_SECOND).invited(Mode.WARM),
                        EndedBy.CONSULT,
                        RULE));
    }

    @ParameterizedTest
    @MethodSource
    void it_is_none_once_the_other_agent_or_the_customer_had_left(Decided call) {
        check(call);
    }

    static Stream<Decided> it_is_none_once_the_other_agent_or_the_customer_had_left() {
        return Stream.of(
                decided("by a cold transfer", ongoing(CUSTOMER).invited(Mode.COLD), EndedBy.DISCONNECT, "agent-left"),
                decided(
                        "the other agent had gone",
                        ended(EXIT_LEFT, AGENT)
                                .invitedByAgentWhoLeft(Mode.WARM, EARLIER)
                                .goesTo(AGENT, BROWSER)
                                .marked(),
                        EndedBy.AGENT,
                        "agent-left"),
                decided(
                        "the other agent had gone, and the customer hung up",
                        ended(EXIT_LEFT, CUSTOMER)
                                .invitedByAgentWhoLeft(Mode.WARM, EARLIER)
                                .customersCallEnded(AT_ONCE),
                        EndedBy.CUSTOMER,
                        "customer-left"),
                decided(
                        "the customer hung up on both",
                        ended(EXIT_LEFT, CUSTOMER).invited(Mode.WARM).customersCallEnded(AT_ONCE),
                        EndedBy.CUSTOMER,
                        "customer-left"));
    }

    @ParameterizedTest
    @MethodSource
    void who_is_in_is_asked_for(Open call) {
        check(call);
    }

    static Stream<Open> who_is_in_is_asked_for() {
        return Stream.of(
                new Open("it goes on", ongoingUnlisted().invited(Mode.WARM), Question.participantsIn(Evidence.ROOM)));
    }
}
