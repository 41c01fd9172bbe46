package io.hangupby.internal.webhook;

import io.hangupby.call.AccountSid;
import io.hangupby.call.WorkspaceSid;
import io.hangupby.internal.event.ConferenceEventReader;
import io.hangupby.internal.event.EventFields;
import io.hangupby.internal.event.EventReading;
import java.util.List;
import java.util.Optional;

/**
 * One account whose requests are accepted. Immutable.
 *
 * @param account the account that events must belong to
 * @param workspace the workspace that events must belong to; if empty, any workspace
 * @param signatures verifies this account's requests
 */
public record WebhookAccount(AccountSid account, Optional<WorkspaceSid> workspace, SignatureVerifier signatures) {

    /** Returns whether this account's form was signed for one of these addresses. */
    boolean hasSigned(FormBody form, List<SignedAddress> addresses, String signature) {
        // A loop, because a stream would cost more and this runs for each request.
        for (SignedAddress address : addresses) {
            if (signatures.acceptsForm(address.url(), form, signature)) {
                return true;
            }
        }
        return false;
    }

    EventReading readOfConference(EventFields fields) {
        return new ConferenceEventReader(workspace).read(fields);
    }

    /** Returns whether an event belongs to this account, or names no account. */
    boolean owns(EventFields event) {
        return isOrLacks(event, "AccountSid", account.value());
    }

    /** Returns whether an event belongs to an accepted workspace, or names no workspace. */
    boolean acceptsWorkspaceOf(EventFields event) {
        return workspace
                .filter(only -> !isOrLacks(event, "WorkspaceSid", only.value()))
                .isEmpty();
    }

    private static boolean isOrLacks(EventFields event, String name, String sid) {
        return event.text(name).filter(other -> !other.equals(sid)).isEmpty();
    }

    /** Omits the tokens. */
    @Override
    public String toString() {
        return account.toString();
    }
}
