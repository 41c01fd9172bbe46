package io.hangupby.internal.twilio;

import static io.hangupby.internal.twilio.TwilioGatewayKit.ACCOUNT;
import static io.hangupby.internal.twilio.TwilioGatewayKit.WORKSPACE;
import static io.hangupby.internal.twilio.TwilioJavaGatewayTest.CLOCK;
import static io.hangupby.internal.twilio.TwilioJavaGatewayTest.EVENTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.twilio.http.HttpClient;
import com.twilio.http.Request;
import com.twilio.http.Response;
import com.twilio.http.TwilioRestClient;
import io.hangupby.call.TaskRef;
import io.hangupby.call.TaskSid;
import io.hangupby.internal.attributes.TaskAttributes;
import io.hangupby.simulator.internal.hostile.HostileTwilio;
import io.hangupby.simulator.internal.hostile.Mistreatment;
import io.hangupby.twilio.TwilioFailure;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No response is waited for, or read, without an end. */
class HostileTwilioTest {
    private static final TaskRef TASK = new TaskRef(ACCOUNT, WORKSPACE, new TaskSid("WT" + "1".repeat(32)));
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    /** With a machine that has much else to do. */
    private static final Duration SOON_AFTER = Duration.ofSeconds(8);

    private static TwilioGateway gateway(URI baseUrl) {
        return new TwilioJavaGateway(
                ACCOUNT, ACCOUNT.value(), "token", 2, TwilioHosts.at(baseUrl), EVENTS, CLOCK, PATIENCE);
    }

    /** Returns a Twilio that treats each request in this way. */
    private static HostileTwilio hostile(Mistreatment response) throws IOException {
        return new HostileTwilio(URI.create("http://127.0.0.1:1")).treat(call -> true, response);
    }

    private static TwilioFailure failure(Runnable request) {
        TwilioFailure failure = catchThrowableOfType(TwilioFailure.class, request::run);
        assertThat(failure).isNotNull();
        return failure;
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"AN_ERROR", "MOVED"})
    void every_attempt_ends(Mistreatment response) throws IOException {
        try (HostileTwilio hostile = hostile(response);
                TwilioGateway twilio = gateway(hostile.baseUrl())) {
            long begun = System.nanoTime();
            // More than there are connections: none is kept by what went before.
            for (int i = 0; i < 3; i++) {
                TwilioFailure failure = failure(() -> twilio.task(TASK));

                assertThat(failure.kind()).isEqualTo(TwilioFailure.Kind.UNREACHABLE);
                assertThat(failure.problem())
                        .startsWith("no response from " + hostile.baseUrl().getAuthority());
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isLessThan(PATIENCE.multipliedBy(3).plus(SOON_AFTER));
            assertThat(hostile.mistreated()).hasSize(3);
        }
    }

    @Test
    void a_redirection_with_json_writes_nothing_and_is_not_followed() throws IOException {
        try (HostileTwilio hostile = hostile(Mistreatment.MOVED);
                TwilioGateway twilio = gateway(hostile.baseUrl())) {
            TwilioFailure failure = failure(() -> twilio.updateTask(TASK, TaskAttributes.of("{}"), "\"1\""));

            assertThat(failure.kind()).isEqualTo(TwilioFailure.Kind.INVALID_RESPONSE);
            assertThat(failure.problem()).isEqualTo("HTTP 302, which Twilio does not send");
            assertThat(failure(() -> twilio.task(TASK)).kind()).isEqualTo(TwilioFailure.Kind.INVALID_RESPONSE);
            assertThat(hostile.mistreated())
                    .hasSize(2)
                    .noneMatch(call -> call.target().contains("elsewhere"));
        }
    }

    @Test
    void an_interrupt_ends_an_attempt_at_once() throws Exception {
        try (HostileTwilio hostile = hostile(Mistreatment.NOTHING);
                TwilioGateway twilio = new TwilioJavaGateway(
                        ACCOUNT,
                        ACCOUNT.value(),
                        "token",
                        1,
                        TwilioHosts.at(hostile.baseUrl()),
                        EVENTS,
                        CLOCK,
                        Duration.ofMinutes(5))) {
            Thread.currentThread().interrupt();
            TwilioFailure failure = failure(() -> twilio.task(TASK));

            assertThat(Thread.interrupted()).isTrue();
            assertThat(failure.kind()).isEqualTo(TwilioFailure.Kind.UNREACHABLE);
        }
    }

    /** Nothing can be done against what an application's own client hangs in, but not to wait for it. */
    @Test
    void a_client_of_the_applications_that_hangs_is_not_waited_for() {
        CountDownLatch end = new CountDownLatch(1);
        HttpClient hanging = new HttpClient() {
            @Override
            public Response makeRequest(Request request) {
                while (end.getCount() > 0) {
                    Thread.onSpinWait();
                    sleepUnlessEnded();
                }
                return new Response("{}", 200);
            }

            private void sleepUnlessEnded() {
                try {
                    Thread.sleep(10);
                } catch (InterruptedException deaf) {
                    // As many are.
                }
            }
        };
        TwilioRestClient theirs = new TwilioRestClient.Builder("user", "secret")
                .httpClient(hanging)
                .build();
        try (TwilioGateway twilio = new TwilioJavaGateway(
                ACCOUNT,
                ACCOUNT.value(),
                "token",
                theirs,
                1,
                TwilioHosts.at(URI.create("http://127.0.0.1:1")),
                EVENTS,
                CLOCK,
                Duration.ofMillis(100))) {
            for (int i = 0; i < 4; i++) {
                assertThat(failure(() -> twilio.task(TASK)).problem())
                        .isEqualTo("no response from 127.0.0.1:1, SocketTimeoutException");
            }

            TwilioFailure full = failure(() -> twilio.task(TASK));
            assertThat(full.kind()).isEqualTo(TwilioFailure.Kind.NOT_SENT);
            assertThat(full.problem()).startsWith("too many requests that were given up still hang");
        } finally {
            end.countDown();
        }
    }
}
