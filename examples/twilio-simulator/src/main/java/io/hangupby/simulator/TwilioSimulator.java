package io.hangupby.simulator;

import java.net.URI;
import java.time.Clock;
import java.util.HashSet;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A Twilio on the loopback interface: its REST resources, its TaskRouter event callbacks, and calls to play. All SIDs,
 * numbers and names are invented. Thread-safe.
 */
public final class TwilioSimulator implements AutoCloseable {

    /** The account unless another is given. */
    public static final String DEFAULT_ACCOUNT_SID = "AC" + "a".repeat(32);

    /** The workspace unless another is given. */
    public static final String DEFAULT_WORKSPACE_SID = "WS" + "b".repeat(32);

    /** The auth token unless another is given. */
    public static final String DEFAULT_AUTH_TOKEN = "7d1f8a3e5b9c24607e81d3fa5c92b64e";

    private static final int MAX_THREADS = 64;

    private final Workplace workplace;
    private final Clock clock;
    private final Sids sids;
    private final Delivery delivery;
    private final Faults faults;
    private final ApiCounters counters = new ApiCounters();
    private final Staff staff;
    private final World world;
    private final Noise noise;
    private final Server server;
    private final URI baseUrl;

    private TwilioSimulator(Builder builder) {
        this.clock = builder.clock;
        this.sids = new Sids(builder.seed);
        this.workplace = Workplace.of(builder.accountSid, builder.authToken, builder.workspaceSid, sids);
        this.staff = new Staff(sids);
        this.delivery = new Delivery(builder.authToken, builder.seed);
        this.faults = new Faults(builder.seed);
        EventForms forms = new EventForms(workplace, sids);
        this.world = new World(clock, forms, delivery::moment);
        this.noise = new Noise(forms, sids, clock, builder.seed);
        ServerConnector connector = connector(builder.port);
        this.server = connector.getServer();
        server.setHandler(new ApiHandler(
                new RestApi(world, workplace, counters), faults, counters, builder.acceptedCredentials(), clock));
        start(server);
        this.baseUrl = URI.create("http://127.0.0.1:" + connector.getLocalPort());
    }

