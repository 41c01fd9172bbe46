package io.hangupby;

import io.hangupby.internal.facts.LiveFacts;
import io.hangupby.internal.facts.Spread;
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
        long comparisons = accounts.stream()
                .mapToLong(TwilioStatus::eventVersionComparisons)
                .sum();
        long differences = accounts.stream()
                .mapToLong(TwilioStatus::eventVersionDifferences)
                .sum();
        long writes =
                accounts.stream().mapToLong(TwilioStatus::eventVersionWrites).sum();
        long conflicts =
                accounts.stream().mapToLong(TwilioStatus::eventVersionConflicts).sum();
        return comparisons + " compared with the ETag, " + differences + " differed; " + writes + " written on, "
                + conflicts + " conflicts";
    }
}
