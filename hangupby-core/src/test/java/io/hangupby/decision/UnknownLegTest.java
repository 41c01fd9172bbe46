package io.hangupby.decision;

import static io.hangupby.decision.Evidence.AGENT;
import static io.hangupby.decision.Evidence.BROWSER;
import static io.hangupby.decision.Evidence.CUSTOMER;
import static io.hangupby.decision.Evidence.STRANGER;
import static io.hangupby.decision.Evidence.TELEPHONE;
import static io.hangupby.decision.Evidence.ended;
import static io.hangupby.decision.Evidence.ongoing;
import static io.hangupby.decision.RuleCases.EXIT_KICKED;
import static io.hangupby.decision.RuleCases.EXIT_LEFT;
import static io.hangupby.decision.RuleCases.OTHER_BROWSER;
import static io.hangupby.decision.RuleCases.OVER_A_SECOND;
import static io.hangupby.decision.RuleCases.check;
import static io.hangupby.decision.RuleCases.decided;
import static io.hangupby.decision.RuleCases.needs;
import static io.hangupby.decision.RuleCases.undecided;

import io.hangupby.call.Address;
import io.hangupby.call.Participant;
import io.hangupby.decision.RuleCases.Decided;
import io.hangupby.decision.RuleCases.Open;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UnknownLegTest {
    @ParameterizedTest
    @MethodSource
    void its_call_is_asked_for(Open call) {
        check(call);
    }

    static Stream<Open> its_call_is_asked_for() {
        return Stream.of(
                needs("it ended the conference", ended(EXIT_LEFT, STRANGER), STRANGER),
                needs(
                        "it ended the conference, a click",
                        ended(EXIT_LEFT, STRANGER).marked(),
                        STRANGER),
                needs("it ended it later", ended(EXIT_LEFT, STRANGER).after(OVER_A_SECOND), STRANGER),
                needs("it was removed", ended(EXIT_KICKED, STRANGER), STRANGER),
                needs(
                        "the task's worker leg is that of the first agent",
                        ended(EXIT_LEFT, AGENT).oneOfTwoAgents(),
                        AGENT),
                needs(
                        "it is in, and the agent's is not named",
                        ongoing(CUSTOMER, STRANGER).withoutWorkerLeg(),
                        STRANGER));
    }

    @ParameterizedTest
    @MethodSource
    void it_is_the_agents_only_if_it_goes_to_the_agents_device(Decided call) {
        check(call);
    }

    static Stream<Decided> it_is_the_agents_only_if_it_goes_to_the_agents_device() {
        Evidence none = ended(EXIT_LEFT, STRANGER).onUnknownDevice();
        return Stream.of(
                decided(
                        "the agent's browser",
                        ended(EXIT_LEFT, STRANGER).goesTo(STRANGER, BROWSER),
                        EndedBy.DISCONNECT,
                        "agent-left"),
                decided(
                        "the agent's browser, in other letters",
                        ended(EXIT_LEFT, STRANGER).goesTo(STRANGER, new Address("client:ADA")),
                        EndedBy.DISCONNECT,
                        "agent-left"),
                decided(
                        "the agent's telephone",
                        ended(EXIT_LEFT, STRANGER).on(TELEPHONE).goesTo(STRANGER, TELEPHONE),
                        EndedBy.AGENT,
                        "agent-left"),
                decided(
                        "the agent's browser, of two agents",
                        ended(EXIT_LEFT, AGENT).oneOfTwoAgents().goesTo(AGENT, BROWSER),
                        EndedBy.DISCONNECT,
                        "agent-left"),
                decided(
                        "the agent's browser, removed",
                        ended(EXIT_KICKED, STRANGER).goesTo(STRANGER, BROWSER),
                        EndedBy.AGENT,
                        "agent-removed"),
                decided(
                        "the agent's browser, later",
                        ended(EXIT_LEFT, STRANGER).after(OVER_A_SECOND).goesTo(STRANGER, BROWSER),
                        EndedBy.DISCONNECT,
                        "agent-left"),
                undecided("nowhere", ended(EXIT_LEFT, STRANGER).goesNowhere(STRANGER)),
                undecided("not there", ended(EXIT_LEFT, STRANGER).notThere(STRANGER)),
                undecided(
                        "neither the agent's device nor leg is known",
                        none.withoutWorkerLeg().goesTo(STRANGER, BROWSER)),
                undecided(
                        "the first agent's browser, of two agents",
                        ended(EXIT_LEFT, AGENT).oneOfTwoAgents().goesTo(AGENT, OTHER_BROWSER)));
    }

    @ParameterizedTest
    @MethodSource
    void without_the_agents_leg_all_participants_must_be_identified(Decided call) {
        check(call);
    }

    static Stream<Decided> without_the_agents_leg_all_participants_must_be_identified() {
        return Stream.of(
                undecided("the agent is in", inWith(BROWSER)),
                decided("somebody else is in", inWith(OTHER_BROWSER), EndedBy.DISCONNECT, "agent-left"),
                undecided(
                        "somebody whose call does not exist is in",
                        ongoing(CUSTOMER, STRANGER).withoutWorkerLeg().notThere(STRANGER)),
                decided(
                        "a leg that only rings is not asked for if the agent was dropped",
                        ongoing(CUSTOMER)
                                .with(new Participant(STRANGER, false, true))
                                .withoutWorkerLeg(),
                        EndedBy.DISCONNECT,
                        "agent-left"),
                decided(
                        "only the customer is in",
                        ongoing(CUSTOMER).withoutWorkerLeg(),
                        EndedBy.DISCONNECT,
                        "agent-left"));
    }

    private static Evidence inWith(Address strangersDevice) {
        return ongoing(CUSTOMER, STRANGER).withoutWorkerLeg().goesTo(STRANGER, strangersDevice);
    }

    @Test
    void nobody_is_asked_where_neither_device_nor_leg_is_known() {
        check(undecided("neither", ongoing(CUSTOMER).withoutWorkerLeg().onUnknownDevice()));
    }
}
