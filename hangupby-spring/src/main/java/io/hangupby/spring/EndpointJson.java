package io.hangupby.spring;

import io.hangupby.check.CheckReport;
import io.hangupby.decision.Explanation;
import io.hangupby.decision.Fact;
import io.hangupby.decision.Kept;
import io.hangupby.decision.RuleTrace;
import io.hangupby.decision.SegmentExplanation;
import io.hangupby.decision.WriteResult;
import io.hangupby.journal.ParkedTask;
import io.hangupby.telemetry.HangUpByStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Shows results as maps and lists, which any JSON library of any Spring Boot writes alike. */
final class EndpointJson {
    /** Matches telephone numbers, which a user's own rule may name in a reason. */
    private static final Pattern NUMBER =
            Pattern.compile("\\+\\d(?:[ ().-]{0,2}\\d){6,14}(?!\\d)|(?<![\\w.:+-])\\d{7,15}(?!\\w)");

    private EndpointJson() {}

    static Map<String, Object> of(HangUpByStatus status) {
        HealthReport health = HealthReport.of(status);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("status", health.status());
        json.putAll(health.details());
        Map<String, Object> values = new LinkedHashMap<>();
        for (Kept kept : Kept.values()) {
            values.put(kept.name().toLowerCase(Locale.ROOT), status.values(kept));
        }
        json.put("values", values);
        json.put("journalPercentFull", status.journalPercentFull());
        json.put("facts", status.facts().lines().toList());
        return json;
    }

    static Map<String, Object> of(CheckReport report) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("status", report.status().name());
        json.put("lines", report.lines().stream().map(EndpointJson::of).toList());
        return json;
    }

    private static Map<String, Object> of(CheckReport.Line line) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("check", line.check());
        line.account().ifPresent(account -> json.put("account", account.value()));
        json.put("status", line.status().name());
        json.put("seen", line.seen());
        if (!line.remedy().isEmpty()) {
            json.put("remedy", line.remedy());
        }
        return json;
    }

    static List<Map<String, Object>> ofParked(List<ParkedTask> parked) {
        return parked.stream().map(EndpointJson::of).toList();
    }

    private static Map<String, Object> of(ParkedTask parked) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("account", parked.task().account().value());
        json.put("workspace", parked.task().workspace().value());
        json.put("task", parked.task().task().value());
        json.put("reason", masked(parked.reason()));
        return json;
    }

    static Map<String, Object> of(Explanation explanation) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("account", explanation.task().account().value());
        json.put("workspace", explanation.task().workspace().value());
        json.put("task", explanation.task().task().value());
        explanation.note().ifPresent(note -> json.put("note", masked(note)));
        json.put(
                "segments",
                explanation.segments().stream().map(EndpointJson::of).toList());
        return json;
    }

    private static Map<String, Object> of(SegmentExplanation explained) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("reservation", explained.segment().reservation().value());
        explained.segment().worker().ifPresent(worker -> json.put("worker", worker.value()));
        json.put("left", explained.segment().left().toString());
        explained.verdict().endedBy().ifPresent(endedBy -> json.put("endedBy", endedBy.name()));
        json.put("rule", explained.verdict().rule());
        json.put("reason", masked(explained.verdict().reason()));
        explained.written().map(WriteResult::detail).ifPresent(detail -> json.put("written", masked(detail)));
        json.put(
                "decisive",
                explained.verdict().facts().stream().map(EndpointJson::of).toList());
        json.put("evidence", explained.evidence().stream().map(EndpointJson::of).toList());
        json.put(
                "rules",
                explained.rules().stream()
                        .map(RuleTrace::toString)
                        .map(EndpointJson::masked)
                        .toList());
        return json;
    }

    private static Map<String, String> of(Fact fact) {
        Map<String, String> json = new LinkedHashMap<>();
        json.put("source", fact.source().name());
        json.put("statement", masked(fact.statement()));
        return json;
    }

    private static String masked(String text) {
        return NUMBER.matcher(text).replaceAll("(a number)");
    }
}
