package io.hangupby.internal.twilio;

import io.hangupby.call.AccountSid;
import io.hangupby.internal.event.EventReader;
import io.hangupby.simulator.TwilioSimulator;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/** Real gateways for tests of other packages. */
public final class Gateways {
    private Gateways() {}

    /** One to a simulator, that waits for an answer only for so long. */
    public static TwilioGateway impatient(TwilioSimulator simulator, Duration patience) {
        return new TwilioJavaGateway(
                new AccountSid(simulator.accountSid()),
                simulator.accountSid(),
                simulator.authToken(),
                4,
                TwilioHosts.at(simulator.baseUrl()),
                new EventReader(Set.of("voice")),
                TwilioClock.of(Clock.systemUTC()),
                patience);
    }
}
