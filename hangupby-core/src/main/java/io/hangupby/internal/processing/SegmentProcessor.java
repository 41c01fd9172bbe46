package io.hangupby.internal.processing;

import static io.hangupby.internal.processing.LogFields.about;

import io.hangupby.call.Segment;
import io.hangupby.call.TaskRef;
import io.hangupby.decision.Decider;
import io.hangupby.decision.HangUpByListener;
import io.hangupby.decision.Kept;
import io.hangupby.decision.Outcome;
import io.hangupby.internal.event.EventType;
import io.hangupby.internal.event.TaskRouterEvent;
import io.hangupby.internal.event.TaskRouterEvent.ValueLost;
import io.hangupby.internal.event.TaskTimeline;
import io.hangupby.internal.facts.Spread;
import io.hangupby.internal.journal.TaskJournal;
import io.hangupby.internal.journal.TaskRecord;
import io.hangupby.internal.journal.WorkHandler;
import io.hangupby.internal.journal.WorkResult;
import io.hangupby.internal.twilio.TwilioClock;
import io.hangupby.internal.twilio.TwilioGateway;
import io.hangupby.telemetry.Telemetry;
import io.hangupby.twilio.TwilioFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on a task that is due: processes each segment that is over and has no verdict, and then brings the field that agents
 * share to what is due in it. Everything it does can be done again, and changes nothing that is right already.
 */
public final class SegmentProcessor implements WorkHandler {
    private static final Logger log = LoggerFactory.getLogger(SegmentProcessor.class);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    /** As a power of two, in seconds: an attempt costs little, and an agent does not wait for long. */
    private static final int PAUSE_EXPONENT_AT_MOST = 3;
    /** After this long an agent has completed, as far as anybody waits for a value. */
    static final Duration GIVE_UP_AFTER = Duration.ofMinutes(10);
    /** After this long Twilio has forgotten a task that is over, so that not even a verdict can be made. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(5);

    private static final Set<EventType> CALLS_FOR_WORK =
            EnumSet.of(EventType.TASK_CREATED, EventType.RESERVATION_COMPLETED);

    /** How long an explanation waits for a turn under way, which can hang on a slow Twilio. */
    private static final Duration TURN_AWAITED_AT_MOST = Duration.ofSeconds(5);

    private final TurnsUnderWay turns = new TurnsUnderWay();
    private final TaskJournal journal;
    private final VersionedGateway twilio;
    private final NewestVersions versions;
    private final EngineSettings settings;
    private final Telemetry telemetry;
    private final TwilioClock clock;
    private final SettleSchedule schedule;
    private final OutcomeRecorder recorder;
    private final SegmentLoop loop;
    private final SharedField field;
    private final InsightsReadings readings;

    /**
     * @param journal remembers tasks
     * @param twilio reads and updates, with its own attempts and limits
     * @param versions what this node knows of tasks with an agent in wrap-up
     * @param decider makes the verdicts
     * @param settings the settings of this installation
     * @param listener receives what became of each segment
     * @param telemetry counts and times it
     * @param clock says how long a task has been due
     * @param sleeper waits before a question is asked again
     */
    public SegmentProcessor(
            TaskJournal journal,
            TwilioGateway twilio,
            NewestVersions versions,
            Decider decider,
            EngineSettings settings,
            HangUpByListener listener,
            Telemetry telemetry,
            Clock clock,
            Sleeper sleeper) {
        this.journal = journal;
        this.twilio = new VersionedGateway(twilio, versions);
        this.versions = versions;
        this.settings = settings;
        this.telemetry = telemetry;
        this.clock = TwilioClock.of(clock);
        this.schedule = new SettleSchedule(this.clock.steady());
        this.recorder = new OutcomeRecorder(
                schedule, listener, telemetry, this.clock, settings.details().shortCall());
        this.loop = new SegmentLoop(this.twilio, decider, settings, schedule, recorder, sleeper);
        this.field = new SharedField(this.twilio, settings, recorder);
        this.readings = new InsightsReadings(settings.vocabulary(), recorder);
    }

    /** Returns how many agents completed with another agent's value in the field, since the start. */
    public long collisions() {
        return recorder.collisions();
    }

    /** Returns how long segments took to settle. */
    public Spread settleTimes() {
        return schedule.settleTimes();
    }

    /** Returns how many completed segments had a value that Flex Insights read, or did not, since the start. */
    public long values(Kept kept) {
        return recorder.count(kept);
    }

    @Override
    public WorkResult work(TaskRef task, int turn) {
        turns.begin(task);
        try {
            return telemetry.work(task, () -> step(new TaskTurn(journal, task, clock), turn));
        } finally {
            turns.end(task);
        }
    }

    /** Waits for the turn that works on a task now, so that the journal then has what the task already shows. */
    public void awaitTurn(TaskRef task) {
        turns.await(task, TURN_AWAITED_AT_MOST);
    }

    private WorkResult step(TaskTurn turn, int number) {
        try {
            if (number == 0) {
                learnTheTime(turn.record());
            }
            field.preset(turn);
            reportEnds(turn);
            completeHistory(turn);
            field.reportCompletedOutOfTurn(turn);
            List<Duration> again = new ArrayList<>();
            for (Segment segment : turn.record().undecided()) {
                loop.process(turn, segment).ifPresent(again::add);
            }
            for (Segment segment : turn.record().revisable()) {
                loop.revise(turn, segment).ifPresent(again::add);
            }
            field.settle(turn);
            readings.report(turn);
            reportAudits(turn);
            watch(turn);
            return again.stream()
                    .min(Comparator.naturalOrder())
                    .<WorkResult>map(WorkResult.RetryIn::new)
                    .orElseGet(WorkResult.Complete::new);
        } catch (TwilioFailure failure) {
            return retryOrPark(turn, number, failure);
        }
    }

