package io.hangupby.decision;

import static io.hangupby.call.Conference.EndReason.CONFERENCE_ENDED_VIA_API;
import static io.hangupby.decision.Evidence.AGENT;
import static io.hangupby.decision.Evidence.BROWSER;
import static io.hangupby.decision.Evidence.CUSTOMER;
import static io.hangupby.decision.Evidence.STRANGER;
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
import static io.hangupby.decision.RuleCases.needs;
import static io.hangupby.decision.RuleCases.undecided;

import io.hangupby.call.Transfer.Mode;
import io.hangupby.decision.RuleCases.Decided;
import io.hangupby.decision.RuleCases.Open;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WarmTransferTest {
    private static final String RULE = "warm-transfer";

    @ParameterizedTest
    @MethodSource
    void leaving_the_customer_with_the_other_agent_is_a_warm_transfer(Decided call) {
        check(call);
    }

    static Stream<Decided> leaving_the_customer_with_the_other_agent_is_a_warm_transfer() {
        return Stream.of(
                decided("no click", ongoing(CUSTOMER).otherAgentJoins(Mode.WARM, EARLIER), EndedBy.WARM_TRANSFER, RULE),
                decided(
                        "a click",
                        ongoing(CUSTOMER).otherAgentJoins(Mode.WARM, EARLIER).marked(),
                        EndedBy.WARM_TRANSFER,
                        RULE),
                decided(
                        "a leg for the other agent",
                        ongoing(CUSTOMER, STRANGER).otherAgentJoins(Mode.WARM, EARLIER),
                        EndedBy.WARM_TRANSFER,
                        RULE),
                decided(
                        "the other agent left a moment later",
                        ongoing(CUSTOMER).otherAgentJoinsAndLeaves(Mode.WARM, A_MOMENT),
                        EndedBy.WARM_TRANSFER,
                        RULE),
                decided(
                        "the customer ended it later",
                        ended(EXIT_LEFT, CUSTOMER).after(OVER_A_SECOND).otherAgentJoins(Mode.WARM, EARLIER),
                        EndedBy.WARM_TRANSFER,
                        RULE),
                decided(
                        "a program ended it later",
                        ended(CONFERENCE_ENDED_VIA_API).after(OVER_A_SECOND).otherAgentJoins(Mode.WARM, EARLIER),
                        EndedBy.WARM_TRANSFER,
                        RULE));
    }

    @ParameterizedTest
    @MethodSource
    void it_is_none_where_the_two_were_not_left_together(Decided call) {
        check(call);
    }

    static Stream<Decided> it_is_none_where_the_two_were_not_left_together() {
        return Stream.of(
                undecided("the other agent joined only later", ongoing(CUSTOMER).otherAgentJoins(Mode.WARM, A_MOMENT)),
                undecided("nobody joined", ongoing(CUSTOMER).startsTransfer(Mode.WARM)),
                decided(
                        "the agent ended it for both",
                        ended(EXIT_LEFT, AGENT)
                                .otherAgentJoins(Mode.WARM, EARLIER)
                                .goesTo(AGENT, BROWSER),
                        EndedBy.DISCONNECT,
                        "agent-left"),
                decided(
                        "the agent ended it for both, a click",
                        ended(EXIT_LEFT, AGENT)
                                .otherAgentJoins(Mode.WARM, EARLIER)
                                .goesTo(AGENT, BROWSER)
                                .marked(),
                        EndedBy.AGENT,
                        "agent-left"),
                decided(
                        "the agent ended it for both, and it reads as later",
                        ended(EXIT_LEFT, AGENT)
                                .after(OVER_A_SECOND)
                                .otherAgentJoins(Mode.WARM, EARLIER)
                                .goesTo(AGENT, BROWSER),
                        EndedBy.DISCONNECT,
                        "agent-left"),
                decided(
                        "the other agent had left again",
                        ended(EXIT_LEFT, AGENT)
                                .otherAgentJoinsAndLeaves(Mode.WARM, EARLIER)
                                .goesTo(AGENT, BROWSER),
                        EndedBy.DISCONNECT,
                        "agent-left"),
                decided(
                        "the customer hung up",
                        ended(EXIT_LEFT, CUSTOMER)
                                .otherAgentJoins(Mode.WARM, EARLIER)
                                .customersCallEnded(AT_ONCE),
                        EndedBy.CUSTOMER,
                        "customer-left"),
                decided(
                        "the customer is not in any more",
                        ongoing(STRANGER).otherAgentJoins(Mode.WARM, EARLIER).customersCallEnded(AT_ONCE),
                        EndedBy.CUSTOMER,
                        "customer-left"));
    }

    @ParameterizedTest
    @MethodSource
    void who_is_in_or_ended_it_is_asked_for(Open call) {
        check(call);
    }

    static Stream<Open> who_is_in_or_ended_it_is_asked_for() {
        return Stream.of(
                new Open(
                        "it goes on",
                        ongoingUnlisted().otherAgentJoins(Mode.WARM, EARLIER),
                        Question.participantsIn(Evidence.ROOM)),
                needs("it ended", ended(EXIT_LEFT, AGENT).otherAgentJoins(Mode.WARM, EARLIER), AGENT));
    }
}
