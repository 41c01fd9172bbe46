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
 * @param change the number of its latest change: what takes the place of an earlier row has a number of its own
 * @param told when it was told, in milliseconds of the epoch
 * @param reservation the segment's reservation
 * @param task the call's task
 * @param worker the agent's SID
 * @param name the agent's name, where it is known
 * @param left when the agent's part ended, in milliseconds of the epoch
 * @param stage how far its verdict is
 * @param reason why it is as it is, in words
 * @param answer who ended it; empty where there was no conversation to end, and, like all that follows, before the verdict
 * @param value what the answer is called in the task, if anything is ever written for it
 * @param rule the rule that decided
 * @param write what became of the value
 */
record CallRow(
        long change,
        long told,
        String reservation,
        String task,
        Optional<String> worker,
        Optional<String> name,
        long left,
        Stage stage,
        String reason,
        Optional<EndedBy> answer,
        Optional<String> value,
        Optional<String> rule,
        Optional<WriteResult.Status> write) {

    /** How far a verdict is. */
    enum Stage {
        UNDECIDED,
        GIVEN_UP,
        DECIDED
    }

    static CallRow of(
            long change,
            long told,
            Segment segment,
            Stage stage,
            String reason,
            Optional<Outcome> outcome,
            AgentNames names,
            WireValues values) {
        Optional<Verdict> verdict = outcome.map(Outcome::verdict);
        Optional<EndedBy> answer = verdict.flatMap(Verdict::endedBy);
        return new CallRow(
                change,
                told,
                segment.reservation().value(),
                segment.task().task().value(),
                segment.worker().map(WorkerSid::value),
                segment.worker().flatMap(names::of),
                segment.left().toEpochMilli(),
                stage,
                PhoneNumbers.masked(reason),
                answer,
                answer.flatMap(values::of),
                verdict.map(Verdict::rule),
                outcome.map(Outcome::write).map(WriteResult::status));
    }
}
