package io.hangupby;

import io.hangupby.call.AccountSid;
import io.hangupby.call.WorkspaceSid;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The settings of one account, complete and checked.
 *
 * @param prefix what the names of its properties begin with
 */
record AccountSettings(
        String prefix,
        AccountSid account,
        List<String> authTokens,
        String apiUser,
        String apiPassword,
        Optional<WorkspaceSid> workspace,
        Optional<URI> twilioBaseUrl) {

    /** Holds secrets, so it shows only whose they are. */
    @Override
    public String toString() {
        return "AccountSettings[" + account + "]";
    }
}
