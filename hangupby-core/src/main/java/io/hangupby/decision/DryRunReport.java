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
 * Counts what a dry run finds: for each rule and answer, the values that stood in the tasks when their agents completed. So
 * a team sees what would change, before it switches. {@code HangUpBy.dryRunReport()} has the one of an installation; its
 * text is a table for people. A verdict that turns later is moved, not counted again. It keeps counts, and of single calls only
 * how the last 10,000 agents' parts were counted. Thread-safe.
 */
public final class DryRunReport implements HangUpByListener {
    /** Where another writer writes free text, the rest is counted together. */
    private static final int ROWS_AT_MOST = 1000;

    private static final String OTHERS = "(others)";

    /** A verdict turns within hours, if at all. */
    private static final int SEGMENTS_AT_MOST = 10_000;

    private static final Optional<Found> NOT_COMPARED = Optional.empty();

    private final Function<EndedBy, Optional<String>> spelling;
    private final Map<Optional<Found>, Long> counts = new HashMap<>();
    // In the order in which they were counted first.
    private final Map<ReservationSid, Optional<Found>> segments = new LinkedHashMap<>();

    /**
     * Begins with nothing counted.
     *
     * @param spelling what would be written for an answer
     */
    public DryRunReport(Function<EndedBy, Optional<String>> spelling) {
        this.spelling = spelling;
    }

    /**
     * What was found in the same way, and how often.
     *
     * @param rule the rule that decided
     * @param comparison our value and the one that stood
     * @param segments how many agents' parts of calls
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

    /** Whoever could not be looked at in time, or whose task was gone; and whose verdict turned after it was compared. */
    @Override
    public synchronized void onOutcome(Outcome outcome) {
        WriteResult.Status status = outcome.write().status();
        if (status == WriteResult.Status.TOO_LATE) {
            count(outcome, NOT_COMPARED);
        } else if (status == WriteResult.Status.COMPARED) {
            segments.getOrDefault(outcome.segment().reservation(), NOT_COMPARED)
                    .ifPresent(found -> turned(outcome, found));
        }
    }

    private void turned(Outcome outcome, Found found) {
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

    /** Returns what was found, rule by rule and the most frequent first within one. */
    public synchronized List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        counts.forEach(
                (row, count) -> row.ifPresent(found -> rows.add(new Row(found.rule(), found.comparison(), count))));
        rows.sort(Comparator.comparing(Row::rule)
                .thenComparing(Row::segments, Comparator.reverseOrder())
                .thenComparing(row -> row.comparison().toString()));
        return rows;
    }

    /** Returns how many agents' parts of calls were compared. */
    public long compared() {
        return compared(rows());
    }

    static long compared(List<Row> rows) {
        return rows.stream().mapToLong(Row::segments).sum();
    }

    /** Returns of how many of them the value that stood was ours, to the letter. */
    public long same() {
        return same(rows());
    }

    static long same(List<Row> rows) {
        return compared(rows.stream().filter(row -> row.comparison().isSame()).toList());
    }

    /** Returns how many could not be compared: they were looked at too late, or their task was gone. */
    public synchronized long notCompared() {
        return counts.getOrDefault(NOT_COMPARED, 0L);
    }

    /** Returns the table of one moment, with a line for each row, and how many are the same. */
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
