package io.hangupby.spring;

import io.hangupby.AccountBuilder;
import io.hangupby.AgentMarker;
import io.hangupby.HangUpBy;
import io.hangupby.HangUpByBuilder;
import io.hangupby.JdbcBuilder;
import io.hangupby.RecoveryBuilder;
import io.hangupby.TwilioBuilder;
import io.hangupby.decision.Detail;
import io.hangupby.twilio.WriteOnEventVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
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
 * @param authTokens Sets several auth tokens while the token is being replaced; without authToken, the first
 *     authenticates API calls
 * @param apiKey Authenticates API calls with this API key, not with the auth token
 * @param apiSecret Sets the API key's secret
 * @param workspaceSid Accepts events of this workspace only; if empty, events of any workspace of the account
 * @param accounts Adds further accounts under names of your choice; each account has its own queue and limits
 * @param publicUrl Sets the public URL of hangupby's path, as configured at Twilio; if empty, the URL of the request is
 *     used
 * @param publicUrls Sets several public URLs of hangupby's path, for a second domain or a change of domain
 * @param trustForwardedHeaders Uses X-Forwarded headers if no public URL is set; enable only behind a proxy that sets
 *     them
 * @param path Sets the path at which hangupby is mounted
 * @param filter Observes callbacks that the application handles itself
 * @param security Lets requests to hangupby's path pass Spring Security
 * @param channels Lists the unique names of the task channels that carry calls
 * @param agentMarker Chooses how an agent's hang-up is distinguished from a dropped connection
 * @param agentMarkerValues Names further values by which a plugin marks an agent's click
 * @param details Writes details of each segment into fields of Flex Insights, such as on-hold into conversation_attribute_3
 * @param shortCall Sets the talk time below which a call counts as short
 * @param ignoredParticipants Names the addresses that are no party to a call, such as sip:rec@example.com
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
        @DefaultValue List<String> publicUrls,
        @DefaultValue("false") boolean trustForwardedHeaders,
        @DefaultValue("/hangupby") String path,
        @DefaultValue Filter filter,
        @DefaultValue Security security,
        @DefaultValue("voice") Set<String> channels,
        @DefaultValue("plugin") AgentMarker agentMarker,
        @DefaultValue("agent") Set<String> agentMarkerValues,
        @DefaultValue Set<String> ignoredParticipants,
        @DefaultValue Map<Detail, String> details,
        @DefaultValue("10s") Duration shortCall,
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

        Optional<String> givenPublicUrl() {
            return given(publicUrl);
        }
    }

    /**
     * Lets requests to hangupby's path pass Spring Security.
     *
     * @param enabled Permits these requests, without CSRF token and session; hangupby verifies Twilio's signature
     */
    public record Security(@DefaultValue("true") boolean enabled) {}

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
     * @param authTokens Sets several auth tokens while the token is being replaced; without authToken, the first
     *     authenticates API calls
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
            builder.authTokens(tokens(authToken, authTokens));
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

        Optional<String> givenSchema() {
            return given(schema);
        }

        void applyTo(JdbcBuilder builder) {
            builder.schema(givenSchema().orElse(null))
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
     * @param writeOnEventVersion Writes a task on the version that its newest event carries, without a read: never, always, or
     *     auto, once 200 comparisons have shown that the versions of the account's events are right
     */
    public record Twilio(
            @Nullable String baseUrl,
            @Nullable String region,
            @Nullable String edge,

            @DefaultValue("" + HangUpByBuilder.DEFAULT_MAX_CONCURRENT_CALLS)
            int maxConcurrentCalls,

            @DefaultValue("" + HangUpByBuilder.DEFAULT_MAX_UPDATES_PER_SECOND)
            int maxUpdatesPerSecond,

            @DefaultValue("auto") WriteOnEventVersion writeOnEventVersion) {

        private void applyTo(TwilioBuilder builder) {
            builder.maxConcurrentCalls(maxConcurrentCalls)
                    .maxUpdatesPerSecond(maxUpdatesPerSecond)
                    .writeOnEventVersion(writeOnEventVersion);
            given(baseUrl).ifPresent(builder::baseUrl);
            given(region).ifPresent(builder::region);
            given(edge).ifPresent(builder::edge);
        }
    }

    /** Returns the path without a slash at its end. */
    String mountPath() {
        return path.replaceFirst("/+$", "");
    }

    /** Returns whether, by the settings, Twilio reaches the filter only and not the servlet. */
    boolean isForTheFilterAlone() {
        return filter.enabled()
                && filter.givenPublicUrl().isPresent()
                && allPublicUrls().isEmpty();
    }

    HangUpByBuilder toBuilder() {
        HangUpByBuilder builder = HangUpBy.builder()
                .authTokens(tokens(authToken, authTokens))
                .trustForwardedHeaders(trustForwardedHeaders)
                .channels(channels)
                .agentMarker(agentMarker)
                .agentMarkerValues(agentMarkerValues)
                .ignoredParticipants(ignoredParticipants)
                .shortCall(shortCall)
                .presetOnCreate(presetOnCreate)
                .pluginPins(pluginPins)
                .dryRun(dryRun)
                .vocabulary(vocabulary::applyTo)
                .recovery(recovery::applyTo)
                .twilio(twilio::applyTo);
        details.forEach(builder::detail);
        accounts.forEach((name, account) -> builder.account(name, account::applyTo));
        given(accountSid).ifPresent(builder::accountSid);
        given(apiKey).ifPresent(builder::apiKey);
        given(apiSecret).ifPresent(builder::apiSecret);
        given(workspaceSid).ifPresent(builder::workspaceSid);
        builder.publicUrls(allPublicUrls());
        return builder;
    }

    /** Uses the addresses of both properties, because an address that was added must not be ignored. */
    private List<String> allPublicUrls() {
        return Stream.concat(given(publicUrl).stream(), publicUrls.stream().flatMap(url -> given(url).stream()))
                .distinct()
                .toList();
    }

    /** Uses the tokens of both properties, because a token that was added for a rotation must not be ignored. */
    private static List<String> tokens(@Nullable String first, List<String> further) {
        return Stream.concat(given(first).stream(), further.stream()).distinct().toList();
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
