package io.hangupby.internal.processing;

import io.hangupby.decision.Kept;
import io.hangupby.decision.Outcome;
import io.hangupby.decision.Vocabulary;
import io.hangupby.internal.journal.TaskRecord;
import java.util.Optional;

/**
 * Reports of each segment whose agent has completed whether Flex Insights read its value. The event of the completion carries the
 * attributes that Flex Insights reads.
 */
final class InsightsReadings {
    private final Vocabulary vocabulary;
    private final OutcomeRecorder recorder;

    InsightsReadings(Vocabulary vocabulary, OutcomeRecorder recorder) {
        this.vocabulary = vocabulary;
        this.recorder = recorder;
    }

    void report(TaskTurn turn) {
        for (Outcome outcome : turn.record().unread()) {
            recorder.completed(turn, outcome.with(outcome.write().with(kept(turn.record(), outcome))));
        }
    }

    private Kept kept(TaskRecord record, Outcome outcome) {
        Optional<String> value = outcome.verdict().endedBy().flatMap(vocabulary::value);
        Optional<String> read =
                record.timeline().valueAtCompletion(outcome.segment().reservation());
        if (value.isEmpty() || read.isEmpty()) {
            return Kept.NOT_KNOWN;
        }
        return value.equals(read) ? Kept.KEPT : Kept.LOST;
    }
}
