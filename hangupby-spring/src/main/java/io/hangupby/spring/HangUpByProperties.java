package io.hangupby.spring;

import io.hangupby.AccountBuilder;
import io.hangupby.AgentMarker;
import io.hangupby.HangUpBy;
import io.hangupby.HangUpByBuilder;
import io.hangupby.HangUpByConfigurationException;
import io.hangupby.JdbcBuilder;
import io.hangupby.RecoveryBuilder;
import io.hangupby.TwilioBuilder;
import io.hangupby.VocabularyBuilder;
import io.hangupby.servlet.HangUpByFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of hangupby.
 *
 * @param enabled whether hangupby is mounted at all
 * @param accountSid the account whose calls are looked at
 * @param authToken the account's auth token: verifies signatures and, without an API key, calls the API
 * @param authTokens several auth tokens in place of one, while it is being replaced; the first calls the API
 * @param apiKey an API key that calls the API in place of the auth token
 * @param apiSecret the API key's secret
 * @param workspaceSid the one workspace whose events are taken; without it, those of any workspace of the account
 * @param accounts further accounts, under names of your choice; each is dealt with apart from the others
 * @param publicUrl the public address that reaches hangupby's path, as Twilio was given it; without it, the request's own
 * @param trustForwardedHeaders whether X-Forwarded headers are believed where there is no public URL; only behind a proxy
 *     that sets them
 * @param path where hangupby is mounted
 * @param filter how callbacks are watched that the application handles itself
 * @param channels the unique names of the task channels that carry calls
 * @param agentMarker what tells an agent's hang-up from a dropped connection
 * @param vocabulary what the answers are called in the task
 * @param presetOnCreate whether each new inbound task is given the customer's value, in case its caller gives up in the queue
 * @param pluginPins whether the Flex plugin puts each agent's value in place when the agent completes
 * @param dryRun whether to decide, log and report, and write nothing
 * @param store where calls are remembered: in the memory of this process, or in the application's database, which several
 *     nodes can share
 * @param jdbc how they are remembered in a database
 * @param recovery how wrap-ups are found whose callbacks never came
 * @param twilio how Twilio's API is called
 */
