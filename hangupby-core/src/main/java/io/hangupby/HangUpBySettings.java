package io.hangupby;

import com.twilio.http.TwilioRestClient;
import io.hangupby.decision.Decider;
import io.hangupby.decision.HangUpByListener;
import io.hangupby.decision.Vocabulary;
import io.hangupby.internal.processing.EngineThreads;
import io.hangupby.internal.twilio.TwilioHosts;
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
        Vocabulary vocabulary,
        boolean presetOnCreate,
        boolean pluginPins,
        boolean dryRun,
        TwilioHosts twilioHosts,
        Optional<TwilioRestClient> twilioClient,
        int maxConcurrentCalls,
        int maxUpdatesPerSecond,
        Duration shutdownTimeout,
        Optional<DatabaseSettings> database,
        Duration recoveryInterval,
        Duration recoveryLookBack,
        HangUpByListener listener,
        Decider decider,
        Telemetry telemetry,
        Clock clock) {

    /** Returns how many tasks are worked on at once. */
    int tasksAtOnce() {
        return accounts.size() * tasksOfAnAccountAtOnce();
    }

    /** Returns how many of an account are. */
    int tasksOfAnAccountAtOnce() {
        return EngineThreads.tasksAtOnce(maxConcurrentCalls);
    }

    /** Holds secrets, so it shows only whose they are. */
    @Override
    public String toString() {
        return "HangUpBySettings" + accounts;
    }
}
