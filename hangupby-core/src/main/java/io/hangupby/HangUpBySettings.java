package io.hangupby;

import io.hangupby.call.Address;
import io.hangupby.decision.Decider;
import io.hangupby.decision.HangUpByListener;
import io.hangupby.decision.Vocabulary;
import io.hangupby.telemetry.Telemetry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The settings of one {@link HangUpBy}, complete and checked. */
record HangUpBySettings(
        List<AccountSettings> accounts,
        Optional<String> publicUrl,
        boolean trustForwardedHeaders,
        Set<String> channels,
        boolean pluginInstalled,
        Set<String> agentMarkerValues,
        Set<Address> ignoredParticipants,
        Vocabulary vocabulary,
        boolean presetOnCreate,
        boolean pluginPins,
        boolean dryRun,
        TwilioSettings twilio,
        Duration shutdownTimeout,
        Optional<JdbcSettings> jdbc,
        RecoverySettings recovery,
        HangUpByListener listener,
        Decider decider,
        Telemetry telemetry,
        Clock clock,
        Timing timing) {

    /** Returns how many tasks of all accounts are processed at once. */
    int tasksAtOnce() {
        return accounts.size() * twilio.tasksAtOnce();
    }

    /** Holds secrets, so it shows only whose they are. */
    @Override
    public String toString() {
        return "HangUpBySettings" + accounts;
    }
}
