package io.hangupby.internal.twilio;

import io.hangupby.call.AccountSid;
import io.hangupby.internal.event.EventReader;
import io.hangupby.internal.event.TaskVersions;
import io.hangupby.simulator.TwilioSimulator;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/** Real gateways for tests of other packages. */
public final class Gateways {
    private Gateways() {}

    /** Returns a gateway to a simulator, with a time limit for responses. */
    public static TwilioGateway impatient(TwilioSimulator simulator, Duration patience) {
        return new TwilioJavaGateway(
                new AccountSid(simulator.accountSid()),
                simulator.accountSid(),
                simulator.authToken(),
                4,
                TwilioHosts.at(simulator.baseUrl()),
                new EventReader(Set.of("voice"), TaskVersions.OF_EACH_UPDATE),
                TwilioClock.of(Clock.systemUTC()),
                patience);
    }
}
