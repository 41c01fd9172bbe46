package io.hangupby.decision;

import io.hangupby.decision.AuditResult.Status;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How many verdicts of each rule Voice Insights confirms. {@code HangUpBy.auditReport()} returns the report of an installation;
 * {@code toString} returns a table. A segment without a category has nothing to compare, and is not counted. Immutable.
 */
public final class AuditReport {
    private final SortedMap<String, Map<Status, Long>> rules;
    private final Map<EndedBy, Long> alternatives;

    private AuditReport(SortedMap<String, Map<Status, Long>> rules, Map<EndedBy, Long> alternatives) {
        rules.replaceAll((rule, counts) -> Map.copyOf(counts));
        this.rules = Collections.unmodifiableSortedMap(rules);
        this.alternatives = Map.copyOf(alternatives);
    }

    /** Counts outcomes. */
    public static AuditReport of(Stream<Outcome> outcomes) {
        SortedMap<String, Map<Status, Long>> rules = new TreeMap<>();
        Map<EndedBy, Long> alternatives = new EnumMap<>(EndedBy.class);
        outcomes.filter(outcome -> outcome.verdict().endedBy().isPresent()).forEach(outcome -> {
            Optional<AuditResult> audit = outcome.audit();
            rules.computeIfAbsent(outcome.verdict().rule(), any -> new EnumMap<>(Status.class))
                    .merge(audit.map(AuditResult::status).orElse(Status.NO_DATA), 1L, Long::sum);
            audit.flatMap(AuditResult::alternative).ifPresent(by -> alternatives.merge(by, 1L, Long::sum));
        });
        return new AuditReport(rules, alternatives);
    }

    /** Returns for each rule, in alphabetical order, the number of segments by result. A result without a segment is left out. */
    public SortedMap<String, Map<Status, Long>> rules() {
        return rules;
    }

    /** Returns the number of segments that a rule decided and that have this result. */
    public long count(String rule, Status status) {
        return rules.getOrDefault(rule, Map.of()).getOrDefault(status, 0L);
    }

    /** Returns the number of segments of all rules with this result. */
    public long count(Status status) {
        return rules.keySet().stream().mapToLong(rule -> count(rule, status)).sum();
    }

    /** Returns who ended the segments without a verdict, according to Voice Insights. */
    public Map<EndedBy, Long> alternatives() {
        return alternatives;
    }

    /** Returns a table with a line for each rule, a line of totals, and a line for the segments without a verdict. */
    @Override
    public String toString() {
        int width = rules.keySet().stream().mapToInt(String::length).max().orElse(0);
        String format = "%-" + Math.max(width, "total".length()) + "s  %8s  %9s  %14s  %8s%n";
        StringBuilder table = new StringBuilder(
                String.format(Locale.ROOT, format, "rule", "agrees", "disagrees", "not comparable", "no data"));
        rules.keySet().forEach(rule -> table.append(line(format, rule, status -> count(rule, status))));
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
