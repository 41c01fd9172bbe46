package io.hangupby.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.account.Agent;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LostCallbackTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void a_wrap_up_that_never_came_is_found_in_time() throws Exception {
        try (CallCentre centre =
                new CallCentre(settings -> settings.recovery(r -> r.interval(Duration.ofMillis(500))))) {
            Agent alice = centre.twilio().browserAgent("Alice");
            SimulatedCall call = centre.twilio().inboundCall().rings(alice).accepts(alice);
            centre.twilio().delivery().drop("reservation.wrapup", "task.wrapup");

            call.customerHangsUp();

            call.task().awaitHangUpBy("customer", SOON);
            assertThat(centre.hangUpBy().status().recovered()).isEqualTo(1);
        }
    }

    @Test
    void what_happened_while_no_node_was_there_is_found_by_the_next_one() throws Exception {
        try (CallCentre centre = new CallCentre(settings ->
                settings.workspaceSid("WS" + "b".repeat(32)).recovery(r -> r.interval(Duration.ofSeconds(1))))) {
            Agent alice = centre.twilio().browserAgent("Alice");
            centre.twilio().delivery().drop("task.created", "reservation.created", "reservation.accepted");
            centre.twilio().delivery().drop("reservation.wrapup", "task.wrapup");

            SimulatedCall call =
                    centre.twilio().inboundCall().rings(alice).accepts(alice).agentClicksHangUp(alice);

            assertThat(centre.awaitOutcomes(call, 1))
                    .singleElement()
                    .satisfies(outcome -> assertThat(outcome.verdict().rule()).isEqualTo("agent-left"));
            assertThat(call.task().hangUpBy()).contains("agent");
        }
    }
}
