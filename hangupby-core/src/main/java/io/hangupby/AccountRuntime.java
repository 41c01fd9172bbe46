package io.hangupby;

import io.hangupby.call.AccountSid;
import io.hangupby.call.TaskRef;
import io.hangupby.call.WorkspaceSid;
import io.hangupby.decision.Explanation;
import io.hangupby.decision.HangUpByListener;
import io.hangupby.internal.event.EventReader;
import io.hangupby.internal.journal.RecurringJob;
import io.hangupby.internal.journal.TaskJournal;
import io.hangupby.internal.processing.EngineSettings;
import io.hangupby.internal.processing.EventVersionTrust;
import io.hangupby.internal.processing.NewestVersions;
import io.hangupby.internal.processing.Recovery;
import io.hangupby.internal.processing.ResilientGateway;
import io.hangupby.internal.processing.SegmentExplainer;
import io.hangupby.internal.processing.SegmentProcessor;
import io.hangupby.internal.twilio.TwilioClock;
import io.hangupby.internal.twilio.TwilioHosts;
import io.hangupby.internal.twilio.TwilioJavaGateway;
import io.hangupby.telemetry.TwilioStatus;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;

/** All that deals with the calls of one account; it has credentials, limits and trouble of its own. Thread-safe. */
final class AccountRuntime implements AutoCloseable {
    private final AccountSettings account;
    private final TaskJournal journal;
    private final ResilientGateway twilio;
    private final SegmentProcessor engine;
    private final SegmentExplainer explainer;
    private final Recovery recovery;
    private final EventVersionTrust eventVersions;

    AccountRuntime(
            AccountSettings account,
            HangUpBySettings settings,
            EngineSettings engineSettings,
            EventReader events,
            TaskJournal journal,
            NewestVersions versions,
            HangUpByListener listener,
            IntSupplier liveNodes) {
        this.account = account;
        this.journal = journal;
        this.eventVersions = versions.trust(account.account());
        TwilioClock clock = TwilioClock.of(settings.clock());
        this.twilio = new ResilientGateway(
                gateway(account, settings, events, clock, settings.twilio().maxConcurrentCalls()),
                settings.twilio().maxConcurrentCalls(),
                settings.twilio().maxUpdatesPerSecond(),
                liveNodes,
                settings.telemetry(),
                clock.steady(),
                settings.timing().sleeper());
        this.engine = new SegmentProcessor(
                journal,
                twilio,
                versions,
                settings.decider(),
                engineSettings,
                listener,
                settings.telemetry(),
                clock,
                settings.timing().sleeper());
        this.explainer = new SegmentExplainer(
                journal,
                twilio,
                settings.decider(),
                engineSettings,
                settings.timing().sleeper());
        this.recovery = new Recovery(
                journal, twilio, this::workspaces, settings.recovery().lookBack(), clock);
    }

    static TwilioJavaGateway gateway(
            AccountSettings account,
            HangUpBySettings settings,
            EventReader events,
            TwilioClock clock,
            int connections) {
        TwilioHosts hosts = account.twilioBaseUrl()
                .map(TwilioHosts::at)
                .orElse(settings.twilio().hosts());
        return settings.twilio()
                .client()
                .map(theirs -> new TwilioJavaGateway(
                        account.account(),
                        account.apiUser(),
                        account.apiPassword(),
                        theirs,
                        connections,
                        hosts,
                        events,
                        clock))
                .orElseGet(() -> new TwilioJavaGateway(
                        account.account(),
                        account.apiUser(),
                        account.apiPassword(),
                        connections,
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

    SegmentProcessor engine() {
        return engine;
    }

    /** Explains a task, once the turn that works on it now has ended. */
    Explanation explain(TaskRef task) {
        engine.awaitTurn(task);
        return explainer.explain(task);
    }

    RecurringJob recovery(HangUpBySettings settings) {
        return new RecurringJob(
                "recover-" + sid().value().substring(2), settings.recovery().interval(), recovery::search);
    }

    /** Sends fewer updates, because Twilio says that the account's limit is used up. */
    void rateLimited() {
        twilio.rateLimited();
    }

    long recovered() {
        return recovery.recovered();
    }

    TwilioStatus status() {
        return new CurrentStatus.OfTwilio(
                sid(),
                twilio.reachability(),
                twilio.reachabilitySince(),
                twilio.circuitOpen(),
                twilio.slowRequests(),
                twilio.updatesPerSecond(),
                eventVersions.status());
    }

    @Override
    public void close() {
        twilio.close();
    }
}
