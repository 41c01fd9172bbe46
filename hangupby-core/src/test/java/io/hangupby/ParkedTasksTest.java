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

/** What an application can do with a parked task: retry it as soon as it is parked, or forget it. */
@Timeout(180)
class ParkedTasksTest {
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
                HangUpBy hangUpBy = backend(retrying)) {
            started.complete(hangUpBy);

            SimulatedCall call = playCallWithoutWrites(hangUpBy);

            assertThat(retried.get(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
            call.task().awaitHangUpBy("customer", SOON);
        }
    }

    @Test
    void a_parked_task_that_is_forgotten_is_listed_no_more() throws Exception {
        CompletableFuture<TaskRef> parked = new CompletableFuture<>();
        HangUpByListener waiting = new HangUpByListener() {
            @Override
            public void onParked(TaskRef task, String reason) {
                parked.complete(task);
            }
        };
        try (twilio;
                HangUpBy hangUpBy = backend(waiting)) {
            playCallWithoutWrites(hangUpBy);
            TaskRef task = parked.get(SOON.toSeconds(), TimeUnit.SECONDS);
            assertThat(hangUpBy.parked()).extracting(ParkedTask::task).containsExactly(task);

            hangUpBy.forget(task);

            assertThat(hangUpBy.parked()).isEmpty();
            assertThat(hangUpBy.retryParked(task)).isFalse();
        }
    }

    private HangUpBy backend(HangUpByListener listener) {
        return HangUpBy.builder()
                .accountSid(twilio.accountSid())
                .authToken(twilio.authToken())
                .twilio(settings -> settings.baseUrl(twilio.baseUrl().toString()))
                .listener(listener)
                .build();
    }

    private SimulatedCall playCallWithoutWrites(HangUpBy hangUpBy) {
        SimulatedCall call = twilio.inboundCall().waitsInQueue().accepts(twilio.browserAgent("Alice"));
        twilio.faults().rate(1, ApiOperation.TASK_WRITE, Fault.badRequest());
        call.customerHangsUp();
        for (WorkspaceEvent event : call.events()) {
            hangUpBy.acceptCallback(event.params());
        }
        return call;
    }
}
