package io.hangupby.simulator.scenarios;

import static io.hangupby.simulator.PluginMarker.BARE;
import static io.hangupby.simulator.scenarios.CallScript.inbound;
import static io.hangupby.simulator.scenarios.ScriptedAgent.ANN;
import static io.hangupby.simulator.scenarios.ScriptedAgent.BOB;
import static io.hangupby.simulator.scenarios.ScriptedAgent.DAN;

import java.util.List;

/** Calls that one agent transfers to another, or in which one agent consults another. */
final class TransferScenarios {

    private TransferScenarios() {}

    static List<CallScenario> all() {
        return List.of(
                CallScenario.of(
                                "consulted-agents-wrap-up-lost",
                                "A consulted agent leaves, and the wrap-up event is lost; then the first agent crashes",
                                inbound()
                                        .accepts(ANN)
                                        .startsWarmTransfer(ANN, BOB)
                                        .rings(BOB)
                                        .accepts(BOB)
                                        .unhold()
                                        .loses("reservation.wrapup")
                                        .agentClicksHangUp(BOB)
                                        .delivers()
                                        .seconds(20)
                                        .agentCrashes(ANN)
                                        .completes(BOB)
                                        .completes(ANN))
                        .expects(BOB, "consult")
                        .expects(ANN, "disconnect")
                        .onlyWithCallbacks(),
                CallScenario.of(
                                "cold-customer",
                                "Cold transfer; the customer hangs up on the second agent",
                                coldStarted()
                                        .agentLeaves(ANN)
                                        .completes(ANN)
                                        .rings(BOB)
                                        .accepts(BOB)
                                        .customerHangsUp()
                                        .completes(BOB))
                        .weight(3)
                        .expects(ANN, "cold transfer")
                        .expects(BOB, "customer"),
                CallScenario.of(
                                "cold-queue-customer",
                                "Cold transfer to a queue, where one agent declines; the customer hangs up on the next",
                                talk().startsColdTransferToQueue(ANN)
                                        .agentLeaves(ANN)
                                        .declines(DAN)
                                        .accepts(BOB)
                                        .completes(ANN)
                                        .customerHangsUp()
                                        .completes(BOB))
                        .weight(1)
                        .expects(ANN, "cold transfer")
                        .expects(BOB, "customer"),
                CallScenario.of(
                                "cold-queue-customer-gives-up",
                                "Cold transfer to a queue, in which the customer gives up",
                                talk().startsColdTransferToQueue(ANN)
                                        .agentLeaves(ANN)
                                        .completes(ANN)
                                        .customerGivesUp())
                        .expects(ANN, "cold transfer"),
                CallScenario.of(
                                "cold-customer-gives-up",
                                "Cold transfer in which the customer gives up before the second agent accepts",
                                coldStarted()
                                        .agentLeaves(ANN)
                                        .rings(BOB)
                                        .completes(ANN)
                                        .customerGivesUp())
                        .weight(1)
                        .expects(ANN, "cold transfer"),
                CallScenario.of(
                                "cold-agent",
                                "Cold transfer; the second agent clicks Hang up",
                                coldStarted()
                                        .agentLeaves(ANN)
                                        .accepts(BOB)
                                        .completes(ANN)
                                        .agentClicksHangUp(BOB)
                                        .completes(BOB))
                        .expects(ANN, "cold transfer")
                        .expects(BOB, "agent"),
                CallScenario.of(
                                "cold-declined",
                                "Cold transfer declined; the first agent goes on and the customer hangs up",
                                coldStarted()
                                        .declines(BOB)
                                        .unhold()
                                        .customerHangsUp()
                                        .completes(ANN))
                        .weight(1)
                        .expects(ANN, "customer"),
                CallScenario.of(
                                "cold-declined-then-agent",
                                "Cold transfer declined; the first agent goes on and clicks Hang up",
                                coldStarted()
                                        .declines(BOB)
                                        .unhold()
                                        .agentClicksHangUp(ANN)
                                        .completes(ANN))
                        .expects(ANN, "agent"),
                CallScenario.of(
                                "cold-by-re-enqueueing",
                                "A plugin transfers by putting the customer into a queue again",
                                talk().reEnqueuesCustomer(ANN).completes(ANN))
                        .expects(ANN, "cold transfer"),
                CallScenario.of(
                                "cold-to-oneself",
                                "Cold transfer to a queue, from which the same agent takes the call again; the customer hangs up",
                                talk().startsColdTransferToQueue(ANN)
                                        .agentLeaves(ANN)
                                        .completes(ANN)
                                        .accepts(ANN)
                                        .customerHangsUp()
                                        .completes(ANN))
                        .expects(ANN, "cold transfer")
                        .expects(ANN, "customer"),
                CallScenario.of(
                                "warm-customer",
                                "Warm transfer, the first agent leaves, the customer hangs up on the second",
                                consulting()
                                        .unhold()
                                        .agentClicksHangUp(ANN, BARE)
                                        .completes(ANN)
                                        .customerHangsUp()
                                        .completes(BOB))
                        .weight(3)
                        .expects(ANN, "warm transfer")
                        .expects(BOB, "customer"),
                CallScenario.of(
                                "warm-agent",
                                "Warm transfer, the first agent leaves, the second clicks Hang up",
                                consulting()
                                        .unhold()
                                        .agentClicksHangUp(ANN, BARE)
                                        .completes(ANN)
                                        .agentClicksHangUp(BOB, BARE)
                                        .completes(BOB))
                        .expects(ANN, "warm transfer")
                        .expects(BOB, "agent"),
                CallScenario.of(
                                "warm-open-until-left",
                                "Warm transfer that is complete only when the first agent leaves; the customer hangs up",
                                inbound()
                                        .transferOpenUntilLeft()
                                        .workerReplaced()
                                        .accepts(ANN)
                                        .startsWarmTransfer(ANN, BOB)
                                        .accepts(BOB)
                                        .agentClicksHangUp(ANN)
                                        .unhold()
                                        .customerHangsUp()
                                        .completes(ANN)
                                        .completes(BOB))
                        .expects(ANN, "warm transfer")
                        .expects(BOB, "customer"),
                CallScenario.of(
                                "warm-then-warm-on",
                                "Two warm transfers, one after the other; the third agent puts down the handset",
                                consulting()
                                        .unhold()
                                        .agentClicksHangUp(ANN)
                                        .completes(ANN)
                                        .startsWarmTransfer(BOB, DAN)
                                        .accepts(DAN)
                                        .unhold()
                                        .agentClicksHangUp(BOB)
                                        .completes(BOB)
                                        .agentPutsDownHandset(DAN)
                                        .completes(DAN))
                        .expects(ANN, "warm transfer")
                        .expects(BOB, "warm transfer")
                        .expects(DAN, "agent"),
                CallScenario.of(
                                "consult-agent",
                                "The second agent is consulted and leaves; the first goes on and clicks Hang up",
                                consulting()
                                        .agentClicksHangUp(BOB)
                                        .unhold()
                                        .completes(BOB)
                                        .agentClicksHangUp(ANN)
                                        .completes(ANN))
                        .weight(2)
                        .expects(BOB, "consult")
                        .expects(ANN, "agent"),
                CallScenario.of(
                                "consult-crash",
                                "The second agent is consulted and leaves; later the first agent's connection breaks off",
                                inbound()
                                        .transferOpenUntilLeft()
                                        .accepts(ANN)
                                        .startsWarmTransfer(ANN, BOB)
                                        .rings(BOB)
                                        .accepts(BOB)
                                        .agentClicksHangUp(BOB, BARE)
                                        .unhold()
                                        .completes(BOB)
                                        .agentCrashes(ANN)
                                        .completes(ANN))
                        .weight(1)
                        .expects(BOB, "consult")
                        .expects(ANN, "disconnect"),
                CallScenario.of(
                                "consult-ended-by-first-agent",
                                "The first agent ends the consult; later the customer hangs up",
                                inbound()
                                        .transferOpenUntilLeft()
                                        .accepts(ANN)
                                        .startsWarmTransfer(ANN, BOB)
                                        .rings(BOB)
                                        .accepts(BOB)
                                        .cancelsTransfer(ANN)
                                        .unhold()
                                        .completes(BOB)
                                        .customerHangsUp()
                                        .completes(ANN))
                        .expects(BOB, "consult")
                        .expects(ANN, "customer"),
                CallScenario.of(
                                "customer-leaves-during-consult",
                                "The held customer hangs up while the two agents talk",
                                consulting().customerHangsUp().completes(ANN).completes(BOB))
                        .weight(1)
                        .expects(ANN, "customer")
                        .expects(BOB, "customer"),
                CallScenario.of(
                                "warm-unanswered-agent",
                                "Warm transfer not accepted; the first agent goes on and clicks Hang up",
                                warmStarted()
                                        .doesNotRespond(BOB)
                                        .unhold()
                                        .agentClicksHangUp(ANN)
                                        .completes(ANN))
                        .expects(ANN, "agent"),
                CallScenario.of(
                                "warm-unanswered-customer",
                                "Warm transfer not accepted; the first agent goes on and the customer hangs up",
                                warmStarted()
                                        .doesNotRespond(BOB)
                                        .unhold()
                                        .customerHangsUp()
                                        .completes(ANN))
                        .expects(ANN, "customer"));
    }

    private static CallScript talk() {
        return inbound().rings(ANN).accepts(ANN);
    }

    private static CallScript coldStarted() {
        return talk().startsColdTransfer(ANN, BOB);
    }

    private static CallScript warmStarted() {
        return talk().startsWarmTransfer(ANN, BOB);
    }

    private static CallScript consulting() {
        return warmStarted().rings(BOB).accepts(BOB);
    }
}
