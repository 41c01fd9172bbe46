package io.hangupby.decision;

import static io.hangupby.call.Conference.EndReason.LAST_PARTICIPANT_KICKED;
import static io.hangupby.decision.Evidence.CUSTOMER;
import static io.hangupby.decision.Evidence.STRANGER;
import static io.hangupby.decision.Evidence.TELEPHONE;
import static io.hangupby.decision.Evidence.ended;
import static io.hangupby.decision.RuleCases.AT_ONCE;
import static io.hangupby.decision.RuleCases.A_SECOND;
import static io.hangupby.decision.RuleCases.EXIT_KICKED;
import static io.hangupby.decision.RuleCases.OVER_A_SECOND;
import static io.hangupby.decision.RuleCases.check;
import static io.hangupby.decision.RuleCases.decided;
import static io.hangupby.decision.RuleCases.undecided;

import io.hangupby.decision.RuleCases.Decided;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CustomerRemovedTest {
    private static final String RULE = "customer-removed";

    @ParameterizedTest
    @MethodSource
    void it_was_the_agent_click_or_not(Decided call) {
        check(call);
    }

    static Stream<Decided> it_was_the_agent_click_or_not() {
        return Stream.of(
                decided("flagged leg", ended(EXIT_KICKED, CUSTOMER), EndedBy.AGENT, RULE),
                decided("last leg", ended(LAST_PARTICIPANT_KICKED, CUSTOMER), EndedBy.AGENT, RULE),
                decided("a click", ended(EXIT_KICKED, CUSTOMER).marked(), EndedBy.AGENT, RULE),
                decided("no plugin", ended(EXIT_KICKED, CUSTOMER).withoutPlugin(), EndedBy.AGENT, RULE),
                decided("a second later", ended(EXIT_KICKED, CUSTOMER).after(A_SECOND), EndedBy.AGENT, RULE),
                decided(
                        "outbound, its call completed",
                        ended(EXIT_KICKED, CUSTOMER).outbound().customersCallEnded(AT_ONCE),
                        EndedBy.AGENT,
                        RULE));
    }

    @ParameterizedTest
    @MethodSource
    void a_removal_of_another_time_or_leg_is_none(Decided call) {
        check(call);
    }

    static Stream<Decided> a_removal_of_another_time_or_leg_is_none() {
        return Stream.of(
                undecided(
                        "more than a second later", ended(EXIT_KICKED, CUSTOMER).after(OVER_A_SECOND)),
                undecided("unknown whose leg", ended(EXIT_KICKED)),
                undecided("a stranger's leg", ended(EXIT_KICKED, STRANGER).goesTo(STRANGER, TELEPHONE)));
    }
}
