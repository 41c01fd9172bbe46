package io.hangupby.internal.webhook;

import java.util.List;
import java.util.Optional;

/**
 * The accounts whose requests are accepted, and the public addresses. Immutable.
 *
 * @param accounts the accounts that events must belong to, each once
 * @param publicUrls the public addresses of the mount point of hangupby, as given to Twilio; if empty, the request's own
 *     address is used
 * @param trustForwardedHeaders whether to take the request's own address from its {@code X-Forwarded} headers
 */
public record WebhookSettings(List<WebhookAccount> accounts, List<String> publicUrls, boolean trustForwardedHeaders) {

    /** Removes the endpoint, a slash or connection overrides from the end of each URL. */
    public WebhookSettings {
        accounts = List.copyOf(accounts);
        publicUrls = publicUrls.stream()
                .map(url -> url.replaceFirst("#.*$", "").replaceFirst("(/taskrouter|/conference|/events)?/*$", ""))
                .distinct()
                .toList();
    }

    /** Creates the settings with at most one public address. */
    public WebhookSettings(List<WebhookAccount> accounts, Optional<String> publicUrl, boolean trustForwardedHeaders) {
        this(accounts, publicUrl.stream().toList(), trustForwardedHeaders);
    }

    /** Omits the URLs, which can hold a password. */
    @Override
    public String toString() {
        return "WebhookSettings" + accounts;
    }
}
