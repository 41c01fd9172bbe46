package io.hangupby.simulator.scenarios;

import static io.hangupby.simulator.scenarios.CallScript.inbound;
import static io.hangupby.simulator.scenarios.ScriptedAgent.ANN;
import static io.hangupby.simulator.scenarios.ScriptedAgent.SUE;

import java.util.List;

/** Calls with an outside party, whom the agent dials in or to whom the customer is sent. */
final class OutsidePartyScenarios {

    private static final int A_MINUTE = 60;

    private OutsidePartyScenarios() {}

    static List<CallScenario> all() {
        return List.of(
                CallScenario.of(
                                "external-warm",
                                "An outside party is added, the agent leaves, the two talk on",
                                threeTalk(inbound()).agentClicksHangUp(ANN).completes(ANN))
                        .weight(2)
                        .expectsWithNumber(ANN, "external warm transfer"),
                CallScenario.of(
                                "external-warm-then-end",
                                "The same; the customer hangs up after the agent has completed",
                                threeTalk(inbound())
                                        .agentClicksHangUp(ANN)
                                        .completes(ANN)
                                        .customerHangsUp())
                        .expectsWithNumber(ANN, "external warm transfer"),
                CallScenario.of(
                                "external-warm-seen-late",
                                "The same; the customer hangs up soon, and only then do the wrap-up events arrive",
                                threeTalk(inbound())
                                        .holdsBack("reservation.wrapup", "task.wrapup", "task.updated")
                                        .agentClicksHangUp(ANN)
                                        .seconds(3)
                                        .customerHangsUp()
                                        .delivers()
                                        .completes(ANN))
                        .onlyWithCallbacks()
                        .expectsWithNumber(ANN, "external warm transfer"),
                CallScenario.of(
                                "external-warm-api-lags",
                                "The same, with the API a little behind the events",
                                threeTalk(inbound().apiLagReads(1))
                                        .agentClicksHangUp(ANN)
                                        .completes(ANN))
                        .expectsWithNumber(ANN, "external warm transfer"),
                CallScenario.of(
                                "agent-crashes-with-outside-party",
                                "An outside party is added, and the agent's connection breaks off",
                                threeTalk(inbound()).agentCrashes(ANN).completes(ANN))
                        .expects(ANN, "disconnect"),
                CallScenario.of(
                                "external-no-answer",
                                "The outside party does not pick up; the agent clicks Hang up",
                                inbound()
                                        .accepts(ANN)
                                        .dialsOut(ANN)
                                        .outsideRings()
                                        .outsideDoesNotPickUp()
                                        .agentClicksHangUp(ANN)
                                        .completes(ANN))
                        .expects(ANN, "agent"),
                CallScenario.of(
                                "external-left-ringing",
                                "The agent leaves the customer while the outside party's phone still rings",
                                inbound()
                                        .noEndOnExit()
                                        .accepts(ANN)
                                        .dialsOut(ANN)
                                        .outsideRings()
                                        .agentClicksHangUp(ANN)
                                        .completes(ANN))
                        .expectsWithNumber(ANN, "external cold transfer"),
                CallScenario.of(
                                "external-left-ringing-with-supervisor",
                                "The same, and a supervisor listens in",
                                inbound()
                                        .noEndOnExit()
                                        .accepts(ANN)
                                        .listensIn(SUE)
                                        .dialsOut(ANN)
                                        .outsideRings()
                                        .agentClicksHangUp(ANN)
                                        .completes(ANN))
                        .expectsWithNumber(ANN, "external cold transfer"),
                CallScenario.of(
                                "external-leaves-then-customer",
                                "The outside party leaves, then the customer hangs up",
                                threeTalk(inbound())
                                        .outsideHangsUp()
                                        .customerHangsUp()
                                        .completes(ANN))
                        .weight(1)
                        .expects(ANN, "customer"),
                CallScenario.of(
                                "external-leaves-then-agent",
                                "The outside party leaves, then the agent clicks Hang up",
                                threeTalk(inbound())
                                        .outsideHangsUp()
                                        .agentClicksHangUp(ANN)
                                        .completes(ANN))
                        .expects(ANN, "agent"),
                CallScenario.of(
                                "external-ends",
                                "The outside party hangs up and its leg ends the conference for everybody",
                                threeTalk(inbound().outsideEndsConference())
                                        .outsideHangsUp()
                                        .completes(ANN))
                        .expects(ANN, "external"),
                CallScenario.of(
                                "customer-leaves-three-way",
                                "The customer leaves a talk of three; a moment later the agent clicks Hang up",
                                threeTalk(inbound().openThreeWayTalk())
                                        .customerHangsUp()
                                        .agentClicksHangUp(ANN)
                                        .completes(ANN))
                        .onlyWithCallbacks()
                        .expects(ANN, "customer"),
                CallScenario.of(
                                "customer-leaves-three-way-then-click",
                                "The customer leaves a talk of three; a minute later the agent clicks Hang up",
                                customerGone().agentClicksHangUp(ANN).completes(ANN))
                        .expects(ANN, "customer"),
                CallScenario.of(
                                "customer-leaves-three-way-then-crash",
                                "The customer leaves a talk of three; a minute later the agent's connection breaks off",
                                customerGone().agentCrashes(ANN).completes(ANN))
                        .expects(ANN, "customer"),
                CallScenario.of(
                                "customer-leaves-three-way-then-external",
                                "The customer leaves a talk of three; a minute later the outside party hangs up",
                                customerGone().outsideHangsUp().completes(ANN))
                        .expects(ANN, "customer"),
                CallScenario.of(
                                "customer-leaves-three-way-then-supervisor",
                                "The customer leaves a talk with a supervisor, who hangs up a minute later",
                                inbound()
                                        .noEndOnExit()
                                        .accepts(ANN)
                                        .listensIn(ScriptedAgent.SUE)
                                        .joinsTalk(ScriptedAgent.SUE)
                                        .customerHangsUp()
                                        .seconds(A_MINUTE)
                                        .supervisorHangsUp()
                                        .agentClicksHangUp(ANN)
                                        .completes(ANN))
                        .expects(ANN, "customer"),
                CallScenario.of(
                                "held-customer-leaves-three-way",
                                "The customer, on hold while the agent talks to the outside party, hangs up",
                                inbound()
                                        .openThreeWayTalk()
                                        .accepts(ANN)
                                        .hold()
                                        .dialsOut(ANN)
                                        .outsidePicksUp()
                                        .customerHangsUp()
                                        .completes(ANN))
                        .expects(ANN, "customer"),
                CallScenario.of(
                                "external-cold",
                                "The customer is sent to an outside number through the API",
                                inbound().accepts(ANN).sendsCustomerOut(ANN).completes(ANN))
                        .weight(2)
                        .expectsWithNumber(ANN, "external cold transfer"),
                CallScenario.of(
                                "external-removed",
                                "The agent removes the outside party; later the customer hangs up",
                                threeTalk(inbound())
                                        .agentRemovesOutside(ANN)
                                        .customerHangsUp()
                                        .completes(ANN))
                        .expects(ANN, "customer"),
                CallScenario.of(
                                "two-customers",
                                "The customer leaves; a second customer goes on with the agent and hangs up",
                                inbound()
                                        .openThreeWayTalk()
                                        .accepts(ANN)
                                        .secondCustomerJoins(ANN)
                                        .customerHangsUp()
                                        .secondCustomerHangsUp()
                                        .completes(ANN))
                        .onlyWithCallbacks()
                        .expects(ANN, "customer"));
    }

    private static CallScript threeTalk(CallScript begun) {
        return begun.accepts(ANN).dialsOut(ANN).outsideRings().outsidePicksUp();
    }

    private static CallScript customerGone() {
        return threeTalk(inbound().openThreeWayTalk()).customerHangsUp().seconds(A_MINUTE);
    }
}
