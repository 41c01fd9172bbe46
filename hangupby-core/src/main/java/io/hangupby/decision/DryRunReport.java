package io.hangupby.decision;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts what a dry run finds: for each rule and answer, the values that stood in the tasks when their agents completed. So
 * a team sees what would change, before it switches. {@code HangUpBy.dryRunReport()} has the one of an installation; its
 * text is a table for people. It keeps counts, and nothing of single calls. Thread-safe.
 */
public final class DryRunReport implements HangUpByListener {
    /** Where another writer writes free text, the rest is counted together. */
    private static final int ROWS_AT_MOST = 1000;

    private static final String OTHERS = "(others)";

    private final Map<Found, Long> counts = new HashMap<>();
    private long notCompared;

    /** Begins with nothing counted. */
    public DryRunReport() {}

    /**
     * What was found in the same way, and how often.
     *
     * @param rule the rule that decided
     * @param comparison our value and the one that stood
     * @param segments how many agents' parts of calls
     */
    public record Row(String rule, Comparison comparison, long segments) {}

    private record Found(String rule, Comparison comparison) {}

    @Override
    public synchronized void onCompared(Outcome outcome, Comparison comparison) {
        Found found = new Found(outcome.verdict().rule(), comparison);
        boolean fits = counts.containsKey(found) || counts.size() < ROWS_AT_MOST;
        Found counted = fits
                ? found
                : new Found(
                        found.rule(),
                        new Comparison(comparison.ours(), comparison.stood().map(value -> OTHERS)));
        counts.merge(counted, 1L, Long::sum);
    }

    /** Whoever could not be looked at in time, or whose task was gone. */
    @Override
    public synchronized void onOutcome(Outcome outcome) {
        if (outcome.write().status() == WriteResult.Status.TOO_LATE) {
            notCompared++;
        }
    }

    /** Returns what was found, rule by rule and the most frequent first within one. */
    public synchronized List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        counts.forEach((found, count) -> rows.add(new Row(found.rule(), found.comparison(), count)));
        rows.sort(Comparator.comparing(Row::rule)
                .thenComparing(Row::segments, Comparator.reverseOrder())
                .thenComparing(row -> row.comparison().toString()));
        return rows;
    }

    /** Returns how many agents' parts of calls were compared. */
    public long compared() {
        return rows().stream().mapToLong(Row::segments).sum();
    }

    /** Returns of how many of them the value that stood was ours, to the letter. */
    public long same() {
        return rows().stream()
                .filter(row -> row.comparison().isSame())
                .mapToLong(Row::segments)
                .sum();
    }

    /** Returns how many could not be compared: they were looked at too late, or their task was gone. */
    public synchronized long notCompared() {
        return notCompared;
    }

    /** Returns the table, with a line for each row, and how many are the same. */
    @Override
    public String toString() {
        return DryRunText.of(this);
    }
}
