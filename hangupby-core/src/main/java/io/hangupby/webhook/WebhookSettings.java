package io.hangupby.webhook;

import io.hangupby.call.AccountSid;
import io.hangupby.call.WorkspaceSid;
import java.util.Optional;

/**
 * Whose requests are taken, and by which address they were sent. Immutable.
 *
 * @param account the account that events must be of
 * @param workspace the workspace that events must be of; any, if empty
 * @param publicUrl the address that reaches the place where hangupby is mounted, as Twilio was given it; if empty, the
 *     request's own is taken
 * @param trustForwardedHeaders whether the request's own address is the one that its {@code X-Forwarded} headers tell
 */
public record WebhookSettings(
        AccountSid account,
        Optional<WorkspaceSid> workspace,
        Optional<String> publicUrl,
        boolean trustForwardedHeaders) {

    /** Takes the URL as people paste it: with the endpoint, a slash or the connection overrides at its end. */
    public WebhookSettings {
        publicUrl = publicUrl.map(
                url -> url.replaceFirst("#.*$", "").replaceFirst("(/taskrouter|/conference|/events)?/*$", ""));
    }

    /** Leaves the URL out: it can hold a password. */
    @Override
    public String toString() {
        return "WebhookSettings[" + account + "]";
    }
}
