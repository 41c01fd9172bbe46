package io.hangupby;

import io.hangupby.call.TaskRef;
import io.hangupby.check.CheckReport;
import io.hangupby.decision.AuditReport;
import io.hangupby.decision.DryRunReport;
import io.hangupby.decision.Explanation;
import io.hangupby.decision.HangUpByListener;
import io.hangupby.decision.Kept;
import io.hangupby.decision.Outcome;
import io.hangupby.internal.DaemonThreads;
import io.hangupby.internal.event.EventReader;
import io.hangupby.internal.event.TaskVersions;
import io.hangupby.internal.facts.LiveFacts;
import io.hangupby.internal.journal.RecurringJob;
import io.hangupby.internal.journal.SchedulingPolicy;
import io.hangupby.internal.journal.TaskJournal;
import io.hangupby.internal.journal.WorkHandler;
import io.hangupby.internal.journal.WorkQueue;
import io.hangupby.internal.processing.AccountDispatcher;
import io.hangupby.internal.processing.EngineSettings;
import io.hangupby.internal.processing.NewestVersions;
import io.hangupby.internal.processing.WatchingJournal;
import io.hangupby.internal.webhook.InboundEvents;
import io.hangupby.internal.webhook.SignatureVerifier;
import io.hangupby.internal.webhook.VerifyingWebhookHandler;
import io.hangupby.internal.webhook.WebhookAccount;
import io.hangupby.internal.webhook.WebhookSettings;
import io.hangupby.journal.JournalException;
import io.hangupby.journal.ParkedTask;
import io.hangupby.telemetry.HangUpByStatus;
import io.hangupby.webhook.WebhookHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides for each agent's segment of a Flex voice call who ended it, and writes the value into the Task for Flex Insights. Mount
 * {@link #webhook} where Twilio's callbacks arrive. Close this object when the application ends. Thread-safe.
 */
public final class HangUpBy implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HangUpBy.class);
    private static final int PARKED_SHOWN = 1000;
    private static final int AUDITED_TASKS_AT_MOST = 10_000;
    private static final Duration THREADS_END_WITHIN = Duration.ofSeconds(1);

    private final HangUpBySettings settings;
    private final DryRunReport dryRunReport;
    private final ScheduledExecutorService threads;
    private final WorkQueue queue;
    private final TaskJournal journal;
    private final Accounts accounts;
    private final LiveFacts facts;
    private final VerifyingWebhookHandler webhook;
    private final InboundEvents inbound;
    private final Checks checks;

    HangUpBy(HangUpBySettings settings) {
        this.settings = settings;
        dryRunReport = new DryRunReport(settings.vocabulary()::value);
        NewestVersions versions = new NewestVersions(
                settings.twilio().writeOnEventVersion(), settings.jdbc().isPresent());
        EventReader received = new EventReader(settings.channels(), versions);
        EventReader recorded = new EventReader(settings.channels(), TaskVersions.OF_EACH_UPDATE);
        threads = settings.timing().threads().apply(settings.tasksAtOnce());
        EngineSettings engine = new EngineSettings(
                        settings.pluginInstalled(),
                        settings.vocabulary(),
                        settings.dryRun(),
                        settings.presetOnCreate(),
                        settings.pluginPins())
                .withMarkerWords(settings.agentMarkerValues())
                .withIgnoredParticipants(settings.ignoredParticipants())
                .withDetails(settings.details());
        Store store = Store.open(settings, threads, new SchedulingPolicy(engine.presets()));
        queue = store.queue();
        journal = new WatchingJournal(store.journal(), versions, engine);
        HangUpByListener listener = settings.dryRun() ? dryRunReport.andThen(settings.listener()) : settings.listener();
        accounts = new Accounts(settings.accounts().stream()
                .map(account -> new AccountRuntime(
                        account, settings, engine, recorded, journal, versions, listener, store.liveNodes()))
                .toList());
        queue.start(work(listener), recurringJobs(store));
        WebhookSettings taken = webhookSettings();
        facts = new LiveFacts(settings.clock(), accounts::rateLimited);
        webhook = new VerifyingWebhookHandler(taken, received, journal, settings.telemetry(), facts);
        inbound = new InboundEvents(taken, received, journal, settings.telemetry());
        checks = new Checks(settings, taken, webhook.checks(), inbound, store.state());
        settings.telemetry().bind(this::status);
        Announcement.log(settings, taken, accounts);
    }

    private WorkHandler work(HangUpByListener listener) {
        return new AccountDispatcher(
                accounts.engines(), settings.twilio().tasksAtOnce(), queue, listener, settings.clock());
    }

    private List<RecurringJob> recurringJobs(Store store) {
        List<RecurringJob> recurringJobs = new ArrayList<>(store.recurringJobs());
        if (!settings.recovery().isOff()) {
            accounts.all().forEach(account -> recurringJobs.add(account.recovery(settings)));
        }
        return recurringJobs;
    }

    private WebhookSettings webhookSettings() {
        List<WebhookAccount> senders = settings.accounts().stream()
                .map(account -> new WebhookAccount(
                        account.account(), account.workspace(), new SignatureVerifier(account.authTokens())))
                .toList();
        return new WebhookSettings(senders, settings.publicUrls(), settings.trustForwardedHeaders());
    }

    /** Returns a builder: {@code HangUpBy.builder().accountSid(…).authToken(…).build()}. */
    public static HangUpByBuilder builder() {
        return new HangUpByBuilder();
    }

    /** Returns the handler of Twilio's callbacks, for any HTTP server. */
    public WebhookHandler webhook() {
        return webhook;
    }

    /**
     * Accepts the decoded parameters of a TaskRouter callback or a conference status callback that did not come through
     * {@link #webhook}: from an application's own queue. The caller has verified the signature. A repeated callback changes nothing.
     *
     * @return whether the callback was of use: not if it cannot matter to who ended a call, or if it is of another account or
     *     workspace
     * @throws io.hangupby.webhook.MalformedEventException if the callback lacks what every such event has; do not retry
     * @throws io.hangupby.journal.JournalException if the event cannot be kept now; retry
     */
    public boolean acceptCallback(Map<String, String> parameters) {
        return inbound.takeCallback(parameters);
    }

    /**
     * Accepts TaskRouter's events in the format of Event Streams that did not come through {@link #webhook}: a CloudEvent or an
     * array of them, in UTF-8. Each valid event is kept, even if another event in the array is malformed. Repeated events change
     * nothing.
     *
     * @return whether any event was of use; see {@link #acceptCallback}
     * @throws io.hangupby.webhook.MalformedEventException if the text is not such JSON, or if an event lacks what every such event
     *     has; do not retry
     * @throws io.hangupby.journal.JournalException if an event cannot be kept now; retry with all of them
     */
    public boolean acceptCloudEvents(byte[] json) {
        return inbound.takeCloudEvents(json);
    }

    /**
     * Explains why a call was labelled as it was: for each segment the facts and their sources, the rules, the verdict, and what
     * was written. A segment in the journal is explained by the evidence of its verdict. For other segments Twilio is asked on
     * the caller's thread, and the same rules decide. Nothing is written, and no listener is called. That takes one request for
     * the task's events and about two to six for each segment, which count towards
     * {@link TwilioBuilder#maxConcurrentCalls} and are retried like all others: seconds, if Twilio is slow.
     *
     * <p>A task that is still under way, or that Twilio no longer has, is no failure: the explanation says so.
     *
     * @param taskSid the task, in the workspace that the builder was given
     * @throws IllegalArgumentException if this is not the SID of a task
     * @throws IllegalStateException if the builder was given no workspace, or several
     * @throws io.hangupby.twilio.TwilioFailure if Twilio has to be asked and does not respond
     */
    public Explanation explain(String taskSid) {
        return explain(accounts.task(taskSid));
    }

    /**
     * Explains why a call was labelled as it was, see {@link #explain(String)}, in any workspace.
     *
     * @throws IllegalArgumentException if these are not the SIDs of a workspace and a task
     * @throws IllegalStateException if it can be a workspace of several accounts: then use {@link #explain(TaskRef)}
     * @throws io.hangupby.twilio.TwilioFailure if Twilio has to be asked and does not respond
     */
    public Explanation explain(String workspaceSid, String taskSid) {
        return explain(accounts.task(workspaceSid, taskSid));
    }

    /**
     * Explains why a call was labelled as it was, see {@link #explain(String)}, of any account and workspace.
     *
     * @throws IllegalArgumentException if it is of an account that this one was not given
     * @throws io.hangupby.twilio.TwilioFailure if Twilio has to be asked and does not respond
     */
    public Explanation explain(TaskRef task) {
        return accounts.of(task).explain(task);
    }

    /**
     * Returns what a dry run has found so far in this process, by rule: the computed values beside those found in the task. Without a
     * dry run the report is empty.
     */
    public DryRunReport dryRunReport() {
        return dryRunReport;
    }

    /**
     * Returns how many verdicts of each rule Voice Insights confirms, for the 10,000 tasks in the journal that changed last. Empty unless
     * Twilio sends events of Voice Insights, see {@code docs/operations/audit.md}. Reads the journal: call it when a person asks.
     *
     * @throws io.hangupby.journal.JournalException if the journal cannot be read now
     */
    public AuditReport auditReport() {
        List<Outcome> latest = new ArrayList<>();
        latestOutcomes(AUDITED_TASKS_AT_MOST, outcome -> latest.add(outcome.withoutEvidence()));
        return AuditReport.of(latest.stream());
    }

    /**
     * Passes the outcomes in the journal to {@code each}, on the caller's thread: those of the tasks that changed last, latest change first.
     * For a report that begins with what a database kept over a restart, or that shows the calls of all nodes. A database is read a few
     * hundred tasks at a time. If a task changes meanwhile, its outcomes can come twice.
     *
     * @param tasks the number of tasks at most
     * @param each receives each outcome
     * @throws io.hangupby.journal.JournalException if the journal cannot be read now; outcomes may have been passed before
     */
    public void latestOutcomes(int tasks, Consumer<Outcome> each) {
        journal.latestOutcomes(tasks, each);
    }

    /** Returns the status, for a health check, a page or a metric. This asks Twilio nothing, and a database for two counts. */
    public HangUpByStatus status() {
        try {
            return status(true, queue.size(), queue.parkedCount());
        } catch (JournalException down) {
            return status(false, 0, 0);
        }
    }

    private HangUpByStatus status(boolean journalUp, int due, int parked) {
        return new CurrentStatus(
                accounts.status(),
                journalUp,
                due,
                parked,
                accounts.sum(account -> account.engine().collisions()),
                Arrays.stream(Kept.values())
                        .collect(Collectors.toMap(
                                kept -> kept,
                                kept -> accounts.sum(account -> account.engine().values(kept)))),
                accounts.sum(AccountRuntime::recovered),
                webhook.rejectedEvents(),
                webhook.missedEvents(),
                journal.percentFull(),
                journal.forgottenForRoom(),
                StatusFacts.of(facts, accounts));
    }

    /**
     * Checks the set-up: the credentials and their permissions, the way from Twilio to this application, the workspace, Event
     * Streams, Voice Insights, what the latest reservations show, and the journal. It makes about 25 reads at Twilio, and posts one
     * signed request to each public address, which ends in this object and is not recorded. It changes nothing. That takes seconds,
     * on the caller's thread; checks at the same time follow upon each other. Failures are lines of the report.
     */
    public CheckReport check() {
        return checks.run();
    }

    /**
     * Returns the parked tasks with their reasons, longest parked first, at most 1000: Twilio rejected the update, could not be
     * reached for as long as a value was of use, or no node has the task's account. A parked task is not retried, but a new event
     * of the task makes it due again. The listener and the log have each of them.
     */
    public List<ParkedTask> parked() {
        return queue.parked(PARKED_SHOWN);
    }

    /**
     * Retries a parked task as soon as a thread is free. Call it once the cause is mended; if the task fails again, it is parked
     * again.
     *
     * @return whether the task was parked
     * @throws IllegalArgumentException if these are not the SIDs of a workspace and a task
     * @throws IllegalStateException if it can be a workspace of several accounts: then use {@link #retryParked(TaskRef)}
     * @throws io.hangupby.journal.JournalException if it is closed already
     */
    public boolean retryParked(String workspaceSid, String taskSid) {
        return retryParked(accounts.task(workspaceSid, taskSid));
    }

    /**
     * Retries a parked task, see {@link #retryParked(String, String)}.
     *
     * @return whether the task was parked
     * @throws io.hangupby.journal.JournalException if it is closed already
     */
    public boolean retryParked(TaskRef task) {
        return queue.retryParked(task);
    }

    /**
     * Deletes all that the journal knows of a task, for instance when a customer demands it. Work that is due for the task is
     * dropped. The task itself, at Twilio, stays as it is.
     *
     * @throws IllegalArgumentException if these are not the SIDs of a workspace and a task
     * @throws IllegalStateException if it can be a workspace of several accounts: then use {@link #forget(TaskRef)}
     * @throws io.hangupby.journal.JournalException if the journal cannot do it now
     */
    public void forget(String workspaceSid, String taskSid) {
        forget(accounts.task(workspaceSid, taskSid));
    }

    /**
     * Deletes all that the journal knows of a task, see {@link #forget(String, String)}.
     *
     * @throws io.hangupby.journal.JournalException if the journal cannot do it now
     */
    public void forget(TaskRef task) {
        journal.forget(task);
    }

    /**
     * Accepts no more events, continues due work for at most the shutdown timeout, and logs what is left. The threads have then
     * ended, unless a listener or a database holds a thread up.
     */
    @Override
    public void close() {
        webhook.stopObserving();
        List<TaskRef> left = queue.stop(settings.shutdownTimeout());
        threads.shutdownNow();
        DaemonThreads.awaitEnd(threads, THREADS_END_WITHIN);
        settings.telemetry().unbind();
        left.forEach(task -> log.warn("task {}: shut down before it was decided and written", task));
        accounts.all().forEach(AccountRuntime::close);
        if (settings.dryRun()) {
            log.info(
                    "dry run: {} of {} segments have the value that would have been written; {} could not be compared",
                    dryRunReport.same(),
                    dryRunReport.compared(),
                    dryRunReport.notCompared());
        }
    }
}
