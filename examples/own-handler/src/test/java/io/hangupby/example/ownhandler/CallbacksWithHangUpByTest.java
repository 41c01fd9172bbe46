package io.hangupby.example.ownhandler;

import io.hangupby.simulator.TwilioSimulator;
import io.hangupby.simulator.account.Agent;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same tests with hangupby in front of the handlers, which also labels calls. */
class CallbacksWithHangUpByTest extends CallbacksTest {
    private static final Duration WITHIN = Duration.ofMinutes(1);

    private final TwilioSimulator twilio =
            TwilioSimulator.builder().accountSid(ACCOUNT).authToken(TOKEN).start();

    @Override
    List<String> settings() {
        return List.of(
                "--hangupby.account-sid=" + ACCOUNT,
                "--hangupby.auth-token=" + TOKEN,
                "--hangupby.twilio.base-url=" + twilio.baseUrl(),
                "--hangupby.recovery.interval=0");
    }

    @AfterAll
    void closeTwilio() {
        twilio.close();
    }

    /** Without {@code nothing}: on Tomcat, a body that nobody reads is observed only as far as it has arrived. */
    @ParameterizedTest
    @ValueSource(strings = {"parameters", "form", "text", "later", "servlet"})
    void calls_are_labelled(String handler) {
        String port = backend().getEnvironment().getRequiredProperty("local.server.port");
        String address = "http://127.0.0.1:" + port + "/callbacks/" + handler;
        twilio.callback(URI.create(address), address);
        Agent agent = twilio.browserAgent("Alice");

        twilio.inboundCall()
                .waitsInQueue()
                .rings(agent)
                .accepts(agent)
                .customerHangsUp()
                .task()
                .awaitHangUpBy("customer", WITHIN);
    }
}
