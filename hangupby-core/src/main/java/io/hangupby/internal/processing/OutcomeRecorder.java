package io.hangupby.internal.processing;

import static io.hangupby.internal.processing.LogFields.about;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.hangupby.call.Segment;
import io.hangupby.call.TaskRef;
import io.hangupby.decision.AuditResult;
import io.hangupby.decision.DecisionRule;
import io.hangupby.decision.DryRunComparison;
import io.hangupby.decision.HangUpByListener;
import io.hangupby.decision.Kept;
import io.hangupby.decision.Outcome;
import io.hangupby.decision.Verdict;
import io.hangupby.decision.Vocabulary;
import io.hangupby.decision.WriteResult;
import io.hangupby.decision.rules.DecisionRules;
import io.hangupby.internal.twilio.TwilioClock;
import io.hangupby.telemetry.Telemetry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Remembers what became of segments, and then reports it to the log, the metrics and the listener. Thread-safe. */
final class OutcomeRecorder {
    private static final Logger log = LoggerFactory.getLogger(OutcomeRecorder.class);

    /** The rules that {@code docs/rules.md} describes; an application's own rules are not among them. */
    private static final Set<String> DESCRIBED = Stream.concat(
                    DecisionRules.defaults().stream().map(DecisionRule::id),
                    Stream.of(Verdict.UNDECIDED, Verdict.TASK_GONE, Verdict.ATTRIBUTES_UNREADABLE))
            .collect(toUnmodifiableSet());

    private final SettleSchedule schedule;
    private final HangUpByListener listener;
    private final Telemetry telemetry;
    private final TwilioClock clock;
    private final Duration shortCall;
    private final LongAdder collisions = new LongAdder();
    private final Map<Kept, Long> readings = new ConcurrentHashMap<>();

    /** @param shortCall a call with less talk time is short */
    OutcomeRecorder(
            SettleSchedule schedule,
            HangUpByListener listener,
            Telemetry telemetry,
            TwilioClock clock,
            Duration shortCall) {
        this.shortCall = shortCall;
        this.schedule = schedule;
        this.listener = listener;
        this.telemetry = telemetry;
        this.clock = clock;
    }

    long collisions() {
        return collisions.sum();
    }

    void segmentEnded(Segment segment) {
        safely(segment.task(), () -> listener.onSegmentEnded(segment));
    }

    /** Records a verdict. In a dry run, the value found when the agent completed is not compared a second time. */
    void decided(TaskTurn turn, Outcome made) {
        Optional<Outcome> before = turn.record().outcome(made.segment().reservation());
        Outcome outcome = before.map(Outcome::write)
                .filter(write -> write.status() == WriteResult.Status.COMPARED)
                .map(made::with)
                .orElse(made);
        boolean stays = before.stream().anyMatch(known -> known.verdict().writesSameAs(outcome.verdict()));
        turn.record(outcome);
        if (before.isEmpty()) {
            schedule.settled(outcome.segment().reservation());
        }
        if (!stays) {
            Duration sinceWrapUp = Duration.between(outcome.segment().left(), clock.instant());
            safely(outcome.segment().task(), () -> telemetry.decided(outcome, sinceWrapUp));
        }
        report(outcome);
    }

    /** Records what became of a value whose verdict is known. */
    void finished(TaskTurn turn, Outcome outcome) {
        turn.record(outcome);
        report(outcome);
    }

    /** Records that an agent completed with another agent's value in the field. */
    void collided(TaskTurn turn, Outcome outcome) {
        turn.record(outcome);
        collisions.increment();
        TaskRef task = outcome.segment().task();
        about(outcome, LogLine.warn(log))
                .log(
                        "task {} reservation {}: {}",
                        task,
                        outcome.segment().reservation(),
                        outcome.write().detail());
        safely(task, () -> telemetry.finished(outcome));
        safely(task, () -> listener.onCollision(outcome));
    }

    /** Records what Flex Insights read when the agent completed. A collision has a log line of its own. */
    void completed(TaskTurn turn, Outcome outcome) {
        turn.record(outcome);
        outcome.write().kept().ifPresent(kept -> readings.merge(kept, 1L, Long::sum));
        TaskRef task = outcome.segment().task();
        boolean isCollision = outcome.write().status() == WriteResult.Status.COLLIDED;
        if (outcome.write().kept().equals(Optional.of(Kept.LOST)) && !isCollision) {
            about(outcome, LogLine.warn(log))
                    .log(
                            "task {} reservation {}: lost: the task did not hold the value when the agent completed ({}); "
                                    + "check which other program writes the task's attributes",
                            task,
                            outcome.segment().reservation(),
                            outcome.write().detail());
        }
        safely(task, () -> telemetry.completed(outcome));
        safely(task, () -> telemetry.detailed(outcome.detail(), shortCall));
        safely(task, () -> listener.onCompleted(outcome));
    }

    /** Returns how many segments' values Flex Insights read, or did not. */
    long count(Kept kept) {
        return readings.getOrDefault(kept, 0L);
    }

    /** Records what Voice Insights says, and reports it if it says more than before. */
    void audited(TaskTurn turn, Outcome outcome) {
        Optional<AuditResult.Status> before = turn.record()
                .outcome(outcome.segment().reservation())
                .flatMap(Outcome::audit)
                .map(AuditResult::status);
        turn.record(outcome);
        AuditResult found = outcome.audit().orElseThrow();
        if (found.status() == AuditResult.Status.NO_DATA || before.equals(Optional.of(found.status()))) {
            return;
        }
        TaskRef task = outcome.segment().task();
        if (found.status() == AuditResult.Status.DISAGREES) {
            about(outcome, LogLine.info(log))
                    .log(
                            "task {} reservation {}: Voice Insights disagrees with rule {}: {}; docs/operations/audit.md says what that means",
                            task,
                            outcome.segment().reservation(),
                            outcome.verdict().rule(),
                            found.reason());
        }
        safely(task, () -> telemetry.audited(outcome));
        safely(task, () -> listener.onAudited(outcome));
    }

    /** Records that a dry run compared a value with the one in the field. */
    void compared(TaskTurn turn, Outcome outcome, DryRunComparison comparison) {
        turn.record(outcome);
        safely(outcome.segment().task(), () -> listener.onCompared(outcome, comparison));
    }

    private void report(Outcome outcome) {
        schedule.forget(outcome.segment().reservation());
        TaskRef task = outcome.segment().task();
        Verdict verdict = outcome.verdict();
        about(outcome, LogLine.info(log))
                .log(
                        "task {} reservation {}: {} by rule {} ({}); {}",
                        task,
                        outcome.segment().reservation(),
                        verdict.endedBy()
                                .map(endedBy ->
                                        Vocabulary.DEFAULT.value(endedBy).orElse("unknown"))
                                .orElse("nothing to say"),
                        DESCRIBED.contains(verdict.rule()) ? "docs/rules.md#" + verdict.rule() : verdict.rule(),
                        verdict.reason(),
                        outcome.write().detail());
        safely(task, () -> telemetry.finished(outcome));
        safely(task, () -> listener.onOutcome(outcome));
    }

    /** Calls the application's code, whose faults change nothing. */
    static void safely(TaskRef task, Runnable call) {
        try {
            call.run();
        } catch (RuntimeException fault) {
            about(task, LogLine.warn(log)).setCause(fault).log("task {}: a listener failed", task);
        }
    }
}
