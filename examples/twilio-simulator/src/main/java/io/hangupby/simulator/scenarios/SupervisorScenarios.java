package io.hangupby.simulator.scenarios;

import static io.hangupby.simulator.scenarios.CallScript.inbound;
import static io.hangupby.simulator.scenarios.ScriptedAgent.ANN;
import static io.hangupby.simulator.scenarios.ScriptedAgent.SUE;

import java.util.List;

/** Calls with a supervisor, who has no reservation. */
final class SupervisorScenarios {

    private SupervisorScenarios() {}

    static List<CallScenario> all() {
        return List.of(
                CallScenario.of(
                                "supervisor-listens",
                                "A supervisor listens in; the customer hangs up",
                                inbound()
                                        .accepts(ANN)
                                        .listensIn(SUE)
                                        .customerHangsUp()
                                        .completes(ANN))
                        .weight(1)
                        .expects(ANN, "customer"),
                CallScenario.of(
                                "supervisor-stops-listening",
                                "A supervisor coaches and leaves; the agent clicks Hang up",
                                inbound()
                                        .accepts(ANN)
                                        .coaches(SUE, ANN)
                                        .supervisorHangsUp()
                                        .agentClicksHangUp(ANN)
                                        .completes(ANN))
                        .expects(ANN, "agent"),
                CallScenario.of(
                                "supervisor-takes-over",
                                "A supervisor joins, the agent clicks and leaves, the supervisor ends later",
                                joined().agentClicksHangUp(ANN).completes(ANN).supervisorHangsUp())
                        .expects(ANN, "agent"),
                CallScenario.of(
                                "supervisor-ends",
                                "A supervisor joins and ends the call",
                                joined().supervisorHangsUp().completes(ANN))
                        .weight(1)
                        .expects(ANN, "supervisor"),
                CallScenario.of(
                                "supervisor-removes-agent",
                                "A supervisor who has joined removes the agent",
                                joined().supervisorRemovesAgent(SUE, ANN).completes(ANN))
                        .onlyWithCallbacks()
                        .expects(ANN, "supervisor"));
    }

    private static CallScript joined() {
        return inbound().accepts(ANN).listensIn(SUE).joinsTalk(SUE);
    }
}
