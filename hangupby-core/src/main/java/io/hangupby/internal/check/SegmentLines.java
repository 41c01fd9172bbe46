package io.hangupby.internal.check;

import io.hangupby.check.CheckReport.Line;
import io.hangupby.internal.twilio.SetupGateway.CompletedReservation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Checks what the latest completed reservations show: the time in wrap-up, values, markers and conferences. */
final class SegmentLines {
    private static final String WRAP_UP = "wrap-up-time";
    private static final String VALUES = "values";
    private static final String MARKERS = "markers";
    private static final String CONFERENCES = "conferences";

    private static final Duration TOO_SHORT = Duration.ofSeconds(3);
    private static final Duration ENOUGH = Duration.ofSeconds(10);
    /** Fewer reservations show no habit. */
    private static final int PROOF = 10;

    private static final int VALUES_SHOWN = 5;

    /** A value of this kind is a word, and no customer's data. */
    private static final String WORDS = "[\\p{L}][\\p{L} _-]{0,30}";

    private final CheckedAccount account;
    private final List<CompletedReservation> segments;
    private final Map<String, Instant> wrapUps;
    private final AccountReads reads;

    SegmentLines(CheckedAccount account, AccountReads reads) {
        this.account = account;
        this.segments = reads.completed().value().orElse(List.of()).stream()
                .filter(segment ->
                        segment.channel().isEmpty() || account.channels().contains(segment.channel()))
                .toList();
        this.wrapUps = reads.wrapUps().value().orElse(Map.of());
        this.reads = reads;
    }

    Stream<Line> lines() {
        if (reads.sid().isEmpty()) {
            return Stream.of(Line.warn(
                    WRAP_UP, "Not checked, because there is no workspace to read.", "Mend the line workspace first."));
        }
        Optional<Reading<?>> failed = Stream.<Reading<?>>of(reads.completed(), reads.wrapUps())
                .filter(reading -> reading.value().isEmpty())
                .findFirst();
        if (failed.isPresent()) {
            return Stream.of(notRead(failed.get()));
        }
        if (segments.isEmpty()) {
            return Stream.of(Line.ok(
                    WRAP_UP,
                    "No reservation on a voice channel was completed in 30 days, so there is nothing to compare."));
        }
        return Stream.of(wrapUp(), values(), markers(), conferences());
    }

    private Line notRead(Reading<?> failed) {
        return Line.warn(
                WRAP_UP,
                "Not checked, because the latest reservations could not be read: " + failed.problem() + ".",
                reads.remedy(
                        account,
                        failed,
                        "Allow the key to list Events (TaskRouter: Events, list), which recovery needs too."));
    }

    private Line wrapUp() {
        List<Duration> times = segments.stream()
                .flatMap(segment -> Optional.ofNullable(wrapUps.get(segment.reservation())).stream()
                        .map(began -> Duration.between(began, segment.completed())))
                .filter(time -> !time.isNegative())
                .sorted()
                .toList();
        if (times.isEmpty()) {
            return Line.wrong(
                    WRAP_UP,
                    "None of the latest " + segments.size() + " reservations was in wrap-up before it was completed,"
                            + " so no value can be written in time.",
                    remedyForWrapUp());
        }
        Duration median = times.get(times.size() / 2);
        String seen = "The time from wrap-up to completion was " + seconds(median) + " in the median of " + times.size()
                + " reservations, " + seconds(times.get(0)) + " at least.";
        if (median.compareTo(TOO_SHORT) < 0) {
            return Line.wrong(
                    WRAP_UP, seen + " Flex Insights reads at completion, so values come too late.", remedyForWrapUp());
        }
        return times.get(times.size() / 10).compareTo(ENOUGH) < 0
                ? Line.warn(WRAP_UP, seen + " When Twilio's API lags, values need up to 10 s.", remedyForWrapUp())
                : Line.ok(WRAP_UP, seen);
    }

    private static String remedyForWrapUp() {
        return "Let tasks complete 10 s after the wrap-up or later: change the plugin, the workflow or the timer that completes them"
                + " (in the Flex project template, agent-automation's wrapup_time).";
    }

