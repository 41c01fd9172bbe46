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
    private final TwilioBuilder twilio = new TwilioBuilder();
    private Duration shutdownTimeout = DEFAULT_SHUTDOWN_TIMEOUT;
    private Optional<JdbcSettings> jdbc = Optional.empty();
    private final RecoveryBuilder recovery = new RecoveryBuilder();
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

    /** Sets how values are spelled, by the names that properties have: {@code vocabulary(v -> v.value("agent", "Agente"))}. */
    public HangUpByBuilder vocabulary(Consumer<VocabularyBuilder> settings) {
        VocabularyBuilder builder = new VocabularyBuilder(vocabulary);
        settings.accept(builder);
        return vocabulary(builder.build());
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

    /** Sets how Twilio's API is called: {@code twilio(t -> t.maxConcurrentCalls(8))}. Several calls add up. */
    public HangUpByBuilder twilio(Consumer<TwilioBuilder> settings) {
        settings.accept(twilio);
        return this;
    }

    /** How long {@link HangUpBy#close} goes on with what is due. */
    public HangUpByBuilder shutdownTimeout(Duration shutdownTimeout) {
        this.shutdownTimeout = shutdownTimeout;
        return this;
    }

    /** Keeps the journal in this database, see {@link #jdbc(DataSource, Consumer)}, whose tables are there. */
    public HangUpByBuilder jdbc(DataSource dataSource) {
        return jdbc(dataSource, settings -> {});
    }

    /**
     * Keeps the journal in this database, PostgreSQL or H2, in place of this process's memory. No event that got a 204 is then lost
     * when the process ends, and several nodes on one database share the work. Needs
     * {@code com.github.kagkarlsson:db-scheduler} on the class path.
     *
     * @throws HangUpByConfigurationException if a setting is wrong
     */
    public HangUpByBuilder jdbc(DataSource dataSource, Consumer<JdbcBuilder> settings) {
        JdbcBuilder builder = new JdbcBuilder();
        settings.accept(builder);
        jdbc = Optional.of(builder.build(Objects.requireNonNull(dataSource, "the data source is null")));
        return this;
    }

    /** Sets when missed wrap-ups are searched for: {@code recovery(r -> r.lookBack(Duration.ofMinutes(30)))}. Several calls add up. */
    public HangUpByBuilder recovery(Consumer<RecoveryBuilder> settings) {
        settings.accept(recovery);
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
                twilio.build(),
                shutdownTimeout,
                jdbc,
                recovery.build(),
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

    static HangUpByConfigurationException wrong(String property, String expected) {
        return new HangUpByConfigurationException(property, "has a value that cannot be used", "set it to " + expected);
    }
}
