package io.hangupby.example.contactcenter.report;

import io.hangupby.call.CallSid;
import io.hangupby.call.ParticipantLeft;
import io.hangupby.call.Segment;
import io.hangupby.call.WorkerSid;
import io.hangupby.decision.AuditResult;
import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Kept;
import io.hangupby.decision.Outcome;
import io.hangupby.decision.SegmentDetail;
import io.hangupby.decision.Verdict;
import io.hangupby.decision.WriteResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One segment as the report's page shows it. Immutable.
 *
 * @param change the number of the latest change; a row that replaces an earlier row has a new number
 * @param changed when the row changed, in milliseconds since the epoch
 * @param reservation the segment's reservation
 * @param task the segment's task
 * @param worker the agent's SID
 * @param name the agent's name, if known
 * @param queue the queue that the agent took the call from, if known
 * @param legs the calls of the agent, the customer and everybody who left, as far as they are known
 * @param left when the segment ended, in milliseconds since the epoch
 * @param talked from the agent's acceptance until the agent's leg left, in milliseconds
 * @param stage whether the verdict is pending, parked or decided
 * @param reason the reason, for people
 * @param endedBy who ended the segment; empty if there was no conversation to end. This field and the following fields
 *     are empty before the verdict
 * @param value the value to write, if any
 * @param rule the rule that decided
 * @param write the result of the write
 * @param kept whether Flex Insights read the value, once the agent has completed
 * @param onHold whether the customer was on hold, if known
 * @param transferring whether a transfer or a consult was under way, if known
 * @param audit whether Voice Insights agrees, once it has reported
 */
record CallRow(
        long change,
        long changed,
        String reservation,
        String task,
        Optional<String> worker,
        Optional<String> name,
        Optional<String> queue,
        List<String> legs,
        long left,
        Optional<Long> talked,
        Stage stage,
        String reason,
        Optional<EndedBy> endedBy,
        Optional<String> value,
        Optional<String> rule,
        Optional<WriteResult.Status> write,
        Optional<Kept> kept,
        Optional<Boolean> onHold,
        Optional<Boolean> transferring,
        Optional<AuditResult.Status> audit) {

    CallRow {
        legs = List.copyOf(legs);
    }

    private static final int LEGS_AT_MOST = 8;

    /** The stage of a verdict. */
    enum Stage {
        UNDECIDED,
        PARKED,
        DECIDED
    }

    /** Returns a row that has no number yet. */
    static CallRow of(
            Segment segment,
            Stage stage,
            String reason,
            Optional<Outcome> outcome,
            AgentNames names,
            WireValues values) {
        Optional<Verdict> verdict = outcome.map(Outcome::verdict);
        Optional<EndedBy> endedBy = verdict.flatMap(Verdict::endedBy);
        Optional<SegmentDetail> detail = outcome.map(Outcome::detail);
        return new CallRow(
                0,
                0,
                segment.reservation().value(),
                segment.task().task().value(),
                segment.worker().map(WorkerSid::value),
                segment.worker().flatMap(names::of),
                segment.queue(),
                outcome.flatMap(Outcome::evidence).map(CallRow::legs).orElse(List.of()),
                segment.left().toEpochMilli(),
                detail.flatMap(SegmentDetail::talkTime).map(Duration::toMillis),
                stage,
                PhoneNumbers.masked(reason),
                endedBy,
                endedBy.flatMap(values::of),
                verdict.map(Verdict::rule),
                outcome.map(Outcome::write).map(WriteResult::status),
                outcome.map(Outcome::write).flatMap(WriteResult::kept),
                detail.flatMap(SegmentDetail::onHold),
                detail.flatMap(SegmentDetail::transferring),
                outcome.flatMap(Outcome::audit).map(AuditResult::status));
    }

    private static List<String> legs(CallEvidence evidence) {
        return Stream.of(
                        evidence.customerLeg().stream(),
                        evidence.agentLeg().stream(),
                        evidence.participantLog().leaves().stream().map(ParticipantLeft::leg))
                .flatMap(legs -> legs)
                .distinct()
                .limit(LEGS_AT_MOST)
                .map(CallSid::value)
                .toList();
    }

    /** Returns this row with the number and the time of another change. */
    CallRow at(long otherChange, long otherChanged) {
        return new CallRow(
                otherChange,
                otherChanged,
                reservation,
                task,
                worker,
                name,
                queue,
                legs,
                left,
                talked,
                stage,
                reason,
                endedBy,
                value,
                rule,
                write,
                kept,
                onHold,
                transferring,
                audit);
    }

    /** Returns whether this row says the same as an earlier row of its segment. */
    boolean saysSameAs(CallRow earlier) {
        return at(earlier.change, earlier.changed).equals(earlier);
    }
}
