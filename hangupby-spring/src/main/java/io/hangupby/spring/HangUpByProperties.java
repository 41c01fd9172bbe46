package io.hangupby.spring;

import io.hangupby.AccountBuilder;
import io.hangupby.AgentMarker;
import io.hangupby.HangUpBy;
import io.hangupby.HangUpByBuilder;
import io.hangupby.HangUpByConfigurationException;
import io.hangupby.JdbcBuilder;
import io.hangupby.RecoveryBuilder;
import io.hangupby.TwilioBuilder;
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
 * @param enabled Mounts hangupby
 * @param accountSid Names the account whose events are accepted
 * @param authToken Sets the account's auth token, which verifies signatures and, without an API key, authenticates API
 *     calls
 * @param authTokens Sets several auth tokens while the token is being replaced; the first authenticates API calls
 * @param apiKey Authenticates API calls with this API key, not with the auth token
 * @param apiSecret Sets the API key's secret
 * @param workspaceSid Accepts events of this workspace only; if empty, events of any workspace of the account
 * @param accounts Adds further accounts under names of your choice; each account has its own queue and limits
 * @param publicUrl Sets the public URL of hangupby's path, as configured at Twilio; if empty, the URL of the request is
 *     used
 * @param trustForwardedHeaders Uses X-Forwarded headers if no public URL is set; enable only behind a proxy that sets
 *     them
 * @param path Sets the path at which hangupby is mounted
 * @param filter Observes callbacks that the application handles itself
 * @param channels Lists the unique names of the task channels that carry calls
 * @param agentMarker Chooses how an agent's hang-up is distinguished from a dropped connection
 * @param vocabulary Overrides the values written into the task
 * @param presetOnCreate Writes the customer's value into each new inbound task, in case the caller gives up in the
 *     queue
 * @param pluginPins Stores waiting values for the Flex plugin, which writes each value when its agent completes
 * @param dryRun Decides, logs and reports, but writes nothing
 * @param store Chooses where tasks are stored: in the memory of this process, or in the application's database, which
 *     several nodes can share
 * @param jdbc Configures the store in a database
 * @param recovery Configures the search for wrap-ups whose callback is missing
 * @param twilio Configures API calls
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
     * Observes callbacks that the application handles itself.
     *
     * @param enabled Enables the filter
     * @param urlPatterns Lists the URL patterns of the application's handlers, such as /callbacks/taskrouter
     * @param publicUrl Sets the full public URL of the application's handler, as configured at Twilio; if empty, the
     *     URL of the request is used
     */
    public record Filter(
            @DefaultValue("false") boolean enabled,
            @DefaultValue List<String> urlPatterns,
            @Nullable String publicUrl) {

        private void check() {
            String remedy =
                    "set it to the URL pattern of the application's handler of TaskRouter's callbacks, such as /callbacks/taskrouter or /callbacks/*";
            if (enabled && urlPatterns.isEmpty()) {
                throw new HangUpByConfigurationException("hangupby.filter.url-patterns", "is missing", remedy);
            }
            // A servlet container treats Spring's patterns as literal paths, which no request matches.
            if (enabled && !urlPatterns.stream().allMatch(Filter::isOfServlets)) {
                throw new HangUpByConfigurationException(
                        "hangupby.filter.url-patterns",
                        "has a value that begins with neither / nor *., or contains ** or {, which servlets do not support",
                        remedy);
            }
        }

        private static boolean isOfServlets(String pattern) {
            return (pattern.startsWith("/") || pattern.startsWith("*."))
                    && !pattern.contains("**")
                    && !pattern.contains("{");
        }
    }

    /** Where tasks are stored. */
    public enum Store {
        /** In the memory of this process. Run a single process. */
        MEMORY,
        /** In the application's database, which several nodes can share. */
        JDBC
    }

    /**
     * A further account.
     *
     * @param accountSid Names the account whose events are accepted
     * @param authToken Sets the account's auth token, which verifies signatures and, without an API key, authenticates
     *     API calls
     * @param authTokens Sets several auth tokens while the token is being replaced; the first authenticates API calls
     * @param apiKey Authenticates API calls with this API key, not with the auth token
     * @param apiSecret Sets the API key's secret
     * @param workspaceSid Accepts events of this workspace only; if empty, events of any workspace of the account
     * @param twilio Configures API calls for this account
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

        /** Shows the account's SID only, because the settings contain secrets. */
        @Override
        public String toString() {
            return "Account[" + accountSid + "]";
        }
    }

    /**
     * Configures API calls for one account.
     *
     * @param baseUrl Overrides the base URL of this account's API calls
     */
    public record AccountTwilio(@Nullable String baseUrl) {}

    /**
     * Configures the store in a database.
     *
     * @param schema Names the schema that holds the tables; if empty, the schema of the data source's connections is
     *     used. In MariaDB it is a database
     * @param createTables Creates missing tables and their schema; nothing is ever dropped
     * @param retention Keeps a task for this time after its last event; at least a day
     */
    public record Jdbc(
            @Nullable String schema,
            @DefaultValue("false") boolean createTables,
            @DefaultValue("7d") Duration retention) {

        private void checkUnused() {
            if (createTables || given(schema).isPresent()) {
                throw new HangUpByConfigurationException(
                        createTables ? "hangupby.jdbc.create-tables" : "hangupby.jdbc.schema",
                        "is set, but the journal is kept in memory",
                        "set hangupby.store=jdbc");
            }
        }

        void applyTo(JdbcBuilder builder) {
            builder.schema(given(schema).orElse(null))
                    .createTables(createTables)
                    .retention(retention);
        }
    }

    /**
     * Overrides the values written into the task.
     *
     * @param style Chooses the spelling of all values that are not overridden: lower or title
     * @param values Overrides the text written for one value, by names such as cold-transfer; leave it empty to write
     *     nothing
     */
    public record Vocabulary(
            @DefaultValue("lower") String style,
            @DefaultValue Map<String, String> values) {

        private io.hangupby.decision.Vocabulary applyTo(io.hangupby.decision.Vocabulary vocabulary) {
            io.hangupby.decision.Vocabulary changed = vocabulary.with(VocabularyText.style(style));
            // What overrides comes first where an environment variable's name makes it a key of its own.
            List<Map.Entry<String, String>> lastFirst = new ArrayList<>(values.entrySet());
            Collections.reverse(lastFirst);
            for (Map.Entry<String, String> value : lastFirst) {
                changed = changed.with(VocabularyText.endedBy(value.getKey()), value.getValue());
            }
            return changed;
        }
    }

    /**
     * Configures the search for wrap-ups whose callback is missing.
     *
     * @param interval Sets the pause between reads of TaskRouter's Events; 0 disables recovery
     * @param lookBack Sets how far back the first read goes; use the longest after-call work
     */
    public record Recovery(
            @DefaultValue("30s") Duration interval,
            @DefaultValue("15m") Duration lookBack) {

        private void applyTo(RecoveryBuilder builder) {
            builder.interval(interval).lookBack(lookBack);
        }
    }

    /**
     * Configures API calls.
     *
     * @param baseUrl Sends API calls to this base URL, not to Twilio's hosts: a simulator, a proxy
     * @param region Sets the Twilio region of the account, such as ie1; us1 by default
     * @param edge Sets the edge at which API calls enter Twilio's network, such as dublin
     * @param maxConcurrentCalls Limits the concurrent API calls of an account
     * @param maxUpdatesPerSecond Limits the task updates of an account per second; 0 for no limit
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

    /** @throws HangUpByConfigurationException if the path is invalid, or the filter has no valid URL pattern */
    void check() {
        if (!path.matches("(/[^/*{}]+)*/*") || path.isEmpty()) {
            throw new HangUpByConfigurationException(
                    "hangupby.path", "is not a valid path", "set it to a path such as /hangupby");
        }
        if (store != Store.JDBC) {
            jdbc.checkUnused();
        }
        filter.check();
    }

    HangUpByFilter toFilter(HangUpBy hangUpBy) {
        return new HangUpByFilter(hangUpBy, given(filter.publicUrl()).orElse(null));
    }

    /** Returns whether, by the settings, Twilio reaches the filter only and not the servlet. */
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

    /** Treats an empty property, such as {@code HANGUPBY_API_KEY=}, as not set. */
    private static Optional<String> given(@Nullable String value) {
        return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** Shows the path only, because the settings contain secrets. */
    @Override
    public String toString() {
        return "HangUpByProperties[" + path + "]";
    }
}
