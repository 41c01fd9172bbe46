package io.hangupby;

import io.hangupby.decision.EndedBy;
import io.hangupby.internal.check.CheckedAccount;
import io.hangupby.internal.check.SetupCheck;
import io.hangupby.internal.event.EventReader;
import io.hangupby.internal.processing.MarkerWords;
import io.hangupby.internal.twilio.SetupGateway;
import io.hangupby.internal.twilio.TwilioClock;
import io.hangupby.internal.twilio.TwilioJavaGateway;
import io.hangupby.internal.webhook.InboundEvents;
import io.hangupby.internal.webhook.WebhookSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Connects the check to one account, by connections that take none from the calls'. */
final class AccountCheck implements AutoCloseable {
    private static final int CONNECTIONS = 6;

    private final AccountSettings account;
    private final HangUpBySettings settings;
    private final EventReader events;
    private final TwilioClock clock;
    private final TwilioJavaGateway twilio;

    AccountCheck(AccountSettings account, HangUpBySettings settings) {
        this.account = account;
        this.settings = settings;
        this.events = new EventReader(settings.channels());
        this.clock = TwilioClock.of(settings.clock());
        this.twilio = AccountRuntime.gateway(account, settings, events, clock, CONNECTIONS);
    }

    /**
     * @param taken the public addresses, as signatures are checked for them
     * @param observedUrls the public addresses of handlers that are observed
     * @param queued the events of the application's own queue
     */
    SetupCheck.Connected connected(WebhookSettings taken, List<String> observedUrls, InboundEvents queued) {
        SetupGateway setup = twilio.setup(clock);
        return new SetupCheck.Connected(
                checked(taken, observedUrls, queued.haveComeFor(account.account())), twilio, setup, this::isAccepted);
    }

    private boolean isAccepted(String token) {
        AccountSettings byToken = new AccountSettings(
                account.prefix(),
                account.account(),
                account.authTokens(),
                account.account().value(),
                token,
                account.workspace(),
                account.twilioBaseUrl());
        try (TwilioJavaGateway other = AccountRuntime.gateway(byToken, settings, events, clock, 1)) {
            return other.setup(clock).hasAccount();
        }
    }

    private CheckedAccount checked(WebhookSettings taken, List<String> observedUrls, boolean isQueued) {
        return new CheckedAccount(
                account.prefix(),
                account.account(),
                account.workspace(),
                account.authTokens(),
                !account.apiUser().equals(account.account().value()),
                taken.publicUrls(),
                observedUrls,
                isQueued,
                settings.channels(),
                settings.pluginInstalled(),
                values(),
                MarkerWords.of(settings.vocabulary(), settings.agentMarkerValues())
                        .words(),
                settings.twilio().maxUpdatesPerSecond(),
                isSimulated());
    }

    private boolean isSimulated() {
        return account.twilioBaseUrl().or(settings.twilio().hosts()::baseUrl).stream()
                .map(base -> String.valueOf(base.getHost()))
                .anyMatch(host -> host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]"));
    }

    private Set<String> values() {
        return Arrays.stream(EndedBy.values())
                .map(settings.vocabulary()::value)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
    }

    @Override
    public void close() {
        twilio.close();
    }
}