    private static ServerConnector connector(int port) {
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS);
        threads.setName("simulator-api");
        threads.setDaemon(true);
        Server server = new Server(threads);
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(configuration));
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        server.addConnector(connector);
        return connector;
    }

    private static void start(Server server) {
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException("the simulator could not be started", e);
        }
    }

    /** Starts from invented names and the system clock. */
    public static Builder builder() {
        return new Builder();
    }

    /** Where both api.twilio.com and taskrouter.twilio.com are served: scheme, host and port. */
    public URI baseUrl() {
        return baseUrl;
    }

    /** The account's SID. */
    public String accountSid() {
        return workplace.accountSid();
    }

    /** The token that signs callbacks and opens the API. */
    public String authToken() {
        return workplace.authToken();
    }

    /** The workspace's SID. */
    public String workspaceSid() {
        return workplace.workspaceSid();
    }

    /**
     * Sets the workspace's event callback. Without one, events show in the Events resource only.
     *
     * @param target where the events are posted
     * @param publicUrl what their signatures are computed over; a fragment such as {@code #rc=3&rp=ct,rt,5xx} says when
     *     they are tried again
     */
    public void callback(URI target, String publicUrl) {
        delivery.to(Hook.WORKSPACE, target, publicUrl);
    }

    /**
     * Sets where the status callbacks of all conferences are posted, as a Flex plugin asks for when an agent accepts.
     * Without it none are posted.
     *
     * @param target where they are posted
     * @param publicUrl what their signatures are computed over; a fragment says when they are tried again
     */
    public void conferenceCallback(URI target, String publicUrl) {
        delivery.to(Hook.CONFERENCE, target, publicUrl);
    }

    /**
     * Sets the webhook sink that Event Streams sends the workspace's events to: those of a moment at once, and again until
     * the answer is 2xx. Without it none are sent; it does not keep any from the callback.
     *
     * @param target where they are posted
     * @param publicUrl what their signatures are computed over, without the hash
     */
    public void eventStream(URI target, String publicUrl) {
        delivery.to(Hook.STREAM, target, publicUrl);
    }

    /** How events are delivered, and what became of them. */
    public Delivery delivery() {
        return delivery;
    }

    /** What goes wrong with API calls. */
    public Faults faults() {
        return faults;
    }

    /** How many API calls were made. */
    public ApiCounters counters() {
        return counters;
    }

    /** An agent who takes calls in the browser; the same one whenever the name is the same. */
    public Agent browserAgent(String name) {
        return deskPhoneAgent(name, "client:" + name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_"));
    }

    /** An agent who takes calls on a desk phone; the same one whenever name and number are the same. */
    public Agent deskPhoneAgent(String name, String number) {
        return staff.agent(name, number);
    }

    /** What an agent is called. */
    public Optional<String> agentName(String workerSid) {
        return staff.name(workerSid);
    }

    /** A customer calls. */
    public SimulatedCall inboundCall() {
        return inboundCall(CallOptions.defaults());
    }

    /** A customer calls. */
    public SimulatedCall inboundCall(CallOptions options) {
        String from = sids.phoneNumber();
        PhoneCall caller = new PhoneCall(
                sids.next("CA"), "inbound", from, workplace.number(), PhoneCall.Status.IN_PROGRESS, clock.instant());
        String attributes =
                QueueAttributes.inbound(workplace.accountSid(), caller.sid(), from, workplace.number(), options);
        return call(Scene.Kind.INBOUND, options, attributes).begins(Optional.of(caller));
    }

    /** An agent calls a customer, whose phone rings. */
    public SimulatedCall outboundCall(Agent agent) {
        return outboundCall(agent, CallOptions.defaults());
    }

    /** An agent calls a customer, whose phone rings. */
    public SimulatedCall outboundCall(Agent agent, CallOptions options) {
        String to = sids.phoneNumber();
        String attributes = QueueAttributes.outbound(workplace.number(), to, options);
        return call(Scene.Kind.OUTBOUND, options, attributes)
                .begins(Optional.empty())
                .dials(agent, to);
    }

    /** An agent calls a colleague, who answers. */
    public SimulatedCall internalCall(Agent caller, Agent callee) {
        return internalCall(caller, callee, CallOptions.defaults());
    }

    /** An agent calls a colleague, who answers. */
    public SimulatedCall internalCall(Agent caller, Agent callee, CallOptions options) {
        String attributes = QueueAttributes.internal(caller, callee, options);
        return call(Scene.Kind.INTERNAL, options, attributes)
                .begins(Optional.empty())
                .dialsColleague(caller, callee);
    }

    /** A voicemail becomes a task on the voice channel; nobody is on a line. */
    public SimulatedCall voicemailTask() {
        return voicemailTask(CallOptions.defaults());
    }

    /** A voicemail becomes a task on the voice channel; nobody is on a line. */
    public SimulatedCall voicemailTask(CallOptions options) {
        String attributes = QueueAttributes.voicemail(sids.phoneNumber(), options);
        return call(Scene.Kind.VOICEMAIL, options, attributes).begins(Optional.empty());
    }

    private SimulatedCall call(Scene.Kind kind, CallOptions options, String attributes) {
        TaskState task = new TaskState(sids.next("WT"), Workplace.VOICE, attributes, clock.instant());
        return new SimulatedCall(new Scene(world, workplace, sids, kind, options, task), delivery);
    }

    /** A task by its SID. */
    public SimulatedTask task(String sid) {
        return world.stepAndGet(moment -> moment.task(sid))
                .map(task -> new SimulatedTask(world, task, delivery))
                .orElseThrow(() -> new NoSuchElementException("no task " + sid));
    }

    /** Forgets a task, its calls, its conference and its events, so that a long run does not fill the memory. */
    public void forget(String taskSid) {
        world.forget(taskSid);
        counters.forget(taskSid);
    }

    /** Sends so many events that have nothing to do with any call: workers, queues, chats. */
    public void noise(int events) {
        for (int i = 0; i < events; i++) {
            delivery.send(noise.next());
        }
    }

    /** Stops the API and gives up what has not been delivered. */
    @Override
    public void close() {
        delivery.stop();
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the simulator could not be stopped", e);
        }
    }

    /** Builds and starts a {@link TwilioSimulator}. Not thread-safe. */
    public static final class Builder {

        private String accountSid = DEFAULT_ACCOUNT_SID;
        private String authToken = DEFAULT_AUTH_TOKEN;
        private String workspaceSid = DEFAULT_WORKSPACE_SID;
        private Clock clock = Clock.systemUTC();
        private long seed = 1;
        private int port;
        private boolean credentialsChecked;
        private final Set<String> apiKeys = new HashSet<>();

        private Builder() {}

        /** Sets the account's SID. */
        public Builder accountSid(String sid) {
            this.accountSid = sid;
            return this;
        }

        /** Sets the token that signs callbacks and opens the API. */
        public Builder authToken(String token) {
            this.authToken = token;
            return this;
        }

        /** Sets the workspace's SID. */
        public Builder workspaceSid(String sid) {
            this.workspaceSid = sid;
            return this;
        }

        /** Sets what tells the time. */
        public Builder clock(Clock source) {
            this.clock = source;
            return this;
        }

        /** Sets the port of {@link TwilioSimulator#baseUrl}, for whoever has to know it before; otherwise it is a free one. */
        public Builder port(int number) {
            this.port = number;
            return this;
        }

        /** Sets what all chance comes from: the same seed gives the same SIDs, orders and faults. */
        public Builder seed(long value) {
            this.seed = value;
            return this;
        }

        /** Lets in only the account's SID and token, and any API keys; otherwise any credentials will do. */
        public Builder checkCredentials() {
            this.credentialsChecked = true;
            return this;
        }

        /** Lets in an API key, and nobody without credentials of the account. */
        public Builder apiKey(String key, String secret) {
            this.apiKeys.add(key + ":" + secret);
            return checkCredentials();
        }

        private Set<String> acceptedCredentials() {
            if (!credentialsChecked) {
                return Set.of();
            }
            Set<String> accepted = new HashSet<>(apiKeys);
            accepted.add(accountSid + ":" + authToken);
            return accepted;
        }

        /** Starts it on a free port. */
        public TwilioSimulator start() {
            return new TwilioSimulator(this);
        }
    }
}
