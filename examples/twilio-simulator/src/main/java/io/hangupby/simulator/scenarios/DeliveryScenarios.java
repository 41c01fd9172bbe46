package io.hangupby.simulator.scenarios;

import static io.hangupby.simulator.scenarios.CallScript.inbound;
import static io.hangupby.simulator.scenarios.ScriptedAgent.ANN;

import io.hangupby.simulator.rest.ApiOperation;
import io.hangupby.simulator.rest.Fault;
import java.time.Duration;
import java.util.List;

/** Plain calls under repeated, late and forged events, with faults of the API and odd attributes. */
final class DeliveryScenarios {

    private DeliveryScenarios() {}

    static List<CallScenario> all() {
        return List.of(
                CallScenario.of(
                                "repeated-and-late",
                                "Wrap-up events arrive twice and task.created arrives again, late",
                                talk().customerHangsUp()
                                        .repeats("task.wrapup")
                                        .repeats("reservation.wrapup")
                                        .repeats("task.created")
                                        .completes(ANN))
                        .expects(ANN, "customer"),
                CallScenario.of(
                                "value-wiped",
                                "Flex UI writes a copy of the attributes without the value",
                                talk().customerHangsUp()
                                        .seconds(3)
                                        .flexUiWipesValue()
                                        .completes(ANN))
                        .expects(ANN, "customer"),
                CallScenario.of(
                                "other-writer",
                                "Another program writes to the task after each of the first two reads",
                                talk().otherWriterAfterReads(2)
                                        .customerHangsUp()
                                        .completes(ANN))
                        .expects(ANN, "customer"),
                CallScenario.of(
                                "api-faults",
                                "Reads fail, and the connection breaks off in the write",
                                talk().faults(ApiOperation.CONFERENCE, Fault.unavailable())
                                        .faults(ApiOperation.TASK_READ, Fault.tooManyRequests(Duration.ofSeconds(1)))
                                        .faults(ApiOperation.TASK_WRITE, Fault.reset())
                                        .agentCrashes(ANN)
                                        .completes(ANN))
                        .expects(ANN, "disconnect"),
                CallScenario.of(
                                "write-applied-without-response",
                                "The write is applied, and its response is lost",
                                talk().faults(ApiOperation.TASK_WRITE, Fault.appliedThenReset())
                                        .agentCrashes(ANN)
                                        .completes(ANN))
                        .expects(ANN, "disconnect"),
                CallScenario.of(
                                "api-faults-on-write",
                                "The write is rejected with 429, then 500",
                                talk().faults(
                                                ApiOperation.TASK_WRITE,
                                                Fault.tooManyRequests(Duration.ofSeconds(1)),
                                                Fault.serverError())
                                        .customerHangsUp()
                                        .completes(ANN))
                        .expects(ANN, "customer"),
                CallScenario.of(
                                "forged-event",
                                "A forged wrap-up event arrives in the middle of the call",
                                talk().forgedWrapUp(ANN).customerHangsUp().completes(ANN))
                        .expects(ANN, "customer"),
                CallScenario.of(
                                "conversations-null",
                                "conversations is null",
                                inbound()
                                        .conversations("null")
                                        .accepts(ANN)
                                        .customerHangsUp()
                                        .completes(ANN))
                        .expects(ANN, "customer"),
                CallScenario.of(
                                "conversations-a-text",
                                "conversations is not an object",
                                inbound()
                                        .conversations("\"a text\"")
                                        .accepts(ANN)
                                        .customerHangsUp()
                                        .completes(ANN))
                        .expectsNothing(ANN));
    }

    private static CallScript talk() {
        return inbound().accepts(ANN);
    }
}