    /** A task is due at once, so that its last event is as old as it took to arrive. A report comes long after it. */
    private void learnTheTime(TaskRecord record) {
        if (!record.timeline().reports().isEmpty()) {
            return;
        }
        record.timeline().events().stream()
                .map(TaskRouterEvent::at)
                .max(Comparator.naturalOrder())
                .ifPresent(clock::received);
    }

    /** Reports before anything is asked: questions can take seconds, each with attempts and pauses of its own. */
    private void reportEnds(TaskTurn turn) {
        TaskRecord record = turn.record();
        for (Segment segment : record.undecided()) {
            if (record.outcome(segment.reservation()).isEmpty()) {
                recorder.segmentEnded(segment);
            }
        }
    }

    /**
     * Reads TaskRouter's own record of events if some may be missing: the agent of a task's wrap-up or of a transfer is not known, or
     * other agents' wrap-ups may be among what is missing when a segment is tried first.
     */
    private void completeHistory(TaskTurn turn) {
        TaskTimeline timeline = turn.record().timeline();
        boolean isHoleKnown = timeline.mayHaveHole() && isAnyTriedFirst(turn.record());
        if (!timeline.missesItsReservation() && !isHoleKnown) {
            return;
        }
        TaskRef task = turn.task();
        turn.readRecordedEvents(twilio);
        reportEnds(turn);
        if (turn.record().timeline().missesItsReservation()) {
            about(task, LogLine.warn(log))
                    .log("task {}: wrapped up, but TaskRouter has no agent who accepted it; nothing is written", task);
        }
    }

    private void reportAudits(TaskTurn turn) {
        for (Outcome outcome : turn.record().unaudited()) {
            recorder.audited(turn, outcome);
        }
    }

    private boolean isAnyTriedFirst(TaskRecord record) {
        return record.undecided().stream()
                .anyMatch(segment -> schedule.since(segment.reservation()).isZero());
    }

    /** Sets what the attributes must say until the agents complete. An event can have changed that during this turn. */
    private void watch(TaskTurn turn) {
        TaskRecord record = turn.record();
        if (record.isAnyInWrapUp()) {
            Stream<TaskRouterEvent> since = versions.watch(turn.task(), FieldWatch.of(record, settings)).stream()
                    .flatMap(version -> FieldChanges.of(version, record, settings).stream());
            Optional<ValueLost> before = FieldChanges.lostBeforeRecorded(record, settings, versions::isOlder);
            // An event that is known would wake the task for nothing, and for ever.
            Stream.concat(since, before.stream())
                    .filter(event -> !record.timeline().knows(event))
                    .forEach(journal::append);
        } else {
            versions.forget(turn.task());
        }
    }

    private WorkResult retryOrPark(TaskTurn turn, int number, TwilioFailure failure) {
        TaskRef task = turn.task();
        Optional<String> ofNoUse = ofNoUse(turn);
        if (failure.isRetryable() && ofNoUse.isEmpty()) {
            Duration wait =
                    failure.retryAfter().orElse(Duration.ofSeconds(1L << Math.min(number, PAUSE_EXPONENT_AT_MOST)));
            telemetry.retriedLater(failure.kind());
            about(task, LogLine.debug(log)).log("task {}: retried later, because {}", task, failure.getMessage());
            return new WorkResult.RetryIn(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT);
        }
        return new WorkResult.Park(ofNoUse.orElse("cannot succeed") + ": " + failure.getMessage());
    }

    /** Returns why a task is not tried again, if that is so. */
    private static Optional<String> ofNoUse(TaskTurn turn) {
        TaskRecord record = turn.record();
        List<Segment> undecided = record.undecided();
        boolean isForgotten = !undecided.isEmpty()
                && undecided.stream()
                        .map(segment -> record.timeline().completedAt(segment.reservation()))
                        .allMatch(completed -> completed.stream().anyMatch(at -> turn.isOver(at, FORGOTTEN_AFTER)));
        if (isForgotten) {
            return Optional.of("given up, as the agent completed " + FORGOTTEN_AFTER.toMinutes() + " minutes ago");
        }
        return dueSince(record, undecided).allMatch(since -> turn.isOver(since, GIVE_UP_AFTER))
                ? Optional.of("given up after " + GIVE_UP_AFTER.toMinutes() + " minutes")
                : Optional.empty();
    }

    /**
     * Returns since when each segment without a verdict has been due. If there is none, the task's own wrap-up waits for its
     * reservation to be found, a new task for its first value, or the field for what is due in it after an agent completed.
     */
    private static Stream<Instant> dueSince(TaskRecord record, List<Segment> undecided) {
        return undecided.isEmpty()
                ? record.timeline().events().stream()
                        .filter(event -> CALLS_FOR_WORK.contains(event.type())
                                || event.type().isWrapUp())
                        .map(TaskRouterEvent::at)
                : undecided.stream().map(Segment::left);
    }
}
