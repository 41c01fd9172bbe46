package io.hangupby.simulator.scenarios;

import static io.hangupby.simulator.PluginMarker.NAMED;
import static io.hangupby.simulator.PluginMarker.NONE;
import static io.hangupby.simulator.scenarios.CallScript.inbound;
import static io.hangupby.simulator.scenarios.CallScript.internal;
import static io.hangupby.simulator.scenarios.CallScript.outbound;
import static io.hangupby.simulator.scenarios.CallScript.voicemail;
import static io.hangupby.simulator.scenarios.ScriptedAgent.ANN;
import static io.hangupby.simulator.scenarios.ScriptedAgent.BOB;

import java.util.List;

/** Calls that never were, outbound calls, and tasks that bring something along from an earlier call. */
final class UnansweredScenarios {

    private UnansweredScenarios() {}

    static List<CallScenario> all() {
        return List.of(
                CallScenario.of(
                                "abandoned-in-queue",
                                "The customer gives up in the queue",
                                inbound().customerGivesUp())
                        .weight(2),
                CallScenario.of(
                                "abandoned-while-ringing",
                                "The customer gives up while the agent's phone rings",
                                inbound().rings(ANN).customerGivesUp())
                        .weight(1),
                CallScenario.of(
                                "outbound-customer",
                                "The dialled customer picks up and hangs up",
                                outbound(ANN)
                                        .customerPicksUp()
                                        .customerHangsUp()
                                        .completes(ANN))
                        .weight(2)
                        .expects(ANN, "customer"),
                CallScenario.of(
                                "outbound-agent",
                                "The dialled customer picks up; the agent clicks Hang up",
                                outbound(ANN)
                                        .customerPicksUp()
                                        .agentClicksHangUp(ANN)
                                        .completes(ANN))
                        .expects(ANN, "agent"),
                CallScenario.of(
                                "outbound-busy",
                                "The dialled customer is busy",
                                outbound(ANN).noEndOnExit().customerBusy().completes(ANN))
                        .weight(1)
                        .expectsNothing(ANN),
                CallScenario.of(
                                "outbound-no-answer",
                                "The dialled customer does not pick up",
                                outbound(ANN).customerDoesNotPickUp().completes(ANN))
                        .weight(1)
                        .expectsNothing(ANN),
                CallScenario.of(
                                "outbound-given-up",
                                "The agent stops dialling",
                                outbound(ANN).agentCancelsDial(ANN).completes(ANN))
                        .expects(ANN, "agent"),
                CallScenario.of(
                                "internal-call",
                                "One agent calls another and hangs up",
                                internal(ANN, BOB).agentClicksHangUp(ANN, NONE).completes(ANN))
                        .weight(1)
                        .expectsNothing(ANN),
                CallScenario.of(
                                "voicemail",
                                "A voicemail becomes a task",
                                voicemail().accepts(ANN).agentFinishesTask(ANN).completes(ANN))
                        .expectsNothing(ANN),
                CallScenario.of(
                                "voicemail-with-its-call",
                                "A voicemail's task names the call of an hour ago that left it",
                                voicemail()
                                        .endedCallAttached()
                                        .accepts(ANN)
                                        .agentFinishesTask(ANN)
                                        .completes(ANN))
                        .expectsNothing(ANN),
                CallScenario.of(
                                "born-with-an-old-conference",
                                "A task is made of another's attributes, whose conference the agent ended an hour ago",
                                voicemail()
                                        .endedConferenceAttached()
                                        .accepts(ANN)
                                        .agentFinishesTask(ANN)
                                        .completes(ANN))
                        .expectsNothing(ANN),
                CallScenario.of(
                                "born-with-a-value",
                                "A task is made of another's attributes, with its value; the agent's connection is lost",
                                inbound()
                                        .conversations("{\"hang_up_by\":\"agent\"}")
                                        .accepts(ANN)
                                        .agentCrashes(ANN)
                                        .completes(ANN))
                        .expects(ANN, "disconnect"),
                CallScenario.of(
                                "dequeued-agent",
                                "TaskRouter dequeues the call without a conference; the agent clicks Hang up",
                                inbound()
                                        .dequeued()
                                        .accepts(ANN)
                                        .agentClicksHangUp(ANN, NAMED)
                                        .completes(ANN))
                        .expects(ANN, "agent"));
    }
}
