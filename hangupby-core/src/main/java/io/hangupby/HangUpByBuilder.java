package io.hangupby;

import com.twilio.http.TwilioRestClient;
import io.hangupby.decision.Decider;
import io.hangupby.decision.HangUpByListener;
import io.hangupby.decision.Vocabulary;
import io.hangupby.decision.rules.DecisionRules;
import io.hangupby.internal.twilio.TwilioHosts;
import io.hangupby.telemetry.Telemetry;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Collects the settings of a {@link HangUpBy}; they have the names of the Spring properties. {@link #build} says what is
 * missing or wrong, by name. A text that is null, as an environment variable is that nobody has set, counts as not given. Not
 * thread-safe.
 */
public final class HangUpByBuilder {
    /** The task channels that carry calls, unless told otherwise. */
    public static final Set<String> DEFAULT_CHANNELS = Set.of("voice");
    /** How many API calls are under way at once, unless told otherwise. */
    public static final int DEFAULT_MAX_CONCURRENT_CALLS = 16;
    /** How many tasks are updated in a second, unless told otherwise. */
    public static final int DEFAULT_MAX_UPDATES_PER_SECOND = 20;
    /** How long {@link HangUpBy#close} goes on with what is due, unless told otherwise. */
    public static final Duration DEFAULT_SHUTDOWN_TIMEOUT = Duration.ofSeconds(20);

    /** How long a task is remembered in a database after the last thing that was told of it, unless told otherwise. */
    public static final Duration DEFAULT_RETENTION = Duration.ofDays(7);

    /** How long to wait between looks for wrap-ups that never came, unless told otherwise. */
    public static final Duration DEFAULT_RECOVERY_INTERVAL = Duration.ofSeconds(30);
    /** How far back the first of these looks goes, unless told otherwise. */
    public static final Duration DEFAULT_RECOVERY_LOOK_BACK = Duration.ofMinutes(15);

    private final AccountBuilder account = new AccountBuilder("hangupby.");
    private final Map<String, AccountBuilder> furtherAccounts = new LinkedHashMap<>();
    private Optional<String> publicUrl = Optional.empty();
    private boolean trustForwardedHeaders;
    private Set<String> channels = DEFAULT_CHANNELS;
    private AgentMarker agentMarker = AgentMarker.PLUGIN;
    private Vocabulary vocabulary = Vocabulary.DEFAULT;
    private boolean presetOnCreate;
    private boolean pluginPins;
    private boolean dryRun;
    private Optional<String> twilioBaseUrl = Optional.empty();
    private Optional<String> twilioRegion = Optional.empty();
    private Optional<String> twilioEdge = Optional.empty();
    private Optional<TwilioRestClient> twilioClient = Optional.empty();
    private int maxConcurrentCalls = DEFAULT_MAX_CONCURRENT_CALLS;
    private int maxUpdatesPerSecond = DEFAULT_MAX_UPDATES_PER_SECOND;
    private Duration shutdownTimeout = DEFAULT_SHUTDOWN_TIMEOUT;
    private Optional<DataSource> dataSource = Optional.empty();
    private boolean createTables;
    private Duration retention = DEFAULT_RETENTION;
    private Duration recoveryInterval = DEFAULT_RECOVERY_INTERVAL;
    private Duration recoveryLookBack = DEFAULT_RECOVERY_LOOK_BACK;
    private HangUpByListener listener = HangUpByListener.NOOP;
    private Decider decider = DecisionRules.ours().decider();
    private Telemetry telemetry = Telemetry.NOOP;
    private Clock clock = Clock.systemUTC();

    HangUpByBuilder() {}

    /** The account whose calls are looked at. Required. */
    public HangUpByBuilder accountSid(@Nullable String accountSid) {
        account.accountSid(accountSid);
        return this;
    }

    /** The account's auth token: it verifies signatures and, without an API key, calls the API. Required. */
    public HangUpByBuilder authToken(@Nullable String authToken) {
        account.authToken(authToken);
        return this;
    }

    /** Several auth tokens, while one is being replaced: each verifies signatures, the first calls the API. */
    public HangUpByBuilder authTokens(List<String> authTokens) {
        account.authTokens(authTokens);
        return this;
    }

    /** An API key that calls the API in place of the auth token; its secret goes with it. */
    public HangUpByBuilder apiKey(@Nullable String apiKey) {
        account.apiKey(apiKey);
        return this;
    }

    /** The API key's secret. */
    public HangUpByBuilder apiSecret(@Nullable String apiSecret) {
        account.apiSecret(apiSecret);
        return this;
    }

    /** The one workspace whose events are taken; without it, those of any workspace of the account are. */
    public HangUpByBuilder workspaceSid(@Nullable String workspaceSid) {
        account.workspaceSid(workspaceSid);
        return this;
    }

    /**
     * One more account, under a name of your choice: {@code .account("sales", sales -> sales.accountSid(…).authToken(…))}. It
     * has credentials, a workspace and limits of its own, and shares all other settings; each event is dealt with by the
     * account that it is of. Under a name that was given before, that account's settings go on.
     */
    public HangUpByBuilder account(String name, Consumer<AccountBuilder> settings) {
        settings.accept(furtherAccounts.computeIfAbsent(
                name, ofThis -> new AccountBuilder("hangupby.accounts." + ofThis + ".")));
        return this;
    }

    /**
     * The public address that reaches the place where hangupby is mounted, as Twilio was given it. Signatures are checked
     * against it; without it, against the request's own address, which is another one behind most proxies.
     */
    public HangUpByBuilder publicUrl(@Nullable String publicUrl) {
        this.publicUrl = Optional.ofNullable(publicUrl);
        return this;
    }

    /**
     * Believes {@code X-Forwarded-Proto}, {@code -Host}, {@code -Port} and {@code -Prefix} where there is no public URL. Only
     * for a server that nobody reaches but through a proxy which sets them: else a request that was signed for another
     * address can be sent to this one.
     */
    public HangUpByBuilder trustForwardedHeaders(boolean trustForwardedHeaders) {
        this.trustForwardedHeaders = trustForwardedHeaders;
        return this;
    }

    /** The unique names of the task channels that carry calls. */
    public HangUpByBuilder channels(Set<String> channels) {
        this.channels = Set.copyOf(channels);
        return this;
    }

    /** What tells an agent's hang-up from a dropped connection. */
    public HangUpByBuilder agentMarker(AgentMarker agentMarker) {
        this.agentMarker = agentMarker;
        return this;
    }

    /** What the answers are called in the task. */
    public HangUpByBuilder vocabulary(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        return this;
    }

    /**
     * How the answers are spelled that have no name of their own: {@code lower} or {@code title}.
     *
     * @throws HangUpByConfigurationException if it is neither
     */
    public HangUpByBuilder vocabularyStyle(String style) {
        return vocabulary(vocabulary.with(VocabularySettings.style(style)));
    }

    /**
     * What one answer is called, such as {@code cold-transfer}; nothing is written for it if its name is empty.
     *
     * @throws HangUpByConfigurationException if there is no such answer
     */
    public HangUpByBuilder vocabularyValue(String endedBy, String value) {
        return vocabulary(vocabulary.with(VocabularySettings.endedBy(endedBy), value));
    }

    /** Gives each new inbound task the customer's value, so that a caller who gives up in the queue has one. */
    public HangUpByBuilder presetOnCreate(boolean presetOnCreate) {
        this.presetOnCreate = presetOnCreate;
        return this;
    }

    /**
     * Says that the Flex plugin pins values: where agents share a task's field, each one's value is then set apart below
     * {@code hangupby.segments}, and the plugin puts it in place when its agent completes.
     */
    public HangUpByBuilder pluginPins(boolean pluginPins) {
        this.pluginPins = pluginPins;
        return this;
    }

    /** Decides, logs and reports, and writes nothing. */
    public HangUpByBuilder dryRun(boolean dryRun) {
        this.dryRun = dryRun;
        return this;
    }

    /** Where API calls go in place of Twilio's own hosts: a simulator, a proxy. */
    public HangUpByBuilder twilioBaseUrl(String twilioBaseUrl) {
        this.twilioBaseUrl = Optional.of(twilioBaseUrl);
        return this;
    }

    /** Where API calls go in place of Twilio's own hosts: a simulator, a proxy. */
    public HangUpByBuilder twilioBaseUrl(URI twilioBaseUrl) {
        return twilioBaseUrl(twilioBaseUrl.toString());
    }

    /** The Twilio region in which the account is looked after, such as {@code ie1}; without it, {@code us1}. */
    public HangUpByBuilder twilioRegion(String twilioRegion) {
        this.twilioRegion = Optional.of(twilioRegion);
        return this;
    }

    /** Where API calls enter Twilio's network, such as {@code dublin}. */
    public HangUpByBuilder twilioEdge(String twilioEdge) {
        this.twilioEdge = Optional.of(twilioEdge);
        return this;
    }

    /**
     * The application's own client: API calls go through its HTTP client, with its proxy, timeouts and connections, and to its
     * region and edge unless others are given. Each is sent through twilio-java once; what the HTTP client below it is set to try
     * again is its own business, and twilio-java's waits up to 30 seconds for an answer, where ours waits for five. Credentials
     * stay those given here.
     */
    public HangUpByBuilder twilioClient(TwilioRestClient twilioClient) {
        this.twilioClient = Optional.of(twilioClient);
        return this;
    }

    /** How many API calls of an account are under way at once; at least 1. */
    public HangUpByBuilder maxConcurrentCalls(int maxConcurrentCalls) {
        this.maxConcurrentCalls = maxConcurrentCalls;
        return this;
    }

    /** How many tasks of an account are updated in a second; 0 for no limit. */
    public HangUpByBuilder maxUpdatesPerSecond(int maxUpdatesPerSecond) {
        this.maxUpdatesPerSecond = maxUpdatesPerSecond;
        return this;
    }

    /** How long {@link HangUpBy#close} goes on with what is due. */
    public HangUpByBuilder shutdownTimeout(Duration shutdownTimeout) {
        this.shutdownTimeout = shutdownTimeout;
        return this;
    }

    /**
     * Keeps the journal in this database, PostgreSQL or H2, in place of this process's memory: nothing that was answered is
     * lost when the process ends, and several nodes on one database share the work. Needs
     * {@code com.github.kagkarlsson:db-scheduler} on the class path.
     */
    public HangUpByBuilder dataSource(DataSource dataSource) {
        this.dataSource = Optional.of(Objects.requireNonNull(dataSource, "the data source is null"));
        return this;
    }

    /** Creates the tables that are not in the database yet; nothing is ever dropped. */
    public HangUpByBuilder createTables(boolean createTables) {
        this.createTables = createTables;
        return this;
    }

    /** How long a task is remembered in the database after the last thing that was told of it; a day at least. */
    public HangUpByBuilder retention(Duration retention) {
        this.retention = retention;
        return this;
    }

    /**
     * How long to wait between looks at TaskRouter's Events for wrap-ups that never came; zero for none at all. Each takes
     * two requests for a workspace; of several nodes on one database, one looks.
     */
    public HangUpByBuilder recoveryInterval(Duration recoveryInterval) {
        this.recoveryInterval = recoveryInterval;
        return this;
    }

    /** How far back the first look goes: as long as agents may take for after-call work. */
    public HangUpByBuilder recoveryLookBack(Duration recoveryLookBack) {
        this.recoveryLookBack = recoveryLookBack;
        return this;
    }

    /** Hears what becomes of each segment. */
    public HangUpByBuilder listener(HangUpByListener listener) {
        this.listener = listener;
        return this;
    }

    /** Decides in place of our rules; {@link DecisionRules#ours} makes one of our rules and a user's. */
    public HangUpByBuilder decider(Decider decider) {
        this.decider = decider;
        return this;
    }

    /** Counts and times what happens: {@link io.hangupby.micrometer.MicrometerTelemetry}, or one of your own. */
    public HangUpByBuilder telemetry(Telemetry telemetry) {
        this.telemetry = telemetry;
        return this;
    }

    /** By which time is told. */
    public HangUpByBuilder clock(Clock clock) {
        this.clock = clock;
        return this;
    }

    /**
     * Starts hangupby.
     *
     * @throws HangUpByConfigurationException if a setting is missing or wrong, or the database cannot be used
     */
    public HangUpBy build() {
        if (channels.isEmpty() || channels.stream().anyMatch(String::isBlank)) {
            throw wrong("hangupby.channels", "the unique names of the task channels that carry calls, such as voice");
        }
        if (createTables && dataSource.isEmpty()) {
            throw new HangUpByConfigurationException(
                    "hangupby.jdbc.create-tables",
                    "is set, but calls are to be remembered in memory",
                    "set hangupby.store=jdbc, or dataSource(…) on the builder");
        }
        if (maxConcurrentCalls < 1) {
            throw wrong("hangupby.twilio.max-concurrent-calls", "at least 1");
        }
        if (maxUpdatesPerSecond < 0) {
            throw wrong("hangupby.twilio.max-updates-per-second", "0 for no limit, or more");
        }
        if (retention.compareTo(Duration.ofDays(1)) < 0) {
            throw wrong("hangupby.jdbc.retention", "a day at least, which is how long a call can last");
        }
        if (recoveryInterval.isNegative()) {
            throw wrong("hangupby.recovery.interval", "0 for no recovery, or more");
        }
        if (recoveryLookBack.isNegative() || recoveryLookBack.isZero()) {
            throw wrong("hangupby.recovery.look-back", "a time, such as 15m");
        }
        return new HangUpBy(new HangUpBySettings(
                accounts(),
                publicUrl.map(url -> url("hangupby.public-url", url).toString()),
                trustForwardedHeaders,
                channels,
                agentMarker == AgentMarker.PLUGIN,
                VocabularySettings.checked(vocabulary),
                presetOnCreate,
                pluginPins,
                dryRun,
                new TwilioHosts(
                        twilioRegion.map(region -> host("hangupby.twilio.region", region)),
                        twilioEdge.map(edge -> host("hangupby.twilio.edge", edge)),
                        twilioBaseUrl.map(url -> url("hangupby.twilio.base-url", url))),
                twilioClient,
                maxConcurrentCalls,
                maxUpdatesPerSecond,
                shutdownTimeout,
                dataSource.map(source -> new DatabaseSettings(source, createTables, retention)),
                recoveryInterval,
                recoveryLookBack,
                listener,
                decider,
                telemetry,
                clock));
    }

    /** Where there are named accounts only, none without a name is needed. */
    private List<AccountSettings> accounts() {
        List<AccountSettings> accounts = new ArrayList<>();
        if (!account.isUntouched() || furtherAccounts.isEmpty()) {
            accounts.add(account.build());
        }
        furtherAccounts.forEach((name, further) -> {
            AccountSettings settings = further.build();
            if (accounts.stream().anyMatch(other -> other.account().equals(settings.account()))) {
                throw new HangUpByConfigurationException(
                        "hangupby.accounts." + name + ".account-sid",
                        "is that of another account here",
                        "give each account once; without a workspace-sid it takes the events of all of its workspaces");
            }
            accounts.add(settings);
        });
        return List.copyOf(accounts);
    }

    private static String host(String property, String text) {
        if (!text.matches("[a-z0-9-]{1,32}")) {
            throw wrong(property, "a name as Twilio has it, such as ie1 or dublin");
        }
        return text;
    }

    /**
     * @throws HangUpByConfigurationException if it is none
     */
    static URI url(String property, String text) {
        try {
            URI url = new URI(text.strip());
            boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (http && url.getRawAuthority() != null) {
                return url;
            }
        } catch (URISyntaxException malformed) {
            throw wrong(property, "an absolute http or https URL");
        }
        throw wrong(property, "an absolute http or https URL");
    }

    private static HangUpByConfigurationException wrong(String property, String expected) {
        return new HangUpByConfigurationException(property, "has a value that cannot be used", "set it to " + expected);
    }
}
