package io.hangupby.decision;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Formats a {@link DryRunReport} as a table. */
final class DryRunText {
    private static final List<String> HEADINGS = List.of("rule", "computed", "found", "segments", "");
    private static final String NOTHING = "-";

    private DryRunText() {}

    static String of(Map<String, Map<DryRunComparison, Long>> rules, long notCompared) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(HEADINGS);
        rules.forEach((rule, comparisons) ->
                comparisons.forEach((comparison, segments) -> lines.add(line(rule, comparison, segments))));
        int[] widths = widths(lines);
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(padded(line, widths)).append('\n'));
        return text.append(DryRunReport.same(rules))
                .append(" of ")
                .append(DryRunReport.compared(rules))
                .append(" are the same; ")
                .append(notCompared)
                .append(" could not be compared\n")
                .toString();
    }

    private static int[] widths(List<List<String>> lines) {
        int[] widths = new int[HEADINGS.size()];
        lines.forEach(line -> Arrays.setAll(
                widths, column -> Math.max(widths[column], line.get(column).length())));
        return widths;
    }

    private static List<String> line(String rule, DryRunComparison comparison, long segments) {
        return List.of(
                rule,
                cell(comparison.computed()),
                cell(comparison.found()),
                Long.toString(segments),
                comparison.isSame() ? "same" : comparison.isSpelledDifferently() ? "spelled differently" : "different");
    }

    /** A value that another program wrote may contain anything, including line ends. */
    private static String cell(Optional<String> value) {
        return value.map(text -> text.replaceAll("\\p{Cntrl}", " ")).orElse(NOTHING);
    }

    private static String padded(List<String> line, int[] widths) {
        StringBuilder text = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = line.get(column);
            text.append(cell).append(" ".repeat(widths[column] - cell.length() + 2));
        }
        return text.toString().stripTrailing();
    }
}