@ConfigurationProperties(prefix = "hangupby", ignoreUnknownFields = false)
public record HangUpByProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable String accountSid,
        @Nullable String authToken,
        @DefaultValue List<String> authTokens,
        @Nullable String apiKey,
        @Nullable String apiSecret,
        @Nullable String workspaceSid,
        @DefaultValue Map<String, Account> accounts,
        @Nullable String publicUrl,
        @DefaultValue("false") boolean trustForwardedHeaders,
        @DefaultValue("/hangupby") String path,
        @DefaultValue Filter filter,
        @DefaultValue("voice") Set<String> channels,
        @DefaultValue("plugin") AgentMarker agentMarker,
        @DefaultValue Vocabulary vocabulary,
        @DefaultValue("false") boolean presetOnCreate,
        @DefaultValue("false") boolean pluginPins,
        @DefaultValue("false") boolean dryRun,
        @DefaultValue("memory") Store store,
        @DefaultValue Jdbc jdbc,
        @DefaultValue Recovery recovery,
        @DefaultValue Twilio twilio) {

    /**
     * How callbacks are watched that the application handles itself.
     *
     * @param enabled whether they are
     * @param urlPatterns where the application handles them, such as /callbacks/taskrouter
     * @param publicUrl the whole public address of that place, as Twilio was given it; without it, the request's own
     */
    public record Filter(
            @DefaultValue("false") boolean enabled,
            @DefaultValue List<String> urlPatterns,
            @Nullable String publicUrl) {

        private void check() {
            String remedy =
                    "set it to where the application handles TaskRouter's callbacks, such as /callbacks/taskrouter or /callbacks/*";
            if (enabled && urlPatterns.isEmpty()) {
                throw new HangUpByConfigurationException("hangupby.filter.url-patterns", "is missing", remedy);
            }
            // The servlet container takes one of Spring's for a path, which nobody asks for.
            if (enabled && !urlPatterns.stream().allMatch(Filter::isOfServlets)) {
                throw new HangUpByConfigurationException(
                        "hangupby.filter.url-patterns",
                        "has a value that begins with neither / nor *., or has ** or { in it, which servlets do not know",
                        remedy);
            }
        }

        private static boolean isOfServlets(String pattern) {
            return (pattern.startsWith("/") || pattern.startsWith("*."))
                    && !pattern.contains("**")
                    && !pattern.contains("{");
        }
    }

    /** Where calls are remembered. */
    public enum Store {
        /** In the memory of this process, which has to be the only one. */
        MEMORY,
        /** In the application's database. */
        JDBC
    }

    /**
     * A further account.
     *
     * @param accountSid the account whose calls are looked at
     * @param authToken the account's auth token: verifies signatures and, without an API key, calls the API
     * @param authTokens several auth tokens in place of one, while it is being replaced; the first calls the API
     * @param apiKey an API key that calls the API in place of the auth token
     * @param apiSecret the API key's secret
     * @param workspaceSid the one workspace whose events are taken; without it, those of any workspace of the account
     * @param twilio how Twilio's API is called for this account
     */
    public record Account(
            @Nullable String accountSid,
            @Nullable String authToken,
            @DefaultValue List<String> authTokens,
            @Nullable String apiKey,
            @Nullable String apiSecret,
            @Nullable String workspaceSid,
            @DefaultValue AccountTwilio twilio) {

        private void applyTo(AccountBuilder builder) {
            builder.authTokens(given(authToken).map(List::of).orElse(authTokens));
            given(accountSid).ifPresent(builder::accountSid);
            given(apiKey).ifPresent(builder::apiKey);
            given(apiSecret).ifPresent(builder::apiSecret);
            given(workspaceSid).ifPresent(builder::workspaceSid);
            given(twilio.baseUrl()).ifPresent(builder::twilioBaseUrl);
        }

        /** Holds secrets, so it shows only whose they are. */
        @Override
        public String toString() {
            return "Account[" + accountSid + "]";
        }
    }

    /**
     * How Twilio's API is called for one account.
     *
     * @param baseUrl where this account's API calls go, if not where those of the others do
     */
    public record AccountTwilio(@Nullable String baseUrl) {}

    /**
     * How the journal is kept in a database.
     *
     * @param createTables creates the tables that the database lacks; drops nothing
     * @param retention keeps what is known of a task for this long after its last event; at least a day
     */
    public record Jdbc(
            @DefaultValue("false") boolean createTables,
            @DefaultValue("7d") Duration retention) {

        void applyTo(JdbcBuilder builder) {
            builder.createTables(createTables).retention(retention);
        }
    }

    /**
     * How values are spelled in the task.
     *
     * @param style spells the values that are not overridden: lower or title
     * @param values overrides the text written for a value, by names such as cold-transfer; leave it empty to write nothing
     */
    public record Vocabulary(
            @DefaultValue("lower") String style,
            @DefaultValue Map<String, String> values) {

        private void applyTo(VocabularyBuilder builder) {
            builder.style(style);
            // What overrides comes first where an environment variable's name makes it a key of its own.
            List<Map.Entry<String, String>> lastFirst = new ArrayList<>(values.entrySet());
            Collections.reverse(lastFirst);
            lastFirst.forEach(value -> builder.value(value.getKey(), value.getValue()));
        }
    }

    /**
     * When TaskRouter's Events resource is searched for wrap-ups whose callback did not arrive.
     *
     * @param interval searches at this interval; 0 switches recovery off
     * @param lookBack searches this far back at the start: as long as agents may take for after-call work
     */
    public record Recovery(
            @DefaultValue("30s") Duration interval,
            @DefaultValue("15m") Duration lookBack) {

        private void applyTo(RecoveryBuilder builder) {
            builder.interval(interval).lookBack(lookBack);
        }
    }

    /**
     * How Twilio's API is called.
     *
     * @param baseUrl sends API calls to this address in place of Twilio's own hosts: a simulator, a proxy
     * @param region names the Twilio region that processes the account, such as ie1; default us1
     * @param edge names the edge where API calls enter Twilio's network, such as dublin
     * @param maxConcurrentCalls limits the API calls of one account that are under way at once
     * @param maxUpdatesPerSecond limits the task updates of one account in a second; 0 for no limit
     */
    public record Twilio(
            @Nullable String baseUrl,
            @Nullable String region,
            @Nullable String edge,

            @DefaultValue("" + HangUpByBuilder.DEFAULT_MAX_CONCURRENT_CALLS)
            int maxConcurrentCalls,

            @DefaultValue("" + HangUpByBuilder.DEFAULT_MAX_UPDATES_PER_SECOND)
            int maxUpdatesPerSecond) {

        private void applyTo(TwilioBuilder builder) {
            builder.maxConcurrentCalls(maxConcurrentCalls).maxUpdatesPerSecond(maxUpdatesPerSecond);
            given(baseUrl).ifPresent(builder::baseUrl);
            given(region).ifPresent(builder::region);
            given(edge).ifPresent(builder::edge);
        }
    }

    /**
     * @throws HangUpByConfigurationException if there is no place to mount it at, or nobody can say what to watch
     */
    void check() {
        if (!path.matches("(/[^/*{}]+)*/*") || path.isEmpty()) {
            throw new HangUpByConfigurationException(
                    "hangupby.path", "has a value that cannot be used", "set it to a path such as /hangupby");
        }
        if (jdbc.createTables() && store != Store.JDBC) {
            throw new HangUpByConfigurationException(
                    "hangupby.jdbc.create-tables",
                    "is set, but the journal is kept in memory",
                    "set hangupby.store=jdbc");
        }
        filter.check();
    }

    HangUpByFilter toFilter(HangUpBy hangUpBy) {
        return new HangUpByFilter(hangUpBy, given(filter.publicUrl()).orElse(null));
    }

    /** Says whether Twilio reaches the filter and, as far as the settings tell, nothing else. */
    boolean isForTheFilterAlone() {
        return filter.enabled()
                && given(filter.publicUrl()).isPresent()
                && given(publicUrl).isEmpty();
    }

    HangUpByBuilder toBuilder() {
        HangUpByBuilder builder = HangUpBy.builder()
                .authTokens(given(authToken).map(List::of).orElse(authTokens))
                .trustForwardedHeaders(trustForwardedHeaders)
                .channels(channels)
                .agentMarker(agentMarker)
                .presetOnCreate(presetOnCreate)
                .pluginPins(pluginPins)
                .dryRun(dryRun)
                .vocabulary(vocabulary::applyTo)
                .recovery(recovery::applyTo)
                .twilio(twilio::applyTo);
        accounts.forEach((name, account) -> builder.account(name, account::applyTo));
        given(accountSid).ifPresent(builder::accountSid);
        given(apiKey).ifPresent(builder::apiKey);
        given(apiSecret).ifPresent(builder::apiSecret);
        given(workspaceSid).ifPresent(builder::workspaceSid);
        given(publicUrl).ifPresent(builder::publicUrl);
        return builder;
    }

    /** A property set to nothing, as {@code HANGUPBY_API_KEY=} does, is not set. */
    private static Optional<String> given(@Nullable String value) {
        return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** Holds secrets, so it shows only where hangupby is mounted. */
    @Override
    public String toString() {
        return "HangUpByProperties[" + path + "]";
    }
}
