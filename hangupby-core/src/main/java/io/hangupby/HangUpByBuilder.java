package io.hangupby;

import io.hangupby.decision.Decider;
import io.hangupby.decision.Detail;
import io.hangupby.decision.HangUpByListener;
import io.hangupby.decision.Vocabulary;
import io.hangupby.decision.rules.DecisionRules;
import io.hangupby.internal.processing.DetailFields;
import io.hangupby.telemetry.Telemetry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Collects the settings of a {@link HangUpBy}, by the names of the Spring properties. {@link #build} names each setting that is
 * missing or wrong. A null text, as {@code System.getenv} returns it, counts as not given. Not thread-safe.
 */
public final class HangUpByBuilder {
    /** Default of {@link #channels}. */
    public static final Set<String> DEFAULT_CHANNELS = Set.of("voice");
    /** Default of {@link TwilioBuilder#maxConcurrentCalls}. */
    public static final int DEFAULT_MAX_CONCURRENT_CALLS = 16;
    /** Default of {@link TwilioBuilder#maxUpdatesPerSecond}. */
    public static final int DEFAULT_MAX_UPDATES_PER_SECOND = 20;
    /** Default of {@link #shutdownTimeout}. */
    public static final Duration DEFAULT_SHUTDOWN_TIMEOUT = Duration.ofSeconds(20);

    /** Default of {@link JdbcBuilder#retention}. */
    public static final Duration DEFAULT_RETENTION = Duration.ofDays(7);

    /** Default of {@link RecoveryBuilder#interval}. */
    public static final Duration DEFAULT_RECOVERY_INTERVAL = Duration.ofSeconds(30);
    /** Default of {@link RecoveryBuilder#lookBack}. */
    public static final Duration DEFAULT_RECOVERY_LOOK_BACK = Duration.ofMinutes(15);

    private final AccountBuilder account = new AccountBuilder("hangupby.");
    private final Map<String, AccountBuilder> furtherAccounts = new LinkedHashMap<>();
    private List<String> publicUrls = List.of();
    private boolean trustForwardedHeaders;
    private Set<String> channels = DEFAULT_CHANNELS;
    private AgentMarker agentMarker = AgentMarker.PLUGIN;
    private Set<String> agentMarkerValues = Set.of();
    private Set<String> ignoredParticipants = Set.of();
    private final Map<Detail, String> details = new EnumMap<>(Detail.class);
    private Duration shortCall = DetailFields.DEFAULT_SHORT_CALL;
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
    private Timing timing = Timing.SYSTEM;

    HangUpByBuilder() {}

    /** Names the account whose calls are labelled. Required. */
    public HangUpByBuilder accountSid(@Nullable String accountSid) {
        account.accountSid(accountSid);
        return this;
    }

    /** Gives the account's auth token, which verifies signatures and, without an API key, calls the API. Required. */
    public HangUpByBuilder authToken(@Nullable String authToken) {
        account.authToken(authToken);
        return this;
    }

    /** Gives several auth tokens during a rotation: each verifies signatures, the first calls the API. */
    public HangUpByBuilder authTokens(List<String> authTokens) {
        account.authTokens(authTokens);
        return this;
    }

    /** Gives an API key, which calls the API in place of the auth token. Needs {@link #apiSecret}. */
    public HangUpByBuilder apiKey(@Nullable String apiKey) {
        account.apiKey(apiKey);
        return this;
    }

    /** Gives the API key's secret. */
    public HangUpByBuilder apiSecret(@Nullable String apiSecret) {
        account.apiSecret(apiSecret);
        return this;
    }

    /** Accepts events of this workspace only. Default: events of all workspaces of the account. */
    public HangUpByBuilder workspaceSid(@Nullable String workspaceSid) {
        account.workspaceSid(workspaceSid);
        return this;
    }

    /**
     * Adds an account under a name of your choice: {@code .account("sales", sales -> sales.accountSid(…).authToken(…))}. The
     * account has its own credentials, workspace and limits, and shares all other settings. A name that was given before
     * continues that account's settings.
     */
    public HangUpByBuilder account(String name, Consumer<AccountBuilder> settings) {
        settings.accept(furtherAccounts.computeIfAbsent(
                name, ofThis -> new AccountBuilder("hangupby.accounts." + ofThis + ".")));
        return this;
    }

    /**
     * Gives the public address of the place where hangupby is mounted, as configured at Twilio. Signatures are checked against
     * it. Without it, signatures are checked against the request's own address, which differs behind most proxies.
     */
    public HangUpByBuilder publicUrl(@Nullable String publicUrl) {
        publicUrls = Optional.ofNullable(publicUrl).stream().toList();
        return this;
    }

    /**
     * Gives several public addresses, see {@link #publicUrl}: a second domain, or the old and the new domain during a change. A request
     * must be signed for one of them. Replaces an address given before.
     */
    public HangUpByBuilder publicUrls(List<String> publicUrls) {
        this.publicUrls = List.copyOf(publicUrls);
        return this;
    }

    /**
     * Trusts {@code X-Forwarded-Proto}, {@code -Host}, {@code -Port} and {@code -Prefix} where no public URL is set. Use it only
     * if every request passes a proxy that sets these headers. Otherwise a request that was signed for another address can be
     * sent to this server.
     */
    public HangUpByBuilder trustForwardedHeaders(boolean trustForwardedHeaders) {
        this.trustForwardedHeaders = trustForwardedHeaders;
        return this;
    }

    /** Names the task channels that carry calls, by their unique names. */
    public HangUpByBuilder channels(Set<String> channels) {
        this.channels = Set.copyOf(channels);
        return this;
    }

    /** Sets how an agent's hang-up is distinguished from a dropped connection. */
    public HangUpByBuilder agentMarker(AgentMarker agentMarker) {
        this.agentMarker = agentMarker;
        return this;
    }

    /**
     * Names further values of {@code conversations.hang_up_by} by which a plugin marks an agent's click, in any case.
     * {@code agent} and the vocabulary's own word for an agent always count.
     */
    public HangUpByBuilder agentMarkerValues(Set<String> values) {
        agentMarkerValues = Set.copyOf(values);
        return this;
    }

    /**
     * Names the addresses of participants that are no party to a call, such as recorders and transcription bots:
     * {@code sip:rec@example.com}, {@code client:…} or a number, in any case.
     */
    public HangUpByBuilder ignoredParticipants(Set<String> addresses) {
        ignoredParticipants = Set.copyOf(addresses);
        return this;
    }

    /**
     * Writes a detail of each segment into a field of Flex Insights, together with the value: {@code conversation_attribute_3},
     * {@code conversation_label_1} or, as a number, {@code conversation_measure_2}.
     */
    public HangUpByBuilder detail(Detail detail, String field) {
        details.put(detail, field);
        return this;
    }

    /** Sets the talk time below which a call counts as short; 10 seconds by default. */
    public HangUpByBuilder shortCall(Duration talkTime) {
        shortCall = talkTime;
        return this;
    }

    /** Sets how values are spelled in the task. */
    public HangUpByBuilder vocabulary(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        return this;
    }

    /** Changes how values are spelled: {@code vocabulary(v -> v.with(EndedBy.AGENT, "Agente"))}. Several calls add up. */
    public HangUpByBuilder vocabulary(UnaryOperator<Vocabulary> change) {
        return vocabulary(change.apply(vocabulary));
    }

    /** Writes the customer's value into each new inbound task, so that a caller who abandons the queue has a value. */
    public HangUpByBuilder presetOnCreate(boolean presetOnCreate) {
        this.presetOnCreate = presetOnCreate;
        return this;
    }

    /**
     * Declares that the Flex plugin pins values. Where agents share a task's field, each agent's value is then kept below
     * {@code hangupby.segments}, and the plugin moves it into the field when the agent completes.
     */
    public HangUpByBuilder pluginPins(boolean pluginPins) {
        this.pluginPins = pluginPins;
        return this;
    }

    /** Decides, logs and reports without writing. */
    public HangUpByBuilder dryRun(boolean dryRun) {
        this.dryRun = dryRun;
        return this;
    }

    /** Sets how Twilio's API is called: {@code twilio(t -> t.maxConcurrentCalls(8))}. Several calls add up. */
    public HangUpByBuilder twilio(Consumer<TwilioBuilder> settings) {
        settings.accept(twilio);
        return this;
    }

    /** Continues due work for at most this long in {@link HangUpBy#close}. */
    public HangUpByBuilder shutdownTimeout(Duration shutdownTimeout) {
        this.shutdownTimeout = shutdownTimeout;
        return this;
    }

    /** Keeps the journal in this database, whose tables exist. See {@link #jdbc(DataSource, Consumer)}. */
    public HangUpByBuilder jdbc(DataSource dataSource) {
        return jdbc(dataSource, settings -> {});
    }

    /**
     * Keeps the journal in this database (PostgreSQL, MariaDB or H2) in place of this process's memory. No event that got a 204 is then lost
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

    /** Calls this listener with what becomes of each segment. */
    public HangUpByBuilder listener(HangUpByListener listener) {
        this.listener = listener;
        return this;
    }

    /** Replaces the decider; {@link DecisionRules#ours} combines the standard rules with a user's. */
    public HangUpByBuilder decider(Decider decider) {
        this.decider = decider;
        return this;
    }

    /** Counts and times what happens: {@link io.hangupby.micrometer.MicrometerTelemetry}, or an implementation of your own. */
    public HangUpByBuilder telemetry(Telemetry telemetry) {
        this.telemetry = telemetry;
        return this;
    }

    /** Replaces the clock, for tests. */
    public HangUpByBuilder clock(Clock clock) {
        this.clock = clock;
        return this;
    }

    /** Steps threads and waits by hand, together with the clock. */
    HangUpByBuilder timing(Timing timing) {
        this.timing = timing;
        return this;
    }

    /**
     * Starts hangupby.
     *
     * @throws HangUpByConfigurationException if a setting is missing or wrong, if two settings contradict each other, or if the
     *     database cannot be used
     */
    public HangUpBy build() {
        return new HangUpBy(new HangUpBySettings(
                        accounts(),
                        publicUrls.stream()
                                .map(url -> HttpUrl.ofMount("hangupby.public-url", url))
                                .toList(),
                        trustForwardedHeaders,
                        channels,
                        agentMarker == AgentMarker.PLUGIN,
                        agentMarkerValues,
                        AddressSettings.checked(ignoredParticipants),
                        new DetailFields(DetailSettings.checked(details), shortCall),
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
                        clock,
                        timing)
                .checked());
    }

    /** If there are named accounts, the account without a name is optional. */
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

    static HangUpByConfigurationException wrong(String property, String expected) {
        return new HangUpByConfigurationException(property, "has a value that cannot be used", "set it to " + expected);
    }
}
