package io.hangupby.decision;

import io.hangupby.call.ReservationSid;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Compares computed values with the values found in tasks during a dry run, and counts each combination per rule. The
 * report shows what would change before a team switches hangupby on. {@code HangUpBy.dryRunReport()} returns the report
 * of an installation; {@code toString} returns a table. If a verdict changes later, its segment moves to another row.
 * The report keeps counts, and the row of each of the last 10,000 segments. Thread-safe.
 */
public final class DryRunReport implements HangUpByListener {
    /** Another program may write free text: further values share one row per rule. */
    private static final int ROWS_AT_MOST = 1000;

    private static final String OTHERS = "(others)";

    /** A verdict changes within hours, if at all. */
    private static final int SEGMENTS_AT_MOST = 10_000;

    private static final Optional<Found> NOT_COMPARED = Optional.empty();

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

    /**
     * One combination of rule, computed value and found value, and how often it occurred.
     *
     * @param rule the rule that decided
     * @param comparison the computed value and the found value
     * @param segments the number of segments
     */
    public record Row(String rule, DryRunComparison comparison, long segments) {}

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

    /** Returns the rows, sorted by rule, then by frequency. */
    public synchronized List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        counts.forEach(
                (row, count) -> row.ifPresent(found -> rows.add(new Row(found.rule(), found.comparison(), count))));
        rows.sort(Comparator.comparing(Row::rule)
                .thenComparing(Row::segments, Comparator.reverseOrder())
                .thenComparing(row -> row.comparison().toString()));
        return rows;
    }

    /** Returns the number of segments that were compared. */
    public long compared() {
        return compared(rows());
    }

    static long compared(List<Row> rows) {
        return rows.stream().mapToLong(Row::segments).sum();
    }

    /** Returns the number of segments whose found value equals the computed value exactly. */
    public long same() {
        return same(rows());
    }

    static long same(List<Row> rows) {
        return compared(rows.stream().filter(row -> row.comparison().isSame()).toList());
    }

    /**
     * Returns the number of segments that could not be compared, because the agent had completed too long ago or the
     * task was gone.
     */
    public synchronized long notCompared() {
        return counts.getOrDefault(NOT_COMPARED, 0L);
    }

    /** Returns a table with a line for each row and a line of totals. */
    @Override
    public String toString() {
        List<Row> rows;
        long notCompared;
        synchronized (this) {
            rows = rows();
            notCompared = notCompared();
        }
        return DryRunText.of(rows, notCompared);
    }
}
