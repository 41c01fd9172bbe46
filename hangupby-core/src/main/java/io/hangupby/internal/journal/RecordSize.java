package io.hangupby.internal.journal;

import io.hangupby.call.Call;
import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.Fact;
import io.hangupby.decision.Outcome;
import io.hangupby.decision.Verdict;
import java.util.List;

/**
 * Estimates how many bytes of heap a record takes at most, so that a journal can be bounded by its real size. The constants were
 * measured on 64-bit JVMs, with SIDs that records do not share.
 */
final class RecordSize {
    private static final long RECORD = 870;
    private static final long EVENT = 700;
    private static final long CONFERENCE_EVENT = 600;
    private static final long REPORT = 700;

    /** The SIDs of an outcome in the index of legs. */
    private static final long LEGS = 900;

    /** With what the timeline has derived for the segment. */
    private static final long OUTCOME = 2_000;

    private static final long PART_OF_EVIDENCE = 300;
    private static final long FACT = 100;

    private RecordSize() {}

    static long of(TaskRecord record) {
        long size = RECORD
                + EVENT * record.timeline().events().size()
                + CONFERENCE_EVENT * record.timeline().conferenceEvents().size()
                + REPORT * record.timeline().reports().size()
                + LEGS * record.outcomes().size();
        for (Outcome outcome : record.outcomes()) {
            size += of(outcome);
        }
        return size;
    }

    private static long of(Outcome outcome) {
        return OUTCOME
                + of(outcome.write().detail())
                + of(outcome.verdict())
                + outcome.evidence().map(RecordSize::of).orElse(0L);
    }

    private static long of(Verdict verdict) {
        long size = of(verdict.rule()) + of(verdict.reason());
        for (Fact fact : verdict.facts()) {
            size += FACT + of(fact.statement());
        }
        return size;
    }

    private static long of(CallEvidence evidence) {
        int parts = evidence.otherAgents().agents().size()
                + evidence.otherAgents().transfers().size()
                + evidence.participantLog().changes().size()
                + evidence.participantLog().departures().size()
                + evidence.participants().map(List::size).orElse(0)
                + evidence.requestedCalls().size();
        for (List<Call> children : evidence.children().values()) {
            parts += 1 + children.size();
        }
        return PART_OF_EVIDENCE * parts;
    }

    private static long of(String text) {
        return 2L * text.length();
    }
}
