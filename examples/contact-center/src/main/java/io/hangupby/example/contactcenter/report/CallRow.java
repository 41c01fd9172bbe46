package io.hangupby.example.contactcenter.report;

import io.hangupby.call.Segment;
import io.hangupby.call.WorkerSid;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Outcome;
import io.hangupby.decision.WriteResult;
import java.util.Optional;

/**
 * One segment as the report's page shows it. Immutable.
 *
 * @param change the number of its latest change: an outcome that takes the place of an earlier one has a number of its own
 * @param reservation the segment's reservation
 * @param task the call's task
 * @param workspace the task's workspace
 * @param worker the agent's SID
 * @param name the agent's name, where it is known
 * @param left when the agent's part ended, in milliseconds of the epoch
 * @param told when the verdict came, likewise
 * @param answer who ended it; empty where there was no conversation to end
 * @param value what the answer is called in the task, if anything is ever written for it
 * @param rule the rule that decided
 * @param reason why, in words
 * @param write what became of the value
 */
record CallRow(
        long change,
        String reservation,
        String task,
        String workspace,
        Optional<String> worker,
        Optional<String> name,
        long left,
        long told,
        Optional<EndedBy> answer,
        Optional<String> value,
        String rule,
        String reason,
        WriteResult.Status write) {

    static CallRow of(long change, Outcome outcome, AgentNames names, WireValues values, long told) {
        Segment segment = outcome.segment();
        Optional<EndedBy> answer = outcome.verdict().endedBy();
        return new CallRow(
                change,
                segment.reservation().value(),
                segment.task().task().value(),
                segment.task().workspace().value(),
                segment.worker().map(WorkerSid::value),
                segment.worker().flatMap(names::of),
                segment.left().toEpochMilli(),
                told,
                answer,
                answer.flatMap(values::of),
                outcome.verdict().rule(),
                PhoneNumbers.masked(outcome.verdict().reason()),
                outcome.write().status());
    }
}
