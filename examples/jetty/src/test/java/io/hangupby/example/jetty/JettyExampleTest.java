package io.hangupby.example.jetty;

import io.hangupby.simulator.TwilioSimulator;
import io.hangupby.simulator.account.Agent;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.Test;

class JettyExampleTest {

    @Test
    void labels_a_call() throws Exception {
        String publicUrl = "https://backend.example.com/hangupby";
        try (TwilioSimulator twilio = TwilioSimulator.builder().start()) {
            Server server = JettyExample.start(Map.of(
                    "TWILIO_ACCOUNT_SID", twilio.accountSid(),
                    "TWILIO_AUTH_TOKEN", twilio.authToken(),
                    "TWILIO_BASE_URL", twilio.baseUrl().toString(),
                    "PUBLIC_URL", publicUrl,
                    "PORT", "0"));
            twilio.callback(
                    URI.create("http://127.0.0.1:" + server.getURI().getPort() + "/hangupby/taskrouter"),
                    publicUrl + "/taskrouter");
            Agent agent = twilio.browserAgent("Alice");

            twilio.inboundCall()
                    .waitsInQueue()
                    .rings(agent)
                    .accepts(agent)
                    .customerHangsUp()
                    .task()
                    .awaitHangUpBy("customer", Duration.ofSeconds(10));

            server.stop();
        }
    }
}
