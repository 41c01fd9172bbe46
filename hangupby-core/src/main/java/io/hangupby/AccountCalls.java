package io.hangupby;

import io.hangupby.call.AccountSid;
import io.hangupby.call.WorkspaceSid;
import io.hangupby.decision.HangUpByListener;
import io.hangupby.event.EventReader;
import io.hangupby.internal.engine.CallEngine;
import io.hangupby.internal.engine.CallExplainer;
import io.hangupby.internal.engine.EngineSettings;
import io.hangupby.internal.engine.Recovery;
import io.hangupby.internal.engine.ResilientGateway;
import io.hangupby.internal.engine.Sleeper;
import io.hangupby.journal.CallJournal;
import io.hangupby.journal.Chore;
import io.hangupby.twilio.TwilioClock;
import io.hangupby.twilio.TwilioGateway;
import io.hangupby.twilio.TwilioHosts;
import io.hangupby.twilio.TwilioJavaGateway;
import java.util.Optional;
import java.util.Set;

/** All that deals with the calls of one account; it has credentials, limits and trouble of its own. Thread-safe. */
final class AccountCalls implements AutoCloseable {
    private final AccountSettings account;
    private final CallJournal journal;
    private final ResilientGateway twilio;
    private final CallEngine engine;
    private final CallExplainer explainer;
    private final Recovery recovery;

    AccountCalls(
            AccountSettings account,
            HangUpBySettings settings,
            EngineSettings engineSettings,
            EventReader events,
            CallJournal journal,
            HangUpByListener listener) {
        this.account = account;
        this.journal = journal;
        TwilioClock clock = TwilioClock.of(settings.clock());
        this.twilio = new ResilientGateway(
                gateway(account, settings, events, clock),
                settings.maxConcurrentCalls(),
                settings.maxUpdatesPerSecond(),
                settings.telemetry(),
                clock.steady(),
                Sleeper.SYSTEM);
        this.engine = new CallEngine(
                journal,
                twilio,
                settings.decider(),
                engineSettings,
                listener,
                settings.telemetry(),
                clock,
                Sleeper.SYSTEM);
        this.explainer = new CallExplainer(journal, twilio, settings.decider(), engineSettings, Sleeper.SYSTEM);
        this.recovery = new Recovery(journal, twilio, this::workspaces, settings.recoveryLookBack(), clock);
    }

    private static TwilioGateway gateway(
            AccountSettings account, HangUpBySettings settings, EventReader events, TwilioClock clock) {
        TwilioHosts hosts = account.twilioBaseUrl().map(TwilioHosts::at).orElse(settings.twilioHosts());
        return settings.twilioClient()
                .map(theirs -> new TwilioJavaGateway(
                        account.account(),
                        account.apiUser(),
                        account.apiPassword(),
                        theirs,
                        settings.maxConcurrentCalls(),
                        hosts,
                        events,
                        clock))
                .orElseGet(() -> new TwilioJavaGateway(
                        account.account(),
                        account.apiUser(),
                        account.apiPassword(),
                        settings.maxConcurrentCalls(),
                        hosts,
                        events,
                        clock));
    }

    private Set<WorkspaceSid> workspaces() {
        return workspace().map(Set::of).orElseGet(() -> journal.workspaces(sid()));
    }

    AccountSid sid() {
        return account.account();
    }

    /** Returns the one workspace whose events are taken, if there is but one. */
    Optional<WorkspaceSid> workspace() {
        return account.workspace();
    }

    CallEngine engine() {
        return engine;
    }

    CallExplainer explainer() {
        return explainer;
    }

    Chore recovery(HangUpBySettings settings) {
        return new Chore("recover-" + sid().value().substring(2), settings.recoveryEvery(), recovery::look);
    }

    long recovered() {
        return recovery.recovered();
    }

    TwilioStatus status() {
        return new TwilioStatus(
                sid(), twilio.reachability(), twilio.reachabilitySince(), twilio.isHeldBack(), twilio.slowRequests());
    }

    @Override
    public void close() {
        twilio.close();
    }
}
