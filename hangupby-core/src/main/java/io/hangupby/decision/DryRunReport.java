package io.hangupby.decision;

import io.hangupby.call.ReservationSid;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Compares computed values with the values found in tasks during a dry run, and counts each combination per rule. The
 * report shows what would change before a team switches hangupby on. {@code HangUpBy.dryRunReport()} returns the report
 * of an installation; {@code toString} returns a table. If a verdict changes later, its segment moves to another combination.
 * The report keeps counts, and the combination of each of the last 10,000 segments. Thread-safe.
 */
public final class DryRunReport implements HangUpByListener {
    /** Another program may write free text: further values share one row per rule. */
    private static final int ROWS_AT_MOST = 1000;

    private static final String OTHERS = "(others)";

    /** A verdict changes within hours, if at all. */
    private static final int SEGMENTS_AT_MOST = 10_000;

    private static final Optional<Found> NOT_COMPARED = Optional.empty();

    private static final Comparator<Map.Entry<Optional<Found>, Long>> MOST_FREQUENT_FIRST =
            Map.Entry.<Optional<Found>, Long>comparingByValue()
                    .reversed()
                    .thenComparing(entry -> entry.getKey().toString());

    private final Function<EndedBy, Optional<String>> spelling;
    private final Map<Optional<Found>, Long> counts = new HashMap<>();
    // In the order in which they were counted first.
    private final Map<ReservationSid, Optional<Found>> segments = new LinkedHashMap<>();

    /**
     * Creates an empty report.
     *
     * @param spelling returns the value that would be written
     */
    public DryRunReport(Function<EndedBy, Optional<String>> spelling) {
        this.spelling = spelling;
    }

    private record Found(String rule, DryRunComparison comparison) {
        Found amongOthers() {
            return new Found(
                    rule,
                    new DryRunComparison(
                            comparison.computed(), comparison.found().map(value -> OTHERS)));
        }
    }

    @Override
    public synchronized void onCompared(Outcome outcome, DryRunComparison comparison) {
        count(outcome, Optional.of(new Found(outcome.verdict().rule(), comparison)));
    }

    /**
     * Counts a segment that was too late to compare, and moves a segment whose verdict changed after the comparison.
     */
    @Override
    public synchronized void onOutcome(Outcome outcome) {
        WriteResult.Status status = outcome.write().status();
        if (status == WriteResult.Status.TOO_LATE) {
            count(outcome, NOT_COMPARED);
        } else if (status == WriteResult.Status.COMPARED) {
            segments.getOrDefault(outcome.segment().reservation(), NOT_COMPARED)
                    .ifPresent(found -> verdictChanged(outcome, found));
        }
    }

    private void verdictChanged(Outcome outcome, Found found) {
        Optional<String> computed = outcome.verdict().endedBy().flatMap(spelling);
        onCompared(outcome, new DryRunComparison(computed, found.comparison().found()));
    }

    private void count(Outcome outcome, Optional<Found> as) {
        ReservationSid segment = outcome.segment().reservation();
        Optional<Found> before = segments.get(segment);
        if (before != null) {
            counts.merge(before, -1L, Long::sum);
            counts.values().remove(0L);
        }
        Optional<Found> counted = as.map(this::row);
        counts.merge(counted, 1L, Long::sum);
        segments.put(segment, counted);
        if (segments.size() > SEGMENTS_AT_MOST) {
            segments.remove(segments.keySet().iterator().next());
        }
    }

    private Found row(Found found) {
        boolean fits = counts.containsKey(Optional.of(found)) || counts.size() < ROWS_AT_MOST;
        return fits ? found : found.amongOthers();
    }

    /**
     * Returns for each rule, in alphabetical order, how many segments had each combination of computed and found value, the most
     * frequent first.
     */
    public synchronized SortedMap<String, Map<DryRunComparison, Long>> rules() {
        SortedMap<String, Map<DryRunComparison, Long>> rules = new TreeMap<>();
        counts.entrySet().stream()
                .sorted(MOST_FREQUENT_FIRST)
                .forEach(entry -> entry.getKey()
                        .ifPresent(found -> rules.computeIfAbsent(found.rule(), any -> new LinkedHashMap<>())
                                .put(found.comparison(), entry.getValue())));
        return rules;
    }

    /** Returns the number of segments that were compared. */
    public long compared() {
        return compared(rules());
    }

    static long compared(Map<String, Map<DryRunComparison, Long>> rules) {
        return count(rules, any -> true);
    }

    /** Returns the number of segments whose found value equals the computed value exactly. */
    public long same() {
        return same(rules());
    }

    static long same(Map<String, Map<DryRunComparison, Long>> rules) {
        return count(rules, DryRunComparison::isSame);
    }

    private static long count(Map<String, Map<DryRunComparison, Long>> rules, Predicate<DryRunComparison> condition) {
        return rules.values().stream()
                .flatMap(comparisons -> comparisons.entrySet().stream())
                .filter(comparison -> condition.test(comparison.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /**
     * Returns the number of segments that could not be compared, because the agent had completed too long ago or the
     * task was gone.
     */
    public synchronized long notCompared() {
        return counts.getOrDefault(NOT_COMPARED, 0L);
    }

    /** Returns a table with a line for each combination and a line of totals. */
    @Override
    public String toString() {
        SortedMap<String, Map<DryRunComparison, Long>> rules;
        long notCompared;
        synchronized (this) {
            rules = rules();
            notCompared = notCompared();
        }
        return DryRunText.of(rules, notCompared);
    }
}
