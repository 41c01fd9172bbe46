package io.hangupby;

import io.hangupby.internal.facts.LiveFacts;
import io.hangupby.internal.facts.Spread;
import io.hangupby.telemetry.EventVersionStatus;
import io.hangupby.telemetry.TwilioStatus;
import java.util.List;

/** Puts together the block of facts that a user can paste into a report. Stateless. */
final class StatusFacts {
    private StatusFacts() {}

    static String of(LiveFacts events, Accounts accounts) {
        Spread settled = accounts.all().stream()
                .map(account -> account.engine().settleTimes())
                .reduce(new Spread(), Spread::with);
        return "hangupby, facts since the start\n" + events.text() + "\nsegments settled after: " + settled
                + "\nversions of events: " + versions(accounts.status()) + "\n";
    }

    /** Adds up the accounts, because an account's SID stays out. */
    private static String versions(List<TwilioStatus> accounts) {
        List<EventVersionStatus> all =
                accounts.stream().map(TwilioStatus::eventVersions).toList();
        long comparisons =
                all.stream().mapToLong(EventVersionStatus::comparisons).sum();
        long differences =
                all.stream().mapToLong(EventVersionStatus::differences).sum();
        long writes = all.stream().mapToLong(EventVersionStatus::writes).sum();
        long conflicts = all.stream().mapToLong(EventVersionStatus::conflicts).sum();
        return comparisons + " compared with the ETag, " + differences + " differed; " + writes + " written on, "
                + conflicts + " conflicts";
    }
}
