package io.hangupby.webhook;

import java.util.List;
import java.util.Optional;

/**
 * Whose requests are taken, and by which address they were sent. Immutable.
 *
 * @param accounts the accounts of which events must be, each once
 * @param publicUrl the address that reaches the place where hangupby is mounted, as Twilio was given it; if empty, the
 *     request's own is taken
 * @param trustForwardedHeaders whether the request's own address is the one that its {@code X-Forwarded} headers tell
 */
public record WebhookSettings(
        List<WebhookAccount> accounts, Optional<String> publicUrl, boolean trustForwardedHeaders) {

    /** Takes the URL as people paste it: with the endpoint, a slash or the connection overrides at its end. */
    public WebhookSettings {
        accounts = List.copyOf(accounts);
        publicUrl = publicUrl.map(
                url -> url.replaceFirst("#.*$", "").replaceFirst("(/taskrouter|/conference|/events)?/*$", ""));
    }

    /** Leaves the URL out: it can hold a password. */
    @Override
    public String toString() {
        return "WebhookSettings" + accounts;
    }
}
