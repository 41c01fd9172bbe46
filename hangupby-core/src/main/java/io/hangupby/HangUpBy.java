package io.hangupby;

import io.hangupby.call.AccountSid;
import io.hangupby.call.TaskRef;
import io.hangupby.call.TaskSid;
import io.hangupby.call.WorkspaceSid;
import io.hangupby.decision.DryRunReport;
import io.hangupby.decision.Explanation;
import io.hangupby.decision.HangUpByListener;
import io.hangupby.internal.DaemonThreads;
import io.hangupby.internal.event.CallEvent;
import io.hangupby.internal.event.EventReader;
import io.hangupby.internal.journal.RecurringJob;
import io.hangupby.internal.journal.SchedulingPolicy;
import io.hangupby.internal.journal.TaskJournal;
import io.hangupby.internal.journal.WorkHandler;
import io.hangupby.internal.journal.WorkQueue;
import io.hangupby.internal.processing.AccountDispatcher;
import io.hangupby.internal.processing.EngineSettings;
import io.hangupby.internal.processing.EngineThreads;
import io.hangupby.internal.processing.SegmentProcessor;
import io.hangupby.journal.JournalException;
import io.hangupby.journal.ParkedTask;
import io.hangupby.telemetry.StatusSnapshot;
import io.hangupby.webhook.InboundEvents;
import io.hangupby.webhook.SignatureVerifier;
import io.hangupby.webhook.WebhookAccount;
import io.hangupby.webhook.WebhookHandler;
import io.hangupby.webhook.WebhookSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out who ended each agent's part of a Flex voice call, and writes it into the Task for Flex Insights. Mount
 * {@link #webhook} where Twilio's callbacks arrive; close it when the application ends. Thread-safe.
 */
public final class HangUpBy implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HangUpBy.class);
    private static final int PARKED_SHOWN = 1000;
    private static final Duration THREADS_END_WITHIN = Duration.ofSeconds(1);

    private final HangUpBySettings settings;
    private final DryRunReport dryRunReport;
    private final ScheduledExecutorService threads;
    private final WorkQueue queue;
    private final TaskJournal journal;
    // In the order in which they were given.
    private final Map<AccountSid, AccountRuntime> accounts = new LinkedHashMap<>();
    private final WebhookHandler webhook;
    private final InboundEvents intake;

    HangUpBy(HangUpBySettings settings) {
        this.settings = settings;
        dryRunReport = new DryRunReport(settings.vocabulary()::value);
        EventReader events = new EventReader(settings.channels());
        threads = EngineThreads.start(settings.tasksAtOnce());
        EngineSettings engine = new EngineSettings(
                settings.pluginInstalled(),
                settings.vocabulary(),
                settings.dryRun(),
                settings.presetOnCreate(),
                settings.pluginPins());
        Store store = Store.open(settings, threads, new SchedulingPolicy(engine.presets()));
        queue = store.queue();
        journal = store.journal();
        HangUpByListener listener = settings.dryRun() ? dryRunReport.andThen(settings.listener()) : settings.listener();
        settings.accounts()
                .forEach(account -> accounts.put(
                        account.account(), new AccountRuntime(account, settings, engine, events, journal, listener)));
        queue.start(work(listener), chores(store));
        WebhookSettings taken = webhookSettings();
        webhook = new WebhookHandler(taken, events, journal, settings.telemetry());
        intake = new InboundEvents(taken, events, journal, settings.telemetry());
        settings.telemetry().bind(this::vitals);
        announce(taken);
    }

    private WorkHandler work(HangUpByListener listener) {
        Map<AccountSid, SegmentProcessor> engines = accounts.values().stream()
                .collect(Collectors.toUnmodifiableMap(AccountRuntime::sid, AccountRuntime::engine));
        return new AccountDispatcher(engines, settings.tasksOfAnAccountAtOnce(), queue, listener, settings.clock());
    }

    private List<RecurringJob> chores(Store store) {
        List<RecurringJob> chores = new ArrayList<>(store.chores());
        if (!settings.recoveryInterval().isZero()) {
            accounts.values().forEach(account -> chores.add(account.recovery(settings)));
        }
        return chores;
    }

    private WebhookSettings webhookSettings() {
        List<WebhookAccount> senders = settings.accounts().stream()
                .map(account -> new WebhookAccount(
                        account.account(), account.workspace(), new SignatureVerifier(account.authTokens())))
                .toList();
        return new WebhookSettings(senders, settings.publicUrl(), settings.trustForwardedHeaders());
    }

    /** Says once, for whoever sets it up, what Twilio has to be told and what decides. */
    private void announce(WebhookSettings taken) {
        log.info(
                "hangupby for account {}: {}; agent marker: {}; calls are remembered in {}{}",
                accounts.keySet().stream().map(AccountSid::value).collect(Collectors.joining(" and ")),
                taken.publicUrl()
                        .map(url -> url.replaceFirst("//[^/@]*@", "//…@"))
                        .map(url -> "TaskRouter's event callback URL is " + url + "/taskrouter#rc=3&rp=ct,rt,5xx")
                        .orElse(
                                "hangupby.public-url is not set, so requests to its own path are checked for the address by which each came"),
                settings.pluginInstalled() ? "plugin" : "none",
                settings.database().isPresent() ? "the database" : "this process's memory",
                settings.dryRun() ? "; dry run, nothing is written" : "");
    }

    /** Begins a new one: {@code HangUpBy.builder().accountSid(…).authToken(…).build()}. */
    public static HangUpByBuilder builder() {
        return new HangUpByBuilder();
    }

    /** Returns what answers Twilio's callbacks, for any HTTP server. */
    public WebhookHandler webhook() {
        return webhook;
    }

    /**
     * Takes an event that came in some other way than through {@link #webhook}, and was verified there.
     *
     * @throws IllegalArgumentException if it is of an account that this one was not given
     * @throws io.hangupby.journal.JournalException if it cannot be kept now, so that it has to be handed in again
     */
    public void accept(CallEvent event) {
        account(event.task());
        intake.take(event);
    }

    /**
     * Takes the decoded parameters of a TaskRouter callback, or of a conference's status callback, that came in some other way
     * than through {@link #webhook}, and whose signature was verified there: from an application's own queue. A repeated one
     * changes nothing.
     *
     * @return whether it was of use; it was not if it cannot matter to who ended a call, or is another account's or workspace's
     * @throws io.hangupby.webhook.MalformedEventException if it lacks what every such event has, so that to hand it in again is no
     *     use
     * @throws io.hangupby.journal.JournalException if it cannot be kept now, so that it has to be handed in again
     */
    public boolean acceptCallback(Map<String, String> parameters) {
        return intake.takeCallback(parameters);
    }

    /**
     * Takes TaskRouter's events as Event Streams tells them, one CloudEvent or an array of them, in UTF-8, that came in some other
     * way than through {@link #webhook}. All that can be kept are kept, whatever another one in the array lacks; repeated ones
     * change nothing.
     *
     * @return whether any was of use; see {@link #acceptCallback}
     * @throws io.hangupby.webhook.MalformedEventException if this is no such JSON, or one of the events lacks what every such event
     *     has, so that to hand them in again is no use
     * @throws io.hangupby.journal.JournalException if one cannot be kept now, so that they have to be handed in again
     */
    public boolean acceptCloudEvents(byte[] json) {
        return intake.takeCloudEvents(json);
    }

    /**
     * Explains why a call was labelled as it was: for each agent's part, what was known and from where, which rules were
     * tried, the answer, and what was written. What is remembered is explained by what was known when it was decided. What
     * is not is looked up at Twilio, on the caller's thread, and decided by the same rules; nothing is written, and no
     * listener hears of it. That takes one request for the task's events and about two to six for each agent, which count
     * towards {@code maxConcurrentCalls} and are tried again like all others: seconds, if Twilio is slow.
     *
     * <p>A task that is still under way, or that Twilio no longer has, is no failure: the explanation says so.
     *
     * @param taskSid the task, in the workspace that the builder was given
     * @throws IllegalArgumentException if this is not the SID of a task
     * @throws IllegalStateException if the builder was given no workspace, or several
     * @throws io.hangupby.twilio.TwilioFailure if Twilio has to be asked and does not answer
     */
    public Explanation explain(String taskSid) {
        TaskSid task = new TaskSid(taskSid);
        List<AccountRuntime> given = accounts.values().stream()
                .filter(account -> account.workspace().isPresent())
                .toList();
        if (given.size() != 1) {
            throw new IllegalStateException("hangupby.workspace-sid is "
                    + (given.isEmpty() ? "not set" : "set for several accounts")
                    + ": name the workspace, explain(workspaceSid, taskSid)");
        }
        AccountRuntime only = given.get(0);
        return explain(new TaskRef(only.sid(), only.workspace().orElseThrow(), task));
    }

    /**
     * Explains why a call was labelled as it was, see {@link #explain(String)}, in any workspace.
     *
     * @throws IllegalArgumentException if these are not the SIDs of a workspace and a task
     * @throws IllegalStateException if it can be a workspace of several accounts: then use {@link #explain(TaskRef)}
     * @throws io.hangupby.twilio.TwilioFailure if Twilio has to be asked and does not answer
     */
    public Explanation explain(String workspaceSid, String taskSid) {
        return explain(task(workspaceSid, taskSid));
    }

    /**
     * Explains why a call was labelled as it was, see {@link #explain(String)}, of any account and workspace.
     *
     * @throws IllegalArgumentException if it is of an account that this one was not given
     * @throws io.hangupby.twilio.TwilioFailure if Twilio has to be asked and does not answer
     */
    public Explanation explain(TaskRef task) {
        return account(task).explainer().explain(task);
    }

    private AccountRuntime account(TaskRef task) {
        AccountRuntime account = accounts.get(task.account());
        if (account == null) {
            throw new IllegalArgumentException("account " + task.account() + " is none of " + accounts.keySet());
        }
        return account;
    }

    /** A workspace belongs to the account that was given it, else to the only one that takes events of any. */
    private TaskRef task(String workspaceSid, String taskSid) {
        WorkspaceSid workspace = new WorkspaceSid(workspaceSid);
        TaskSid task = new TaskSid(taskSid);
        List<AccountRuntime> owners = accounts.values().stream()
                .filter(account -> account.workspace().filter(workspace::equals).isPresent())
                .toList();
        if (owners.isEmpty()) {
            owners = accounts.size() == 1
                    ? List.copyOf(accounts.values())
                    : accounts.values().stream()
                            .filter(account -> account.workspace().isEmpty())
                            .toList();
        }
        if (owners.size() != 1) {
            throw new IllegalStateException(
                    "of which account workspace " + workspace
                            + " is cannot be told: set workspace-sid for each account, or name the account as well, with a TaskRef");
        }
        return new TaskRef(owners.get(0).sid(), workspace, task);
    }

    /**
     * Returns how many agents' values came too late since the start, because an agent who wrapped up the same task earlier
     * had the field: each was also told to the listener and the log.
     */
    public long collisions() {
        return accounts.values().stream()
                .mapToLong(account -> account.engine().collisions())
                .sum();
    }

    /**
     * Returns what a dry run has found so far in this process: our values beside those that stand, by rule. Without a dry run it
     * is empty.
     */
    public DryRunReport dryRunReport() {
        return dryRunReport;
    }

    /** Returns how things stand: for a health check, a page, a metric. It asks Twilio nothing, and a database two counts. */
    public HangUpByStatus status() {
        try {
            return status(true, queue.size(), queue.parkedCount());
        } catch (JournalException down) {
            return status(false, 0, 0);
        }
    }

    private HangUpByStatus status(boolean journalUp, int due, int parked) {
        return new HangUpByStatus(
                accounts.values().stream().map(AccountRuntime::status).toList(),
                journalUp,
                due,
                parked,
                collisions(),
                accounts.values().stream().mapToLong(AccountRuntime::recovered).sum(),
                webhook.refusedEvents(),
                webhook.missedEvents(),
                journal.percentFull(),
                journal.forgottenForRoom());
    }

    private StatusSnapshot vitals() {
        HangUpByStatus now = status();
        return new StatusSnapshot(
                now.worstReachability(),
                !now.isOperational(),
                now.journalUp(),
                now.due(),
                now.parked(),
                now.collisions(),
                now.recovered());
    }

    /**
     * Returns the tasks that were given up, longest parked first and at most 1000 of them, each with the reason: Twilio
     * refused the update, or could not be reached for as long as a value was of use, or no node has the task's account. Nothing
     * is tried for them by itself, but a new event of such a task makes it due again. Each was also told to the listener and
     * the log.
     */
    public List<ParkedTask> parked() {
        return queue.parked(PARKED_SHOWN);
    }

    /**
     * Works once more on a task that was given up, as soon as a thread is free: for whoever has mended what stood in the way.
     * If that fails again, it is parked again.
     *
     * @return whether the task was parked
     * @throws IllegalArgumentException if these are not the SIDs of a workspace and a task
     * @throws IllegalStateException if it can be a workspace of several accounts: then use {@link #retryParked(TaskRef)}
     * @throws io.hangupby.journal.JournalException if it is closed already
     */
    public boolean retryParked(String workspaceSid, String taskSid) {
        return retryParked(task(workspaceSid, taskSid));
    }

    /**
     * Works once more on a task that was given up, see {@link #retryParked(String, String)}.
     *
     * @return whether the task was parked
     * @throws io.hangupby.journal.JournalException if it is closed already
     */
    public boolean retryParked(TaskRef task) {
        return queue.retryParked(task);
    }

    /**
     * Forgets all that the journal knows of a task, as when a customer asks for it; what is still due for it comes to
     * nothing. The task itself, at Twilio, is left as it is.
     *
     * @throws IllegalArgumentException if these are not the SIDs of a workspace and a task
     * @throws IllegalStateException if it can be a workspace of several accounts: then use {@link #forget(TaskRef)}
     * @throws io.hangupby.journal.JournalException if the journal cannot do it now
     */
    public void forget(String workspaceSid, String taskSid) {
        forget(task(workspaceSid, taskSid));
    }

    /**
     * Forgets all that the journal knows of a task, see {@link #forget(String, String)}.
     *
     * @throws io.hangupby.journal.JournalException if the journal cannot do it now
     */
    public void forget(TaskRef task) {
        journal.forget(task);
    }

    /**
     * Takes no more events, goes on with what is due for as long as the shutdown timeout, and logs what is left. Its threads have
     * ended then, unless one is held up by a listener or a database.
     */
    @Override
    public void close() {
        webhook.stopWatching();
        List<TaskRef> left = queue.stop(settings.shutdownTimeout());
        threads.shutdownNow();
        DaemonThreads.awaitEnd(threads, THREADS_END_WITHIN);
        settings.telemetry().unbind();
        left.forEach(task -> log.warn("task {}: shut down before it was decided and written", task));
        accounts.values().forEach(AccountRuntime::close);
        if (settings.dryRun()) {
            log.info(
                    "dry run: {} of {} segments have the value that would have been written; {} could not be compared",
                    dryRunReport.same(),
                    dryRunReport.compared(),
                    dryRunReport.notCompared());
        }
    }
}
