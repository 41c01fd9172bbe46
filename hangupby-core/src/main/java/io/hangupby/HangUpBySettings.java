package io.hangupby;

import io.hangupby.call.Address;
import io.hangupby.decision.Decider;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.HangUpByListener;
import io.hangupby.decision.Vocabulary;
import io.hangupby.internal.processing.DetailFields;
import io.hangupby.telemetry.Telemetry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The settings of one {@link HangUpBy}, complete and checked. */
record HangUpBySettings(
        List<AccountSettings> accounts,
        List<String> publicUrls,
        boolean trustForwardedHeaders,
        Set<String> channels,
        boolean pluginInstalled,
        Set<String> agentMarkerValues,
        Set<Address> ignoredParticipants,
        DetailFields details,
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

    /**
     * Returns these settings.
     *
     * @throws HangUpByConfigurationException if settings cannot work together
     */
    HangUpBySettings checked() {
        if (channels.isEmpty() || channels.stream().anyMatch(String::isBlank)) {
            throw HangUpByBuilder.wrong(
                    "hangupby.channels", "the unique names of the task channels that carry calls, such as voice");
        }
        if (pluginPins && !pluginInstalled) {
            throw new HangUpByConfigurationException(
                    "hangupby.plugin-pins",
                    "is set, but hangupby.agent-marker=none says that agents have no plugin",
                    "set hangupby.agent-marker=plugin, or remove hangupby.plugin-pins");
        }
        if (presetOnCreate && vocabulary.value(EndedBy.CUSTOMER).isEmpty()) {
            throw new HangUpByConfigurationException(
                    "hangupby.preset-on-create",
                    "is set, but hangupby.vocabulary.values.customer is empty, so that there is no value to write",
                    "give the customer's value a text, or remove hangupby.preset-on-create");
        }
        if (shutdownTimeout.isNegative()) {
            throw HangUpByBuilder.wrong("shutdownTimeout", "0 or more");
        }
        return this;
    }

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
