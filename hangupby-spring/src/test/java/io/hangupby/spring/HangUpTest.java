package io.hangupby.spring;

import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.TwilioSimulator;
import io.hangupby.simulator.account.Agent;
import io.hangupby.simulator.junit.TwilioSimulatorTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;

@TwilioSimulatorTest
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class HangUpTest {
    @Test
    void the_customer_hangs_up(TwilioSimulator twilio) {
        Agent agent = twilio.browserAgent("Alice");
        SimulatedCall call = twilio.inboundCall().waitsInQueue().accepts(agent).customerHangsUp();
        call.task().awaitHangUpBy("customer", Duration.ofSeconds(30));
    }
}
