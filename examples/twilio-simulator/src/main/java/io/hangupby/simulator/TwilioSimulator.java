package io.hangupby.simulator;

import io.hangupby.simulator.account.Agent;
import io.hangupby.simulator.account.SimulatedSetup;
import io.hangupby.simulator.events.EventDelivery;
import io.hangupby.simulator.events.TwilioSigner;
import io.hangupby.simulator.internal.account.AccountState;
import io.hangupby.simulator.internal.account.PhoneCall;
import io.hangupby.simulator.internal.account.SidGenerator;
import io.hangupby.simulator.internal.account.SimulatedWorkers;
import io.hangupby.simulator.internal.account.SimulatedWorkspace;
import io.hangupby.simulator.internal.account.TaskState;
import io.hangupby.simulator.internal.account.UnrelatedEvents;
import io.hangupby.simulator.internal.account.WorkspaceEventFactory;
import io.hangupby.simulator.rest.ApiCounters;
import io.hangupby.simulator.rest.FaultInjector;
import io.hangupby.simulator.rest.RestServer;
import java.net.URI;
import java.time.Clock;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A simulated Twilio account on the loopback interface: its REST resources, its events, and calls that a test plays. All SIDs,
 * numbers and names are invented. Thread-safe.
 */
public final class TwilioSimulator implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TwilioSimulator.class);

    /** The SID of the account unless the builder sets another. */
    public static final String DEFAULT_ACCOUNT_SID = "AC" + "a".repeat(32);

    /** The SID of the workspace unless the builder sets another. */
    public static final String DEFAULT_WORKSPACE_SID = "WS" + "b".repeat(32);

    /** The auth token unless the builder sets another. */
    public static final String DEFAULT_AUTH_TOKEN = "7d1f8a3e5b9c24607e81d3fa5c92b64e";

    private final SimulatedWorkspace workspace;
    private final Clock clock;
    private final SidGenerator sids;
    private final EventDelivery delivery;
    private final SimulatedWorkers workers;
    private final AccountState account;
    private final UnrelatedEvents unrelatedEvents;
    private final RestServer server;
    private final FailureReport failure;
    private final long seed;
    private final SimulatedSetup setup = new SimulatedSetup();

    TwilioSimulator(TwilioSimulatorBuilder builder) {
        this.clock = builder.clock();
        this.seed = builder.seed().orElseGet(Seeds::next);
        this.sids = new SidGenerator(seed);
        this.workspace = builder.workspace(sids);
        this.workers = new SimulatedWorkers(sids);
        this.delivery = new EventDelivery(workspace.authToken(), seed);
        WorkspaceEventFactory eventFactory = new WorkspaceEventFactory(workspace, sids);
        this.account = new AccountState(clock, eventFactory, delivery::deliver);
        this.unrelatedEvents = new UnrelatedEvents(eventFactory, sids, clock, seed);
        this.server = RestServer.start(
                account, workspace, setup, builder.port(), builder.acceptedCredentials(workspace), seed);
        this.failure = new FailureReport(delivery, server, workspace.workspaceSid(), seed);
        if (builder.seed().isEmpty()) {
            LOG.info(
                    "Simulated Twilio at {} with seed {}; to repeat its SIDs, run one test with -D{}={}",
                    baseUrl(),
                    seed,
                    Seeds.PROPERTY,
                    seed);
        }
    }

    /** Returns a builder with invented SIDs and the system clock. */
    public static TwilioSimulatorBuilder builder() {
        return new TwilioSimulatorBuilder();
    }

    /** Returns the scheme, host and port that serve both api.twilio.com and taskrouter.twilio.com. */
    public URI baseUrl() {
        return server.baseUrl();
    }

    /** Returns the account's SID. */
    public String accountSid() {
        return workspace.accountSid();
    }

    /** Returns the auth token, which signs callbacks and gives access to the API. */
    public String authToken() {
        return workspace.authToken();
    }

    /** Returns the workspace's SID. */
    public String workspaceSid() {
        return workspace.workspaceSid();
    }

    /** Returns what everything random comes from: the same seed gives the same SIDs, orders and faults. */
    public long seed() {
        return seed;
    }

    /** Returns a signer with the account's auth token, for requests that a test sends itself. */
    public TwilioSigner signer() {
        return new TwilioSigner(workspace.authToken());
    }

    /**
     * Sets the workspace's event callback. Without a callback only the Events resource shows the events.
     *
     * @param target where the events are posted
     * @param publicUrl the URL that their signatures are computed over; a fragment such as {@code #rc=3&rp=ct,rt,5xx}
     *     says when to retry
     */
    public void callback(URI target, String publicUrl) {
        delivery.workspaceCallback(target, publicUrl);
        setup.eventCallbackUrl(publicUrl);
    }

    /**
     * Sets the status callback of all conferences, as a Flex plugin does when an agent accepts. Without it no status
     * callbacks are posted.
     *
     * @param target where the callbacks are posted
     * @param publicUrl the URL that their signatures are computed over; a fragment says when to retry
     */
    public void conferenceCallback(URI target, String publicUrl) {
        delivery.conferenceCallback(target, publicUrl);
    }

    /**
     * Sets the webhook sink of Event Streams. The events of one moment are posted in one request, which is retried until the
     * response is 2xx. The workspace's callback receives the events as well.
     *
     * @param target where the events are posted
     * @param publicUrl the URL that their signatures are computed over, without the hash of the body
     */
    public void eventStream(URI target, String publicUrl) {
        delivery.eventStream(target, publicUrl);
    }

    /**
     * Passes the events of Event Streams to a receiver, such as the queue of a test, in place of a webhook. It gets the body of
     * each batch, a JSON array of CloudEvents. A body whose receiver throws is passed again, about a dozen times within seconds.
     *
     * @param receiver is called on threads of the simulator: in order for each task, and for several tasks at once
     */
    public void eventStream(Consumer<byte[]> receiver) {
        delivery.eventStream(receiver);
    }

    /** Returns the delivery of events: how it is disturbed, and the responses so far. */
    public EventDelivery delivery() {
        return delivery;
    }

    /** Returns how the account is set up, as the API shows it. */
    public SimulatedSetup setup() {
        return setup;
    }

    /** Returns the faults that are injected into API calls. */
    public FaultInjector faults() {
        return server.faults();
    }

    /** Returns the counters of the API calls. */
    public ApiCounters counters() {
        return server.counters();
    }

    /** Returns an agent who takes calls in the browser; the same name always returns the same agent. */
    public Agent browserAgent(String name) {
        return deskPhoneAgent(name, "client:" + name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_"));
    }

    /** Returns an agent who takes calls on a desk phone; the same name and number always return the same agent. */
    public Agent deskPhoneAgent(String name, String number) {
        return workers.agent(name, number);
    }

    /** Returns the name of an agent, if there is a worker with this SID. */
    public Optional<String> agentName(String workerSid) {
        return workers.name(workerSid);
    }

    /** A customer calls the contact centre. */
    public SimulatedCall inboundCall() {
        return inboundCall(CallOptions.defaults());
    }

    /** A customer calls the contact centre. */
    public SimulatedCall inboundCall(CallOptions options) {
        String from = sids.phoneNumber();
        PhoneCall caller = new PhoneCall(
                sids.next("CA"), "inbound", from, workspace.number(), PhoneCall.Status.IN_PROGRESS, clock.instant());
        String attributes =
                InitialTaskAttributes.inbound(workspace.accountSid(), caller.sid(), from, workspace.number(), options);
        return call(CallState.Kind.INBOUND, options, attributes).begins(Optional.of(caller));
    }

    /** An agent calls a customer, whose phone rings. */
    public SimulatedCall outboundCall(Agent agent) {
        return outboundCall(agent, CallOptions.defaults());
    }

    /** An agent calls a customer, whose phone rings. */
    public SimulatedCall outboundCall(Agent agent, CallOptions options) {
        String to = sids.phoneNumber();
        String attributes = InitialTaskAttributes.outbound(workspace.number(), to, options);
        return call(CallState.Kind.OUTBOUND, options, attributes)
                .begins(Optional.empty())
                .dials(agent, to);
    }

    /** An agent calls a colleague, who picks up. */
    public SimulatedCall internalCall(Agent caller, Agent callee) {
        return internalCall(caller, callee, CallOptions.defaults());
    }

    /** An agent calls a colleague, who picks up. */
    public SimulatedCall internalCall(Agent caller, Agent callee, CallOptions options) {
        String attributes = InitialTaskAttributes.internal(caller, callee, options);
        return call(CallState.Kind.INTERNAL, options, attributes)
                .begins(Optional.empty())
                .dialsColleague(caller, callee);
    }

    /** A voicemail becomes a task on the voice channel, without a call. */
    public SimulatedCall voicemailTask() {
        return voicemailTask(CallOptions.defaults());
    }

    /** A voicemail becomes a task on the voice channel, without a call. */
    public SimulatedCall voicemailTask(CallOptions options) {
        String from = sids.phoneNumber();
        EarlierCall earlier = EarlierCall.anHourAgo(from, workspace, sids, clock.instant());
        String attributes = InitialTaskAttributes.voicemail(from, earlier, options);
        SimulatedCall call = call(CallState.Kind.VOICEMAIL, options, attributes);
        if (options.endedCallAttached()) {
            account.change(moment -> earlier.addTo(moment, call.taskSid()));
        }
        return call.begins(Optional.empty());
    }

    private SimulatedCall call(CallState.Kind kind, CallOptions options, String attributes) {
        TaskState task = new TaskState(sids.next("WT"), SimulatedWorkspace.VOICE, attributes, clock.instant());
        return new SimulatedCall(
                new CallState(account, workspace, sids, kind, options, task),
                delivery,
                new SimulatedTask(account, task, failure, server.counters().unauthenticated()));
    }

    /** Returns a task by its SID. */
    public SimulatedTask task(String sid) {
        return account.inOneMoment(moment -> moment.task(sid))
                .map(task -> new SimulatedTask(account, task, failure, 0))
                .orElseThrow(() -> new NoSuchElementException("There is no task " + sid));
    }

    /** Forgets a task, its calls, its conference and its events, to limit the memory that a long run needs. */
    public void forget(String taskSid) {
        account.forget(taskSid);
        server.forget(taskSid);
        delivery.forget(taskSid);
    }

    /** Sends this number of events that have nothing to do with any call: of workers, queues and chats. */
    public void sendUnrelatedEvents(int events) {
        for (int i = 0; i < events; i++) {
            delivery.send(unrelatedEvents.next());
        }
    }

    /** Stops the API, and gives up all events that have not been delivered. */
    @Override
    public void close() {
        delivery.stop();
        server.stop();
    }
}
