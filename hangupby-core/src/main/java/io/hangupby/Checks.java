package io.hangupby;

import io.hangupby.check.CheckReport;
import io.hangupby.internal.check.SetupCheck;
import io.hangupby.internal.journal.JournalState;
import io.hangupby.internal.webhook.CheckRequests;
import io.hangupby.internal.webhook.InboundEvents;
import io.hangupby.internal.webhook.WebhookSettings;
import java.util.List;
import java.util.function.Supplier;

/** Checks the accounts' set-ups, one check at a time. Thread-safe. */
final class Checks {
    private final HangUpBySettings settings;
    private final WebhookSettings taken;
    private final CheckRequests requests;
    private final InboundEvents queued;
    private final SetupCheck check;

    Checks(
            HangUpBySettings settings,
            WebhookSettings taken,
            CheckRequests requests,
            InboundEvents queued,
            Supplier<JournalState> journal) {
        this.settings = settings;
        this.taken = taken;
        this.requests = requests;
        this.queued = queued;
        this.check = new SetupCheck(requests, journal, settings.jdbc().isPresent());
    }

    synchronized CheckReport run() {
        List<AccountCheck> accounts = settings.accounts().stream()
                .map(account -> new AccountCheck(account, settings))
                .toList();
        try {
            return check.run(accounts.stream()
                    .map(account -> account.connected(taken, requests.observedUrls(), queued))
                    .toList());
        } finally {
            accounts.forEach(AccountCheck::close);
        }
    }
}
