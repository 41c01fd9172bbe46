package io.hangupby.webhook;

import io.hangupby.call.AccountSid;
import io.hangupby.call.WorkspaceSid;
import io.hangupby.internal.event.ConferenceEventReader;
import io.hangupby.internal.event.EventFields;
import io.hangupby.internal.event.EventReading;
import java.util.Optional;

/**
 * One account whose requests are taken. Immutable.
 *
 * @param account the account that events must be of
 * @param workspace the workspace that events must be of; any, if empty
 * @param signatures tells this account's requests from others
 */
public record WebhookAccount(AccountSid account, Optional<WorkspaceSid> workspace, SignatureVerifier signatures) {

    EventReading readOfConference(EventFields fields) {
        return new ConferenceEventReader(workspace).read(fields);
    }

    /** Says whether an event is of this account, as far as it says whose it is. */
    boolean owns(EventFields event) {
        return isOrLacks(event, "AccountSid", account.value());
    }

    /** Says whether an event is of a workspace whose events are taken, as far as it says so. */
    boolean takesWorkspaceOf(EventFields event) {
        return workspace
                .filter(only -> !isOrLacks(event, "WorkspaceSid", only.value()))
                .isEmpty();
    }

    private static boolean isOrLacks(EventFields event, String name, String sid) {
        return event.text(name).filter(other -> !other.equals(sid)).isEmpty();
    }

    /** Its tokens are nobody's business. */
    @Override
    public String toString() {
        return account.toString();
    }
}
