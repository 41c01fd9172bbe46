package io.hangupby.example.contactcenter.report;

import io.hangupby.call.Segment;
import io.hangupby.call.WorkerSid;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Outcome;
import io.hangupby.decision.Verdict;
import io.hangupby.decision.WriteResult;
import java.util.Optional;

/**
 * One segment as the report's page shows it. Immutable.
 *
 * @param change the number of the latest change; a row that replaces an earlier row has a new number
 * @param changed when the row changed, in milliseconds since the epoch
 * @param reservation the segment's reservation
 * @param task the segment's task
 * @param worker the agent's SID
 * @param name the agent's name, if known
 * @param left when the segment ended, in milliseconds since the epoch
 * @param stage whether the verdict is pending, parked or decided
 * @param reason the reason, for people
 * @param endedBy who ended the segment; empty if there was no conversation to end. This field and the following fields
 *     are empty before the verdict
 * @param value the value to write, if any
 * @param rule the rule that decided
 * @param write the result of the write
 */
record CallRow(
        long change,
        long changed,
        String reservation,
        String task,
        Optional<String> worker,
        Optional<String> name,
        long left,
        Stage stage,
        String reason,
        Optional<EndedBy> endedBy,
        Optional<String> value,
        Optional<String> rule,
        Optional<WriteResult.Status> write) {

    /** The stage of a verdict. */
    enum Stage {
        UNDECIDED,
        PARKED,
        DECIDED
    }

    static CallRow of(
            long change,
            long changed,
            Segment segment,
            Stage stage,
            String reason,
            Optional<Outcome> outcome,
            AgentNames names,
            WireValues values) {
        Optional<Verdict> verdict = outcome.map(Outcome::verdict);
        Optional<EndedBy> endedBy = verdict.flatMap(Verdict::endedBy);
        return new CallRow(
                change,
                changed,
                segment.reservation().value(),
                segment.task().task().value(),
                segment.worker().map(WorkerSid::value),
                segment.worker().flatMap(names::of),
                segment.left().toEpochMilli(),
                stage,
                PhoneNumbers.masked(reason),
                endedBy,
                endedBy.flatMap(values::of),
                verdict.map(Verdict::rule),
                outcome.map(Outcome::write).map(WriteResult::status));
    }
}
