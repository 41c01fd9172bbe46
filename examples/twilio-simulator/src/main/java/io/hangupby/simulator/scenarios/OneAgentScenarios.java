package io.hangupby.simulator.scenarios;

import static io.hangupby.simulator.PluginMarker.BARE;
import static io.hangupby.simulator.PluginMarker.NAMED;
import static io.hangupby.simulator.PluginMarker.NONE;
import static io.hangupby.simulator.scenarios.CallScript.inbound;
import static io.hangupby.simulator.scenarios.ScriptedAgent.ANN;
import static io.hangupby.simulator.scenarios.ScriptedAgent.DAN;

import java.util.List;

/** Calls of one customer with one agent. */
final class OneAgentScenarios {

    private OneAgentScenarios() {}

    static List<CallScenario> all() {
        return List.of(
                CallScenario.of(
                                "customer-hangs-up",
                                "The customer hangs up",
                                talk().customerHangsUp().completes(ANN))
                        .weight(40)
                        .expects(ANN, "customer"),
                CallScenario.of(
                                "hold-then-customer",
                                "The customer hangs up while on hold",
                                talk().hold().customerHangsUp().completes(ANN))
                        .weight(3)
                        .expects(ANN, "customer"),
                CallScenario.of(
                                "customer-loses-signal",
                                "The customer's mobile loses its signal",
                                talk().customerLosesSignal().completes(ANN))
                        .weight(3)
                        .expects(ANN, "customer"),
                CallScenario.of(
                                "connection-comes-back",
                                "The agent's connection is lost for a moment; later the customer hangs up",
                                talk().agentConnectionBlips(ANN)
                                        .customerHangsUp()
                                        .completes(ANN))
                        .expects(ANN, "customer"),
                CallScenario.of(
                                "customer-first-without-flags",
                                "No leg is flagged to end the conference: the customer hangs up, then the agent's leg goes",
                                talkWithoutFlags()
                                        .customerHangsUp()
                                        .agentClicksHangUp(ANN, NONE)
                                        .completes(ANN))
                        .expects(ANN, "customer"),
                CallScenario.of(
                                "agent-hangs-up",
                                "The agent clicks Hang up",
                                talk().agentClicksHangUp(ANN).completes(ANN))
                        .weight(25)
                        .expects(ANN, "agent"),
                CallScenario.of(
                                "agent-hangs-up-bare-marker",
                                "The agent clicks Hang up; the plugin writes only the value",
                                talk().agentClicksHangUp(ANN, BARE).completes(ANN))
                        .weight(3)
                        .expects(ANN, "agent"),
                CallScenario.of(
                                "agent-hangs-up-foreign-marker",
                                "The agent clicks Hang up; the plugin has a word of its own",
                                inbound()
                                        .foreignMarker()
                                        .accepts(ANN)
                                        .agentClicksHangUp(ANN, BARE)
                                        .completes(ANN))
                        .expects(ANN, "agent"),
                CallScenario.of(
                                "agent-hangs-up-late-marker",
                                "The agent clicks Hang up; the plugin writes its full marker after the wrap-up",
                                talk().agentClicksBeforeMarker(ANN)
                                        .seconds(2)
                                        .writesMarkerLate(ANN, NAMED)
                                        .completes(ANN))
                        .expects(ANN, "agent"),
                CallScenario.of(
                                "agent-hangs-up-late-bare-marker",
                                "The agent clicks Hang up; the plugin writes only the value, after the wrap-up",
                                talk().agentClicksBeforeMarker(ANN)
                                        .seconds(2)
                                        .writesMarkerLate(ANN, BARE)
                                        .completes(ANN))
                        .expects(ANN, "agent"),
                CallScenario.of(
                                "agent-first-customer-last",
                                "No leg is flagged to end the conference: the agent clicks, the customer hangs up later",
                                talkWithoutFlags()
                                        .agentClicksHangUp(ANN)
                                        .customerHangsUp()
                                        .completes(ANN))
                        .expects(ANN, "agent"),
                CallScenario.of(
                                "agent-refreshes",
                                "The agent's page is refreshed",
                                talk().agentRefreshes(ANN).completes(ANN))
                        .weight(4)
                        .expects(ANN, "disconnect"),
                CallScenario.of(
                                "agent-crashes",
                                "The agent's laptop goes to sleep; the API settles a little after the wrap-up",
                                inbound()
                                        .apiLagReads(1)
                                        .accepts(ANN)
                                        .agentCrashes(ANN)
                                        .completes(ANN))
                        .weight(4)
                        .expects(ANN, "disconnect"),
                CallScenario.of(
                                "agent-drops-without-plugin",
                                "No plugin is installed: what the agent's leg does is the agent's doing",
                                inbound()
                                        .withoutPlugin()
                                        .accepts(ANN)
                                        .agentRefreshes(ANN)
                                        .completes(ANN))
                        .expects(ANN, "agent"),
                CallScenario.of(
                                "marker-withdrawn-then-crash",
                                "The agent clicks, the hang-up fails and the plugin says so; later the connection is lost",
                                talk().agentClicksWithoutLeaving(ANN, NAMED)
                                        .withdrawsMarker(ANN)
                                        .agentCrashes(ANN)
                                        .completes(ANN))
                        .expects(ANN, "disconnect"),
                CallScenario.of(
                                "desk-phone-handset",
                                "An agent on a desk phone puts down the handset",
                                inbound().accepts(DAN).agentPutsDownHandset(DAN).completes(DAN))
                        .weight(3)
                        .expects(DAN, "agent"),
                CallScenario.of(
                                "desk-phone-end",
                                "An agent on a desk phone clicks End in Flex",
                                inbound()
                                        .accepts(DAN)
                                        .agentEndsFromDeskPhone(DAN)
                                        .completes(DAN))
                        .expects(DAN, "agent"),
                CallScenario.of(
                                "leg-sent-to-a-phone",
                                "The instruction sends a browser agent's leg to a SIP phone, whose handset is put down",
                                inbound()
                                        .agentLegTo("sip:ann@phones.test")
                                        .accepts(ANN)
                                        .agentPutsDownHandset(ANN)
                                        .completes(ANN))
                        .expects(ANN, "agent"),
                CallScenario.of(
                                "agent-removes-customer",
                                "The agent removes the customer",
                                talk().agentRemovesCustomer(ANN).completes(ANN))
                        .weight(2)
                        .expects(ANN, "agent"),
                CallScenario.of(
                                "ended-by-program",
                                "A program ends the conference",
                                talk().programEndsConference().completes(ANN))
                        .weight(1)
                        .expects(ANN, "system"),
                CallScenario.of(
                                "ended-for-all-by-agent",
                                "The agent ends the call for all",
                                talk().agentEndsForAll(ANN, NAMED).completes(ANN))
                        .weight(1)
                        .expects(ANN, "agent"),
                CallScenario.of(
                                "ended-for-all-without-plugin",
                                "No plugin is installed: the agent ends the call for all",
                                inbound()
                                        .withoutPlugin()
                                        .accepts(ANN)
                                        .agentEndsForAll(ANN, NONE)
                                        .completes(ANN))
                        .expects(ANN, "agent"),
                CallScenario.of(
                                "survey-after-click",
                                "The agent clicks Hang up and the customer is moved on to a survey",
                                talk().customerMovedOn(ANN, NAMED).completes(ANN))
                        .weight(2)
                        .expects(ANN, "agent"),
                CallScenario.of(
                                "moved-to-a-flow",
                                "A program moves the customer on; nobody clicked",
                                talk().customerMovedOn().completes(ANN))
                        .weight(1)
                        .expects(ANN, "system"),
                CallScenario.of(
                                "moved-without-plugin",
                                "No plugin is installed: the customer is moved on to a survey",
                                inbound()
                                        .withoutPlugin()
                                        .accepts(ANN)
                                        .customerMovedOn()
                                        .completes(ANN))
                        .expects(ANN, "agent"),
                CallScenario.of(
                                "evidence-is-silent",
                                "The ended conference names neither reason nor leg",
                                inbound()
                                        .evidenceHidden()
                                        .accepts(ANN)
                                        .customerHangsUp()
                                        .completes(ANN))
                        .onlyWithoutCallbacks()
                        .expectsNothing(ANN),
                CallScenario.of(
                                "recorder-stays",
                                "The agent clicks; a recorder stays in with the customer for a moment",
                                inbound()
                                        .ignoredRecorder()
                                        .noEndOnExit()
                                        .accepts(ANN)
                                        .recorderJoins(ANN)
                                        .agentClicksHangUp(ANN)
                                        .completes(ANN))
                        .expects(ANN, "agent"),
                CallScenario.of(
                                "recorder-stays-after-customer",
                                "The customer hangs up, then the agent clicks; a recorder stays in",
                                inbound()
                                        .ignoredRecorder()
                                        .noEndOnExit()
                                        .accepts(ANN)
                                        .recorderJoins(ANN)
                                        .customerHangsUp()
                                        .seconds(5)
                                        .agentClicksHangUp(ANN)
                                        .completes(ANN))
                        .expects(ANN, "customer"));
    }

    private static CallScript talk() {
        return inbound().rings(ANN).accepts(ANN);
    }

    private static CallScript talkWithoutFlags() {
        return inbound().noEndOnExit().rings(ANN).accepts(ANN);
    }
}
