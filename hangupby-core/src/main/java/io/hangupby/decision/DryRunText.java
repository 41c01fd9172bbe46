package io.hangupby.decision;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts a {@link DryRunReport} into a table. */
final class DryRunText {
    private static final List<String> HEADINGS = List.of("rule", "ours", "stood there", "segments", "");
    private static final String NOTHING = "-";

    private DryRunText() {}

    static String of(DryRunReport report) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(HEADINGS);
        report.rows().forEach(row -> lines.add(line(row)));
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(padded(line, lines)).append('\n'));
        return text.append(report.same())
                .append(" of ")
                .append(report.compared())
                .append(" are the same; ")
                .append(report.notCompared())
                .append(" could not be compared\n")
                .toString();
    }

    private static List<String> line(DryRunReport.Row row) {
        Comparison comparison = row.comparison();
        return List.of(
                row.rule(),
                cell(comparison.ours()),
                cell(comparison.stood()),
                Long.toString(row.segments()),
                comparison.isSame() ? "same" : comparison.isSpelledDifferently() ? "spelled differently" : "different");
    }

    /** What another writer wrote may hold anything, line ends too. */
    private static String cell(Optional<String> value) {
        return value.map(text -> text.replaceAll("\\p{Cntrl}", " ")).orElse(NOTHING);
    }

    private static String padded(List<String> line, List<List<String>> all) {
        StringBuilder text = new StringBuilder();
        for (int column = 0; column < line.size(); column++) {
            int at = column;
            int width =
                    all.stream().mapToInt(other -> other.get(at).length()).max().orElse(0);
            text.append(line.get(column))
                    .append(" ".repeat(width - line.get(column).length() + 2));
        }
        return text.toString().stripTrailing();
    }
}
