package io.hangupby.example.jetty;

import io.hangupby.simulator.TwilioSimulator;
import io.hangupby.simulator.account.Agent;
import io.hangupby.simulator.junit.TwilioSimulatorTest;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@TwilioSimulatorTest
class JettyExampleTest {
    private static final String PUBLIC_URL = "https://backend.example.com/hangupby";
    private static Server server;

    @BeforeAll
    static void start(TwilioSimulator twilio) throws Exception {
        server = JettyExample.start(Map.of(
                "TWILIO_ACCOUNT_SID", twilio.accountSid(),
                "TWILIO_AUTH_TOKEN", twilio.authToken(),
                "TWILIO_BASE_URL", twilio.baseUrl().toString(),
                "PUBLIC_URL", PUBLIC_URL,
                "PORT", "0"));
        twilio.callback(
                URI.create("http://127.0.0.1:" + server.getURI().getPort() + "/hangupby/taskrouter"),
                PUBLIC_URL + "/taskrouter#rc=3&rp=ct,rt,5xx");
    }

    @AfterAll
    static void stop() throws Exception {
        server.stop();
    }

    @Test
    void the_customer_hangs_up(TwilioSimulator twilio) {
        Agent agent = twilio.browserAgent("Alice");
        twilio.inboundCall().accepts(agent).customerHangsUp().task().awaitHangUpBy("customer", Duration.ofSeconds(30));
    }
}
