package io.hangupby.internal.check;

import io.hangupby.call.AccountSid;
import io.hangupby.call.WorkspaceSid;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The settings that one account's set-up is compared with. Immutable.
 *
 * @param prefix what the names of the account's own properties begin with
 * @param sid the account
 * @param workspace the workspace, if a setting names it
 * @param authTokens verify signatures; the first signs the check's own request
 * @param usesApiKey whether an API key calls the API, in place of the first token
 * @param publicUrls the public addresses of the mount point
 * @param observedUrls the public addresses of handlers of the application's own that are observed
 * @param isQueued whether events of TaskRouter's came from the application's own queue since the start
 * @param channels the task channels that carry calls
 * @param pluginInstalled whether agents have a Flex plugin that marks a click
 * @param values the values that are written
 * @param markerWords the values that count as a plugin's mark, in lower case
 * @param updatesPerSecond the limit of task updates, or 0 for none
 * @param isSimulated whether requests go to a simulated Twilio on this machine
 */
public record CheckedAccount(
        String prefix,
        AccountSid sid,
        Optional<WorkspaceSid> workspace,
        List<String> authTokens,
        boolean usesApiKey,
        List<String> publicUrls,
        List<String> observedUrls,
        boolean isQueued,
        Set<String> channels,
        boolean pluginInstalled,
        Set<String> values,
        Set<String> markerWords,
        int updatesPerSecond,
        boolean isSimulated) {

    /** Copies the collections. */
    public CheckedAccount {
        authTokens = List.copyOf(authTokens);
        publicUrls = List.copyOf(publicUrls);
        observedUrls = List.copyOf(observedUrls);
        channels = Set.copyOf(channels);
        values = Set.copyOf(values);
        markerWords = Set.copyOf(markerWords);
    }

    /** Returns the mount point for a command, or a placeholder if no public address is set. */
    String mount() {
        return publicUrls.stream().findFirst().map(Addresses::forCommand).orElse("https://<your host>/hangupby");
    }

    /** Returns the address for the workspace's events, for a command. */
    String callbackUrl() {
        return callbackUrls().stream().findFirst().map(Addresses::forCommand).orElseGet(() -> mount() + "/taskrouter");
    }

    /** Returns all addresses that may be the workspace's event callback URL. */
    List<String> callbackUrls() {
        return Stream.concat(publicUrls.stream().map(url -> url + "/taskrouter"), observedUrls.stream())
                .toList();
    }

    /** Returns the name of a setting that each account has for itself. */
    String setting(String name) {
        return prefix + name;
    }

    /** Returns the setting that has a public address. */
    String settingOf(String url) {
        if (isObserved(url)) {
            return "hangupby.filter.public-url";
        }
        return publicUrls.size() > 1 ? "hangupby.public-urls" : "hangupby.public-url";
    }

    /** Returns the condition for connection overrides at an address, as a line above a command; empty for hangupby's own. */
    String condition(String url) {
        return isObserved(url) ? "Only if your own handler can receive an event twice:\n" : "";
    }

    private boolean isObserved(String url) {
        return observedUrls.stream().anyMatch(observed -> Addresses.same(observed, url));
    }

    /** Returns all addresses that may be the destination of a sink of Event Streams. */
    List<String> eventsUrls() {
        return publicUrls.stream().map(url -> url + "/events").toList();
    }

    /** Holds secrets, so it shows only whose they are. */
    @Override
    public String toString() {
        return "CheckedAccount[" + sid + "]";
    }
}
