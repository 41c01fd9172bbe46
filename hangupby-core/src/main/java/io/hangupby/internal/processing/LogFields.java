package io.hangupby.internal.processing;

import io.hangupby.call.TaskRef;
import io.hangupby.decision.Outcome;
import io.hangupby.decision.Verdict;
import io.hangupby.telemetry.Telemetry;

/** The fields of a log line, for encoders that write fields beside the text. {@code docs/operations/monitoring.md} lists them. */
final class LogFields {

    private LogFields() {}

    static LogLine about(TaskRef task, LogLine line) {
        return line.addKeyValue("hangupby.account", task.account().value())
                .addKeyValue("hangupby.workspace", task.workspace().value())
                .addKeyValue("hangupby.task", task.task().value());
    }

    static LogLine about(Outcome outcome, LogLine line) {
        Verdict verdict = outcome.verdict();
        return about(outcome.segment().task(), line)
                .addKeyValue(
                        "hangupby.reservation", outcome.segment().reservation().value())
                .addKeyValue("hangupby.ended-by", Telemetry.endedBy(verdict))
                .addKeyValue("hangupby.rule", verdict.rule())
                .addKeyValue("hangupby.result", Telemetry.word(outcome.write().status()));
    }
}
