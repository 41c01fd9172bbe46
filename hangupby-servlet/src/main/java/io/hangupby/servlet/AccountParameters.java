package io.hangupby.servlet;

import io.hangupby.AccountBuilder;
import io.hangupby.HangUpByBuilder;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads further accounts from parameters such as {@code accounts.sales.account-sid}. The parameters name the accounts; the environment can
 * supply what they leave out, such as {@code HANGUPBY_ACCOUNTS_SALES_AUTH_TOKEN}.
 */
final class AccountParameters {
    private static final Map<String, BiConsumer<AccountBuilder, String>> KNOWN = new TreeMap<>(Map.of(
            "account-sid", AccountBuilder::accountSid,
            "auth-token", (account, value) -> {},
            "auth-tokens", (account, value) -> {},
            "api-key", AccountBuilder::apiKey,
            "api-secret", AccountBuilder::apiSecret,
            "workspace-sid", AccountBuilder::workspaceSid,
            "twilio.base-url", AccountBuilder::twilioBaseUrl));
    private static final Pattern NAME = Pattern.compile("accounts\\.([A-Za-z0-9_-]+)\\.(.+)");

    private AccountParameters() {}

    /** Returns whether this is a parameter of a further account. */
    static boolean isKnown(String parameter) {
        Matcher name = NAME.matcher(parameter);
        return name.matches() && KNOWN.containsKey(name.group(2));
    }

    /** Returns the names of the parameters, for people. */
    static List<String> names() {
        return KNOWN.keySet().stream().map(name -> "accounts.<name>." + name).toList();
    }

    /**
     * Adds the accounts that the parameters name.
     *
     * @param parameters the names of the parameters in {@code web.xml}
     * @param given the value of a parameter, from {@code web.xml}, a system property or the environment
     */
    static void applyTo(
            HangUpByBuilder builder, Collection<String> parameters, Function<String, Optional<String>> given) {
        Set<String> accounts = new TreeSet<>();
        parameters.stream().map(NAME::matcher).filter(Matcher::matches).forEach(name -> accounts.add(name.group(1)));
        for (String account : accounts) {
            Function<String, Optional<String>> ofAccount = name -> given.apply("accounts." + account + "." + name);
            builder.account(account, settings -> {
                KNOWN.forEach(
                        (name, set) -> ofAccount.apply(name).ifPresent(value -> set.accept(settings, value.strip())));
                settings.authTokens(InitParameters.both("auth-token", "auth-tokens", ofAccount));
            });
        }
    }
}
