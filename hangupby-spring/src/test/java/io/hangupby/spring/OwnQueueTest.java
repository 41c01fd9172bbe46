package io.hangupby.spring;

import io.hangupby.HangUpBy;
import io.hangupby.simulator.TwilioSimulator;
import io.hangupby.simulator.account.Agent;
import io.hangupby.simulator.junit.TwilioSimulatorTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@TwilioSimulatorTest
class OwnQueueTest {
    @Test
    void the_customer_hangs_up(TwilioSimulator twilio) {
        try (HangUpBy hangUpBy = HangUpBy.builder()
                .accountSid(twilio.accountSid())
                .authToken(twilio.authToken())
                .twilio(t -> t.baseUrl(twilio.baseUrl()))
                .build()) {
            twilio.eventStream(hangUpBy::acceptCloudEvents);
            Agent agent = twilio.browserAgent("Alice");
            twilio.inboundCall()
                    .accepts(agent)
                    .customerHangsUp()
                    .task()
                    .awaitHangUpBy("customer", Duration.ofSeconds(30));
        }
    }
}
