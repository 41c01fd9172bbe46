package io.hangupby.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hangupby.HangUpBy;
import io.hangupby.journal.ParkedTask;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.account.Agent;
import io.hangupby.simulator.rest.ApiOperation;
import io.hangupby.simulator.rest.Fault;
import io.hangupby.telemetry.HangUpByStatus;
import io.hangupby.telemetry.TwilioStatus;
import io.hangupby.twilio.Reachability;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An application can list and retry parked tasks. */
class ParkedWorkTest {
    private final CallCentre centre;
    private final HangUpBy hangUpBy;
    private final SimulatedCall call;

    ParkedWorkTest() throws Exception {
        centre = new CallCentre(settings -> settings);
        hangUpBy = centre.hangUpBy();
        Agent agent = centre.twilio().browserAgent("Alice");
        call = centre.twilio().inboundCall().waitsInQueue().rings(agent).accepts(agent);
    }

    @BeforeEach
    void twilioRefusesTheUpdate() {
        assertThat(hangUpBy.status().twilio().get(0).reachability()).isEqualTo(Reachability.UNTRIED);
        centre.twilio().faults().rate(1, ApiOperation.TASK_WRITE, Fault.badRequest());
        call.customerHangsUp();
        centre.twilio().delivery().awaitQuiet(Duration.ofSeconds(10));
        centre.awaitParked(call);
        centre.awaitNothingDue();
    }

    @AfterEach
    void close() {
        centre.close();
    }

    @Test
    void parked_work_is_listed_with_its_reason() {
        assertThat(hangUpBy.parked()).singleElement().satisfies(parked -> {
            assertThat(parked.task().task().value()).isEqualTo(call.taskSid());
            assertThat(parked.reason())
                    .isEqualTo("cannot succeed: update of task " + call.taskSid()
                            + " failed: HTTP 400, Twilio error 20001; not tried again");
        });
        HangUpByStatus status = hangUpBy.status();
        TwilioStatus twilio = status.twilio().get(0);
        assertThat(List.of(
                        twilio.reachability(),
                        twilio.circuitOpen(),
                        status.due(),
                        status.parked(),
                        status.collisions()))
                .containsExactly(Reachability.OK, false, 0, 1, 0L);
    }

    @Test
    void parked_work_is_tried_again_by_retryParked() {
        centre.twilio().faults().clear();

        assertThat(hangUpBy.retryParked(centre.twilio().workspaceSid(), call.taskSid()))
                .isTrue();

        call.task().awaitHangUpBy("customer", Duration.ofSeconds(10));
        assertThat(hangUpBy.parked()).isEmpty();
        assertThat(hangUpBy.retryParked(centre.twilio().workspaceSid(), call.taskSid()))
                .isFalse();
    }

    @Test
    void parked_work_is_retried_only_by_its_sids() {
        assertThatIllegalArgumentException().isThrownBy(() -> hangUpBy.retryParked("my workspace", call.taskSid()));
        assertThat(hangUpBy.parked())
                .extracting(ParkedTask::task)
                .extracting(task -> task.task().value())
                .containsExactly(call.taskSid());
    }
}
