package io.hangupby.simulator.scenarios;

import static io.hangupby.simulator.PluginMarker.BARE;
import static io.hangupby.simulator.scenarios.CallScript.inbound;
import static io.hangupby.simulator.scenarios.ScriptedAgent.ANN;
import static io.hangupby.simulator.scenarios.ScriptedAgent.BOB;

import java.util.List;

/** Calls in which two agents are in after-call work at once. */
final class OverlapScenarios {

    private OverlapScenarios() {}

    static List<CallScenario> all() {
        return List.of(
                CallScenario.of(
                                "overlap-in-order",
                                "Cold transfer; both agents are in after-call work, and the first completes first",
                                transferred().customerHangsUp().completes(ANN).completes(BOB))
                        .expects(ANN, "cold transfer")
                        .expects(BOB, "customer"),
                CallScenario.of(
                                "overlap-reversed",
                                "The same, but the second agent completes first",
                                transferred().customerHangsUp().completes(BOB).completes(ANN))
                        .leavesOpen(BOB)
                        .expects(ANN, "cold transfer"),
                CallScenario.of(
                                "overlap-bare-marker",
                                "The same, but the second agent clicks Hang up, and the plugin writes only the value",
                                transferred()
                                        .agentClicksHangUp(BOB, BARE)
                                        .completes(ANN)
                                        .completes(BOB))
                        .expects(ANN, "cold transfer")
                        .expects(BOB, "agent"),
                CallScenario.of(
                                "warm-agent-overlap",
                                "Warm transfer, and both agents are in after-call work at once",
                                inbound()
                                        .accepts(ANN)
                                        .startsWarmTransfer(ANN, BOB)
                                        .rings(BOB)
                                        .accepts(BOB)
                                        .unhold()
                                        .agentClicksHangUp(ANN, BARE)
                                        .agentClicksHangUp(BOB, BARE)
                                        .completes(ANN)
                                        .completes(BOB))
                        .weight(1)
                        .expects(ANN, "warm transfer")
                        .expects(BOB, "agent"),
                CallScenario.of(
                                "transfer-lost-until-second-wrap-up",
                                "All events of a cold transfer are lost until the second agent's wrap-up",
                                inbound()
                                        .accepts(ANN)
                                        .loses(
                                                "task.transfer-initiated",
                                                "task.transfer-completed",
                                                "task.updated",
                                                "reservation.created",
                                                "reservation.accepted",
                                                "reservation.wrapup",
                                                "participant-hold",
                                                "participant-unhold",
                                                "participant-modify",
                                                "participant-join",
                                                "participant-leave")
                                        .startsColdTransfer(ANN, BOB)
                                        .agentLeaves(ANN)
                                        .accepts(BOB)
                                        .delivers()
                                        .seconds(20)
                                        .customerHangsUp()
                                        .completes(ANN)
                                        .completes(BOB))
                        .expects(ANN, "cold transfer")
                        .expects(BOB, "customer"));
    }

    private static CallScript transferred() {
        return inbound()
                .accepts(ANN)
                .startsColdTransfer(ANN, BOB)
                .agentLeaves(ANN)
                .accepts(BOB);
    }
}