    private static String seconds(Duration time) {
        return time.toMillis() < 10_000
                ? String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0)
                : time.toSeconds() + " s";
    }

    private Line values() {
        Map<String, Integer> foreign = new TreeMap<>();
        segments.stream()
                .flatMap(segment -> segment.value().stream())
                .filter(value -> !value.isEmpty() && !account.values().contains(value))
                .filter(value ->
                        !account.markerWords().contains(value.strip().toLowerCase(Locale.ROOT)) || isSpelling(value))
                .forEach(value -> foreign.merge(value.matches(WORDS) ? value : "(not shown)", 1, Integer::sum));
        if (foreign.isEmpty()) {
            return Line.ok(
                    VALUES,
                    "All " + count(segment -> segment.value().isPresent())
                            + " values of the latest reservations are of hangupby's vocabulary.");
        }
        List<String> shown = new ArrayList<>();
        foreign.entrySet().stream()
                .limit(VALUES_SHOWN)
                .forEach(value -> shown.add("\"" + value.getKey() + "\" (" + value.getValue() + ")"));
        boolean spelling = foreign.keySet().stream().anyMatch(this::isSpelling);
        return Line.warn(
                VALUES,
                "Another program writes conversations.hang_up_by too: " + String.join(", ", shown) + ". "
                        + (spelling
                                ? "Some differ from hangupby's values only in spelling, so reports count them apart."
                                : "Reports count these values apart."),
                "Switch off the other program (in the Flex project template: the feature hang-up-by), or spell alike: "
                        + "hangupby.vocabulary.style=title, or hangupby.vocabulary.values.<ended-by>=<text>."
                        + " If a Flex plugin writes one of them at a click, it is a mark: hangupby.agent-marker-values=<text>.");
    }

    /** Returns whether a value is ours but for upper and lower case. */
    private boolean isSpelling(String value) {
        return !account.values().contains(value) && account.values().stream().anyMatch(value.strip()::equalsIgnoreCase);
    }

    private Line markers() {
        long marked = count(this::isMarked);
        if (account.pluginInstalled() && marked == 0 && segments.size() >= PROOF) {
            return Line.warn(
                    MARKERS,
                    "hangupby.agent-marker=plugin, and none of the latest " + segments.size()
                            + " reservations has a plugin's mark: each hang-up of an agent counts as a disconnect.",
                    "Deploy the Flex plugin (examples/flex-plugin), or if there is none: hangupby.agent-marker=none");
        }
        if (!account.pluginInstalled() && count(CompletedReservation::named) > 0) {
            return Line.warn(
                    MARKERS,
                    "hangupby.agent-marker=none, and " + count(CompletedReservation::named)
                            + " of the latest reservations have a plugin's mark: no drop counts as a disconnect.",
                    "hangupby.agent-marker=plugin");
        }
        return Line.ok(
                MARKERS,
                account.pluginInstalled()
                        ? marked + " of the latest " + segments.size()
                                + " reservations have a plugin's mark; hangupby.agent-marker=plugin."
                        : "None of the latest " + segments.size()
                                + " reservations has a plugin's mark; hangupby.agent-marker=none.");
    }

    private boolean isMarked(CompletedReservation segment) {
        return segment.named()
                || segment.value()
                        .filter(value ->
                                account.markerWords().contains(value.strip().toLowerCase(Locale.ROOT)))
                        .isPresent();
    }

    private Line conferences() {
        long named = count(CompletedReservation::conference);
        return named == 0 && segments.size() >= PROOF
                ? Line.warn(
                        CONFERENCES,
                        "None of the latest " + segments.size()
                                + " reservations names a conference in its task's attributes.",
                        "Accept calls by TaskRouter's conference instruction, as Flex does. After a dequeue instruction there is"
                                + " no conference, and only the Calls show who left: docs/rules.md.")
                : Line.ok(
                        CONFERENCES, named + " of the latest " + segments.size() + " reservations name a conference.");
    }

    private long count(Predicate<CompletedReservation> of) {
        return segments.stream().filter(of).count();
    }
}
