package io.hangupby.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.simulator.TwilioSimulator;
import io.hangupby.simulator.account.Agent;
import io.hangupby.simulator.events.TwilioSigner;
import io.hangupby.simulator.junit.TwilioSimulatorTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;

@TwilioSimulatorTest(callback = "/callbacks/taskrouter")
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "hangupby.filter.enabled=true",
            "hangupby.filter.url-patterns=/callbacks/taskrouter",
            "acme.twilio.token=${twilio-simulator.auth-token}",
            "acme.twilio.callback=${twilio-simulator.public-url}/callbacks/taskrouter"
        })
class CallbacksTest {
    @Test
    void the_value_arrives_beside_the_handler(TwilioSimulator twilio) {
        Agent agent = twilio.browserAgent("Alice");
        twilio.inboundCall()
                .accepts(agent)
                .programEndsConference()
                .task()
                .awaitHangUpBy("system", Duration.ofSeconds(30));
        assertThat(twilio.delivery().responses().keySet()).containsExactly(204);
    }

    @Test
    void the_handler_accepts_a_signed_callback(TwilioSigner signer, @Value("${local.server.port}") int port)
            throws Exception {
        HttpRequest callback = signer.form(
                URI.create("http://127.0.0.1:" + port + "/callbacks/taskrouter"),
                "https://backend.example.com/callbacks/taskrouter",
                Map.of("EventType", "worker.activity.update", "WorkerName", "Alice"));

        assertThat(HttpClient.newHttpClient()
                        .send(callback, BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(204);
    }
}
