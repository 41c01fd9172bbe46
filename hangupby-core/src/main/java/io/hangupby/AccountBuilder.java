package io.hangupby;

import io.hangupby.call.AccountSid;
import io.hangupby.call.WorkspaceSid;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects the settings of one further account, see {@link HangUpByBuilder#account(String, java.util.function.Consumer)}. */
public final class AccountBuilder {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([\\w.-]+)}");

    private final String prefix;
    private Optional<String> accountSid = Optional.empty();
    private List<String> authTokens = List.of();
    private Optional<String> apiKey = Optional.empty();
    private Optional<String> apiSecret = Optional.empty();
    private Optional<String> workspaceSid = Optional.empty();
    private Optional<String> twilioBaseUrl = Optional.empty();

    /**
     * @param prefix what the names of its properties begin with
     */
    AccountBuilder(String prefix) {
        this.prefix = prefix;
    }

    /** Names the account whose calls are labelled. Required. */
    public AccountBuilder accountSid(@Nullable String accountSid) {
        this.accountSid = Optional.ofNullable(accountSid);
        return this;
    }

    /** Gives the account's auth token, which verifies signatures and, without an API key, calls the API. Required. */
    public AccountBuilder authToken(@Nullable String authToken) {
        return authTokens(Optional.ofNullable(authToken).stream().toList());
    }

    /** Gives several auth tokens during a rotation: each verifies signatures, the first calls the API. */
    public AccountBuilder authTokens(List<String> authTokens) {
        this.authTokens = authTokens.stream().map(String::strip).toList();
        return this;
    }

    /** Gives an API key, which calls the API in place of the auth token. Needs {@link #apiSecret}. */
    public AccountBuilder apiKey(@Nullable String apiKey) {
        this.apiKey = Optional.ofNullable(apiKey).map(String::strip);
        return this;
    }

    /** Gives the API key's secret. */
    public AccountBuilder apiSecret(@Nullable String apiSecret) {
        this.apiSecret = Optional.ofNullable(apiSecret).map(String::strip);
        return this;
    }

    /** Accepts events of this workspace only. Default: events of all workspaces of the account. */
    public AccountBuilder workspaceSid(@Nullable String workspaceSid) {
        this.workspaceSid = Optional.ofNullable(workspaceSid);
        return this;
    }

    /** Sends this account's API calls to another address than those of the other accounts: another Twilio region. */
    public AccountBuilder twilioBaseUrl(String twilioBaseUrl) {
        this.twilioBaseUrl = Optional.of(twilioBaseUrl);
        return this;
    }

    /** Sends this account's API calls to this address, see {@link #twilioBaseUrl(String)}. */
    public AccountBuilder twilioBaseUrl(URI twilioBaseUrl) {
        return twilioBaseUrl(twilioBaseUrl.toString());
    }

    /** Returns whether nothing was set. */
    boolean isUntouched() {
        return accountSid.isEmpty()
                && authTokens.isEmpty()
                && apiKey.isEmpty()
                && apiSecret.isEmpty()
                && workspaceSid.isEmpty();
    }

    /**
     * @throws HangUpByConfigurationException if a setting is missing or wrong
     */
    AccountSettings build() {
        if (authTokens.isEmpty() || authTokens.stream().anyMatch(String::isBlank)) {
            throw missing("auth-token", "the account's auth token, which Twilio's Console shows");
        }
        authTokens.forEach(token -> refusePlaceholder("auth-token", token));
        apiSecret.ifPresent(secret -> refusePlaceholder("api-secret", secret));
        accountSid.ifPresent(sid -> refusePlaceholder("account-sid", sid));
        workspaceSid.ifPresent(sid -> refusePlaceholder("workspace-sid", sid));
        if (apiKey.isPresent() != apiSecret.isPresent()) {
            throw missing(
                    apiKey.isPresent() ? "api-secret" : "api-key",
                    apiKey.isPresent()
                            ? "the API key's secret, or leave out the key"
                            : "the API key, or leave out its secret");
        }
        AccountSid account = sid("account-sid", "AC", accountSid.filter(text -> !text.isBlank()), AccountSid::parse)
                .orElseThrow(() -> missing("account-sid", "the account's SID, which Twilio's Console shows"));
        return new AccountSettings(
                prefix,
                account,
                authTokens,
                apiKey.orElse(account.value()),
                apiSecret.orElse(authTokens.get(0)),
                sid("workspace-sid", "WS", workspaceSid, WorkspaceSid::parse),
                twilioBaseUrl.map(url -> HttpUrl.of(prefix + "twilio.base-url", url)));
    }

    /** A secret whose environment variable is not set would show only later, as signatures that never match. */
    private void refusePlaceholder(String property, String value) {
        if (value.contains("${")) {
            // Named only if the value is nothing but a variable's name: beside a name, or as its default, there can be
            // a secret.
            Matcher name = PLACEHOLDER.matcher(value);
            throw new HangUpByConfigurationException(
                    prefix + property,
                    "is a placeholder that nothing has filled",
                    "set the variable " + (name.matches() ? name.group(1) : "that the value names"));
        }
    }

    private <T> Optional<T> sid(
            String property, String kind, Optional<String> text, Function<String, Optional<T>> parse) {
        return text.map(value -> parse.apply(value)
                .orElseThrow(() -> new HangUpByConfigurationException(
                        prefix + property,
                        "has a value that cannot be used",
                        "set it to a SID: " + kind + " and 32 hexadecimal digits")));
    }

    private HangUpByConfigurationException missing(String property, String what) {
        return new HangUpByConfigurationException(prefix + property, "is missing", "set it to " + what);
    }
}
