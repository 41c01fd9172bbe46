package io.hangupby.decision;

import static io.hangupby.decision.Evidence.AGENT;
import static io.hangupby.decision.Evidence.CUSTOMER;
import static io.hangupby.decision.Evidence.ended;
import static io.hangupby.decision.Evidence.withoutConference;
import static io.hangupby.decision.RuleCases.EXIT_LEFT;
import static io.hangupby.decision.RuleCases.check;
import static io.hangupby.decision.RuleCases.decided;
import static io.hangupby.decision.RuleCases.nothing;

import io.hangupby.call.Address;
import io.hangupby.call.Call;
import io.hangupby.decision.RuleCases.Decided;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NotACustomerCallTest {
    private static final String RULE = "not-a-customer-call";

    @ParameterizedTest
    @MethodSource
    void there_is_nothing_to_end(Decided call) {
        check(call);
    }

    static Stream<Decided> there_is_nothing_to_end() {
        return Stream.of(
                nothing(
                        "voicemail: no conference, no customer",
                        withoutConference().withoutCustomer(),
                        RULE),
                nothing(
                        "a conference without a customer",
                        ended(EXIT_LEFT, AGENT).withoutCustomer(),
                        RULE),
                nothing(
                        "the same with a click",
                        ended(EXIT_LEFT, AGENT).withoutCustomer().marked(),
                        RULE),
                nothing(
                        "outbound without a customer",
                        ended(EXIT_LEFT, AGENT).withoutCustomer().outbound(),
                        RULE),
                nothing("agent to agent", ended(EXIT_LEFT, AGENT).internal(), RULE),
                nothing(
                        "agent to agent, dialled",
                        ended(EXIT_LEFT, AGENT).internal().outbound(),
                        RULE),
                nothing(
                        "agent to agent, not answered",
                        ended(EXIT_LEFT, AGENT).internal().outbound().customersCall(Call.Status.CANCELED),
                        RULE),
                nothing(
                        "agent to agent, and the other one went",
                        ended(EXIT_LEFT, CUSTOMER).internal(),
                        RULE));
    }

    @Test
    void a_customer_in_a_browser_is_still_a_customer() {
        check(decided(
                "web caller",
                ended(EXIT_LEFT, CUSTOMER).goesTo(CUSTOMER, new Address("client:web-caller")),
                EndedBy.CUSTOMER,
                "customer-left"));
    }
}
