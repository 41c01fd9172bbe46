package io.hangupby.internal.webhook;

import java.util.List;
import java.util.Optional;

/**
 * The accounts whose requests are accepted, and the public address. Immutable.
 *
 * @param accounts the accounts that events must belong to, each once
 * @param publicUrl the public address of the mount point of hangupby, as given to Twilio; if empty, the request's own
 *     address is used
 * @param trustForwardedHeaders whether to take the request's own address from its {@code X-Forwarded} headers
 */
public record WebhookSettings(
        List<WebhookAccount> accounts, Optional<String> publicUrl, boolean trustForwardedHeaders) {

    /** Removes the endpoint, a slash or connection overrides from the end of the URL. */
    public WebhookSettings {
        accounts = List.copyOf(accounts);
        publicUrl = publicUrl.map(
                url -> url.replaceFirst("#.*$", "").replaceFirst("(/taskrouter|/conference|/events)?/*$", ""));
    }

    /** Omits the URL, which can hold a password. */
    @Override
    public String toString() {
        return "WebhookSettings" + accounts;
    }
}
