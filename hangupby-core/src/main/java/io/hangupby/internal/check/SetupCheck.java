package io.hangupby.internal.check;

import io.hangupby.check.CheckReport;
import io.hangupby.check.CheckReport.Line;
import io.hangupby.internal.check.SelfRequest.Result;
import io.hangupby.internal.journal.JournalState;
import io.hangupby.internal.twilio.SetupGateway;
import io.hangupby.internal.twilio.SetupGateway.Workspace;
import io.hangupby.internal.twilio.TwilioGateway;
import io.hangupby.internal.webhook.CheckRequests;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Checks a set-up: reads what there is, compares it with the settings, and says what to change. Thread-safe. */
public final class SetupCheck {
    private final CheckRequests requests;
    private final Supplier<JournalState> journal;
    private final boolean sharedJournal;

    /**
     * @param requests the check's own requests, which the webhook recognizes
     * @param journal how the journal is; throws what the journal throws
     * @param sharedJournal whether all nodes use one database
     */
    public SetupCheck(CheckRequests requests, Supplier<JournalState> journal, boolean sharedJournal) {
        this.requests = requests;
        this.journal = journal;
        this.sharedJournal = sharedJournal;
    }

    /**
     * Checks accounts, one after the other.
     *
     * @param accounts the settings, each with its connections to Twilio
     */
    public CheckReport run(List<Connected> accounts) {
        try (ParallelReads reads = new ParallelReads()) {
            Supplier<Reading<Line>> ofJournal = reads.start(() -> JournalLines.of(journal));
            List<Line> lines = new ArrayList<>();
            accounts.forEach(account -> check(account)
                    .map(line -> line.of(account.settings().sid()))
                    .forEach(lines::add));
            lines.add(0, JournalLines.of(ofJournal.get()));
            return new CheckReport(lines);
        }
    }

    private Stream<Line> check(Connected connected) {
        CheckedAccount account = connected.settings();
        try (ParallelReads reads = new ParallelReads()) {
            List<Supplier<Reading<Boolean>>> tokens = account.authTokens().stream()
                    .map(token -> reads.start(() -> connected.isAccepted().apply(token)))
                    .toList();
            SelfRequest self = new SelfRequest(requests, account);
            Supplier<Reading<Map<String, Result>>> sent = reads.start(() -> self.send(account.callbackUrls()));
            AccountReads found = AccountReads.of(account, connected.twilio(), connected.setup(), reads);
            Reading<Map<String, Result>> results = sent.get();
            List<Reading<Boolean>> accepted = tokens.stream().map(Supplier::get).toList();
            Way way = way(account, results.value().orElse(Map.of()), self, found, reads);
            return Stream.of(
                            Stream.of(
                                    CredentialLines.token(account, accepted),
                                    CredentialLines.permissions(account, found)),
                            lines(account, found, way),
                            lines(account, way, results),
                            Stream.of(clock(connected, found, accepted)))
                    .flatMap(lines -> lines);
        }
    }

    private static Line clock(Connected connected, AccountReads found, List<Reading<Boolean>> tokens) {
        boolean isCompared = found.hasAny()
                || tokens.stream().anyMatch(token -> token.value().isPresent());
        return isCompared
                ? CredentialLines.clock(connected.setup().clockSkew())
                : CredentialLines.clockNotChecked(found.remedy(connected.settings()));
    }

    private static Way way(
            CheckedAccount account,
            Map<String, Result> results,
            SelfRequest self,
            AccountReads found,
            ParallelReads reads) {
        MountSearch search = new MountSearch(self, account.publicUrls());
        return reads.now(() -> search.search(results, found.workspace().flatMap(Workspace::eventCallbackUrl)))
                .value()
                .orElseGet(() -> new Way(results, Map.of()));
    }

    private Stream<Line> lines(CheckedAccount account, Way way, Reading<Map<String, Result>> results) {
        return results.value().isPresent()
                ? new WayLines(account, way, sharedJournal).lines()
                : Stream.of(Line.warn(
                        "public-url",
                        "The way to this application could not be tried: " + results.problem() + ".",
                        "Run it again."));
    }

    private static Stream<Line> lines(CheckedAccount account, AccountReads found, Way way) {
        EventStreamLines streams = new EventStreamLines(account, found.streams());
        List<Line> workspace = new WorkspaceLines(account, found, way, streams.areComplete())
                .lines()
                .toList();
        boolean callbackIsOurs = workspace.stream()
                .anyMatch(line -> line.check().equals("callback-url") && line.status() == CheckReport.Status.OK);
        return Stream.of(
                        workspace.stream(),
                        streams.lines(callbackIsOurs),
                        Stream.of(
                                InsightsLines.advancedFeatures(found.advancedFeatures()),
                                InsightsLines.limit(found, account.updatesPerSecond())),
                        new SegmentLines(account, found).lines())
                .flatMap(lines -> lines);
    }

    /**
     * An account's settings with connections to Twilio that the check has for itself.
     *
     * @param settings the settings
     * @param twilio the requests that hangupby makes
     * @param setup the reads of the set-up
     * @param isAccepted whether Twilio has the account for an auth token
     */
    public record Connected(
            CheckedAccount settings, TwilioGateway twilio, SetupGateway setup, Function<String, Boolean> isAccepted) {}
}
