package io.hangupby;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.TaskRef;
import io.hangupby.decision.HangUpByListener;
import io.hangupby.journal.ParkedTask;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.TwilioSimulator;
import io.hangupby.simulator.events.WorkspaceEvent;
import io.hangupby.simulator.rest.ApiOperation;
import io.hangupby.simulator.rest.Fault;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An application whose listener retries a task as soon as it is parked. */
@Timeout(180)
class RetryParkedTest {
    private static final Duration SOON = Duration.ofSeconds(80);

    private final TwilioSimulator twilio = TwilioSimulator.builder().start();
    private final CompletableFuture<HangUpBy> started = new CompletableFuture<>();
    private final CompletableFuture<Boolean> retried = new CompletableFuture<>();

    private final HangUpByListener retrying = new HangUpByListener() {
        @Override
        public void onParked(TaskRef task, String reason) {
            HangUpBy own = started.join();
            twilio.faults().clear();
            boolean isListed = own.parked().stream().map(ParkedTask::task).anyMatch(task::equals);
            retried.complete(isListed && own.retryParked(task));
        }
    };

    @Test
    void a_listener_can_retry_the_task_that_it_is_notified_of() throws Exception {
        try (twilio;
                HangUpBy hangUpBy = HangUpBy.builder()
                        .accountSid(twilio.accountSid())
                        .authToken(twilio.authToken())
                        .twilio(settings -> settings.baseUrl(twilio.baseUrl().toString()))
                        .listener(retrying)
                        .build()) {
            started.complete(hangUpBy);
            SimulatedCall call = twilio.inboundCall().waitsInQueue().accepts(twilio.browserAgent("Alice"));
            twilio.faults().rate(1, ApiOperation.TASK_WRITE, Fault.badRequest());

            call.customerHangsUp();
            for (WorkspaceEvent event : call.events()) {
                hangUpBy.acceptCallback(event.params());
            }

            assertThat(retried.get(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
            call.task().awaitHangUpBy("customer", SOON);
        }
    }
}
