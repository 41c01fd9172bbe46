package io.hangupby.decision;

import io.hangupby.decision.AuditResult.Status;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How many verdicts of each rule Voice Insights confirms. {@code HangUpBy.auditReport()} returns the report of an installation;
 * {@code toString} returns a table. A segment without a category has nothing to compare, and is not counted. Immutable.
 */
public final class AuditReport {
    private final List<Row> rows;
    private final Map<EndedBy, Long> alternatives;

    private AuditReport(List<Row> rows, Map<EndedBy, Long> alternatives) {
        this.rows = List.copyOf(rows);
        this.alternatives = Map.copyOf(alternatives);
    }

    /** Counts outcomes. */
    public static AuditReport of(Stream<Outcome> outcomes) {
        Map<String, Map<Status, Long>> rules = new TreeMap<>();
        Map<EndedBy, Long> alternatives = new EnumMap<>(EndedBy.class);
        outcomes.filter(outcome -> outcome.verdict().endedBy().isPresent()).forEach(outcome -> {
            Optional<AuditResult> audit = outcome.audit();
            rules.computeIfAbsent(outcome.verdict().rule(), any -> new EnumMap<>(Status.class))
                    .merge(audit.map(AuditResult::status).orElse(Status.NO_DATA), 1L, Long::sum);
            audit.flatMap(AuditResult::alternative).ifPresent(by -> alternatives.merge(by, 1L, Long::sum));
        });
        List<Row> rows = rules.entrySet().stream()
                .map(rule -> new Row(rule.getKey(), rule.getValue()))
                .toList();
        return new AuditReport(rows, alternatives);
    }

    /**
     * One rule's verdicts.
     *
     * @param rule the rule that decided
     * @param segments the number of segments, by whether Voice Insights agrees
     */
    public record Row(String rule, Map<Status, Long> segments) {
        /** Copies the map. */
        public Row {
            segments = Map.copyOf(segments);
        }

        /** Returns the number of segments with this result. */
        public long count(Status status) {
            return segments.getOrDefault(status, 0L);
        }
    }

    /** Returns the rules in alphabetical order. */
    public List<Row> rows() {
        return rows;
    }

    /** Returns the number of segments of all rules with this result. */
    public long count(Status status) {
        return rows.stream().mapToLong(row -> row.count(status)).sum();
    }

    /** Returns who ended the segments without a verdict, according to Voice Insights. */
    public Map<EndedBy, Long> alternatives() {
        return alternatives;
    }

    /** Returns a table with a line for each rule, a line of totals, and a line for the segments without a verdict. */
    @Override
    public String toString() {
        int width = rows.stream().mapToInt(row -> row.rule().length()).max().orElse(0);
        String format = "%-" + Math.max(width, "total".length()) + "s  %8s  %9s  %14s  %8s%n";
        StringBuilder table = new StringBuilder(
                String.format(Locale.ROOT, format, "rule", "agrees", "disagrees", "not comparable", "no data"));
        rows.forEach(row -> table.append(line(format, row.rule(), row::count)));
        table.append(line(format, "total", this::count));
        if (!alternatives.isEmpty()) {
            table.append(new TreeMap<>(alternatives)
                    .entrySet().stream()
                            .map(entry -> name(entry.getKey()) + " " + entry.getValue())
                            .collect(Collectors.joining(", ", "undecided segments would have been: ", "\n")));
        }
        return table.toString();
    }

    private static String line(String format, String name, ToLongFunction<Status> count) {
        return String.format(
                Locale.ROOT,
                format,
                name,
                count.applyAsLong(Status.AGREES),
                count.applyAsLong(Status.DISAGREES),
                count.applyAsLong(Status.NOT_COMPARABLE),
                count.applyAsLong(Status.NO_DATA));
    }

    private static String name(EndedBy endedBy) {
        return endedBy.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
