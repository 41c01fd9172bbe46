package io.hangupby.decision;

import static io.hangupby.call.Conference.EndReason.LAST_PARTICIPANT_LEFT;
import static io.hangupby.decision.Evidence.AGENT;
import static io.hangupby.decision.Evidence.CUSTOMER;
import static io.hangupby.decision.Evidence.ended;
import static io.hangupby.decision.Evidence.ongoing;
import static io.hangupby.decision.Evidence.withoutConference;
import static io.hangupby.decision.RuleCases.AT_ONCE;
import static io.hangupby.decision.RuleCases.EXIT_KICKED;
import static io.hangupby.decision.RuleCases.EXIT_LEFT;
import static io.hangupby.decision.RuleCases.asksAgain;
import static io.hangupby.decision.RuleCases.check;
import static io.hangupby.decision.RuleCases.decided;
import static io.hangupby.decision.RuleCases.needs;
import static io.hangupby.decision.RuleCases.nothing;

import io.hangupby.call.Call;
import io.hangupby.call.Participant;
import io.hangupby.decision.RuleCases.Decided;
import io.hangupby.decision.RuleCases.Open;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NeverConnectedTest {
    private static final String RULE = "never-connected";

    @ParameterizedTest
    @MethodSource
    void the_customers_call_is_asked_for(Open call) {
        check(call);
    }

    static Stream<Open> the_customers_call_is_asked_for() {
        return Stream.of(
                needs("the agent was last", ended(LAST_PARTICIPANT_LEFT, AGENT).outbound(), CUSTOMER),
                needs("the agent's leg ended it", ended(EXIT_LEFT, AGENT).outbound(), CUSTOMER),
                needs(
                        "though the agent clicked",
                        ended(EXIT_LEFT, AGENT).outbound().marked(),
                        CUSTOMER),
                needs("nobody is in any more", ongoing().outbound(), CUSTOMER),
                needs("the agent is in", ongoing(AGENT).outbound(), CUSTOMER),
                needs(
                        "the customer's phone still rings",
                        ongoing(AGENT)
                                .with(new Participant(CUSTOMER, false, true))
                                .outbound(),
                        CUSTOMER),
                needs("there was no conference", withoutConference().outbound(), CUSTOMER),
                asksAgain("it rings", outbound(Call.Status.RINGING), CUSTOMER),
                asksAgain("it waits to be dialled", outbound(Call.Status.QUEUED), CUSTOMER));
    }

    @ParameterizedTest
    @MethodSource
    void the_verdict_goes_by_how_the_customers_call_went(Decided call) {
        check(call);
    }

    static Stream<Decided> the_verdict_goes_by_how_the_customers_call_went() {
        return Stream.of(
                nothing("busy", outbound(Call.Status.BUSY), RULE),
                nothing("no answer", outbound(Call.Status.NO_ANSWER), RULE),
                nothing("failed", outbound(Call.Status.FAILED), RULE),
                nothing(
                        "busy, and the agent clicked",
                        outbound(Call.Status.BUSY).marked(),
                        RULE),
                nothing(
                        "busy, and the conference names the customer's leg",
                        ended(EXIT_LEFT, CUSTOMER).outbound().customersCall(Call.Status.BUSY),
                        RULE),
                nothing(
                        "no answer, and the customer's leg was taken down",
                        ended(EXIT_KICKED, CUSTOMER).outbound().customersCall(Call.Status.NO_ANSWER),
                        RULE),
                nothing(
                        "it rings, read twice",
                        ended(EXIT_LEFT, AGENT).outbound().customersCallAgain(Call.Status.RINGING),
                        RULE),
                decided(
                        "busy, but the customer had joined",
                        outbound(Call.Status.BUSY).joins(CUSTOMER, true),
                        EndedBy.DISCONNECT,
                        "agent-left"),
                decided("the agent gave up", outbound(Call.Status.CANCELED), EndedBy.AGENT, RULE),
                decided(
                        "the agent gave up while it rang",
                        ongoing()
                                .with(new Participant(CUSTOMER, false, true))
                                .outbound()
                                .customersCall(Call.Status.CANCELED),
                        EndedBy.AGENT,
                        RULE),
                decided("answered", outbound(Call.Status.COMPLETED), EndedBy.DISCONNECT, "agent-left"),
                decided(
                        "of no such call",
                        ended(EXIT_LEFT, AGENT).outbound().notThere(CUSTOMER),
                        EndedBy.DISCONNECT,
                        "agent-left"),
                decided(
                        "answered, and the customer hung up",
                        ended(EXIT_LEFT, CUSTOMER).outbound().customersCallEnded(AT_ONCE),
                        EndedBy.CUSTOMER,
                        "customer-left"),
                decided(
                        "in talk with the agent's leg gone",
                        ongoing(CUSTOMER).outbound(),
                        EndedBy.DISCONNECT,
                        "agent-left"),
                decided(
                        "in talk, whatever its call says",
                        ongoing(CUSTOMER).outbound().customersCall(Call.Status.BUSY),
                        EndedBy.DISCONNECT,
                        "agent-left"));
    }

    private static Evidence outbound(Call.Status customersCall) {
        return ended(EXIT_LEFT, AGENT).outbound().customersCall(customersCall);
    }

    @ParameterizedTest
    @MethodSource
    void an_inbound_call_was_connected_whatever_its_call_says(Decided call) {
        check(call);
    }

    static Stream<Decided> an_inbound_call_was_connected_whatever_its_call_says() {
        return Stream.of(Call.Status.BUSY, Call.Status.NO_ANSWER, Call.Status.FAILED, Call.Status.CANCELED)
                .map(status -> decided(
                        status.toString(),
                        ended(EXIT_LEFT, AGENT).customersCall(status),
                        EndedBy.DISCONNECT,
                        "agent-left"));
    }
}
