package io.hangupby.decision;

import static io.hangupby.call.Conference.EndReason.LAST_PARTICIPANT_LEFT;
import static io.hangupby.decision.Evidence.AGENT;
import static io.hangupby.decision.Evidence.BROWSER;
import static io.hangupby.decision.Evidence.CUSTOMER;
import static io.hangupby.decision.Evidence.STRANGER;
import static io.hangupby.decision.Evidence.TELEPHONE;
import static io.hangupby.decision.Evidence.ended;
import static io.hangupby.decision.RuleCases.AT_ONCE;
import static io.hangupby.decision.RuleCases.check;
import static io.hangupby.decision.RuleCases.decided;
import static io.hangupby.decision.RuleCases.needs;
import static io.hangupby.decision.RuleCases.undecided;

import io.hangupby.decision.RuleCases.Decided;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CustomerLeftFirstTest {
    private static final String RULE = "customer-left-first";

    @ParameterizedTest
    @MethodSource
    void the_customer_had_gone_before(Decided call) {
        check(call);
    }

    static Stream<Decided> the_customer_had_gone_before() {
        return Stream.of(
                decided("no click", agentLast(), EndedBy.CUSTOMER, RULE),
                decided("a click", agentLast().marked(), EndedBy.CUSTOMER, RULE),
                decided("a bare click", agentLast().markedBarely(), EndedBy.CUSTOMER, RULE),
                decided("no plugin", agentLast().withoutPlugin(), EndedBy.CUSTOMER, RULE),
                decided(
                        "the call does not exist",
                        ended(LAST_PARTICIPANT_LEFT, AGENT).notThere(CUSTOMER),
                        EndedBy.CUSTOMER,
                        RULE),
                decided(
                        "a leg of the agent's that the task does not name",
                        ended(LAST_PARTICIPANT_LEFT, STRANGER)
                                .goesTo(STRANGER, BROWSER)
                                .customersCallEnded(AT_ONCE),
                        EndedBy.CUSTOMER,
                        RULE),
                undecided(
                        "a stranger's leg",
                        ended(LAST_PARTICIPANT_LEFT, STRANGER).goesTo(STRANGER, TELEPHONE)));
    }

    private static Evidence agentLast() {
        return ended(LAST_PARTICIPANT_LEFT, AGENT).customersCallEnded(AT_ONCE);
    }

    @Test
    void a_leg_found_to_be_the_agents_has_the_customers_call_asked_for_after_all() {
        check(needs("first", ended(LAST_PARTICIPANT_LEFT, STRANGER), STRANGER));
        check(needs("then", ended(LAST_PARTICIPANT_LEFT, STRANGER).goesTo(STRANGER, BROWSER), CUSTOMER));
    }
}
