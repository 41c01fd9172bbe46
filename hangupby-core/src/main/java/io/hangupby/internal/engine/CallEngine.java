package io.hangupby.internal.engine;

import static io.hangupby.internal.engine.LogFields.about;

import io.hangupby.attributes.TaskAttributes;
import io.hangupby.attributes.Vocabulary;
import io.hangupby.call.Segment;
import io.hangupby.call.TaskRef;
import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.Comparison;
import io.hangupby.decision.Decider;
import io.hangupby.decision.DecisionRules;
import io.hangupby.decision.HangUpByListener;
import io.hangupby.decision.Outcome;
import io.hangupby.decision.Verdict;
import io.hangupby.decision.WriteResult;
import io.hangupby.event.EventType;
import io.hangupby.event.TaskRouterEvent;
import io.hangupby.journal.CallJournal;
import io.hangupby.journal.CallRecord;
import io.hangupby.journal.CallWork;
import io.hangupby.journal.Step;
import io.hangupby.telemetry.Telemetry;
import io.hangupby.twilio.TaskSnapshot;
import io.hangupby.twilio.TwilioClock;
import io.hangupby.twilio.TwilioFailure;
import io.hangupby.twilio.TwilioGateway;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deals with a task that is due: for each segment that is over and has no verdict, looks, decides, writes, and remembers.
 * Everything that it does can be done again and changes nothing that is already right.
 */
public final class CallEngine implements CallWork {
    private static final Logger log = LoggerFactory.getLogger(CallEngine.class);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    /** As a power of two, in seconds: one attempt each time is little, and an agent does not wait for long. */
    private static final int PAUSE_EXPONENT_AT_MOST = 3;
    /** After this long an agent has completed, as far as anybody waits for a value. */
    static final Duration GIVE_UP_AFTER = Duration.ofMinutes(10);
    /** After this long Twilio has forgotten a task that is over, so that not even a verdict can be made. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(5);
    /** Flex Insights reads at about the time of the completion, and our clock is not Twilio's. */
    private static final Duration READ_WITHIN = Duration.ofSeconds(5);

    private static final Set<EventType> CALLS_FOR_WORK =
            EnumSet.of(EventType.TASK_CREATED, EventType.RESERVATION_COMPLETED);

    private final CallJournal journal;
    private final TwilioGateway twilio;
    private final Decider decider;
    private final LongAdder collisions = new LongAdder();
    private final EvidenceCollector collector;
    private final ValueWriter writer;
    private final EngineSettings settings;
    private final HangUpByListener listener;
    private final Telemetry telemetry;
    private final FirstLooks looks;
    private final TwilioClock clock;

    /**
     * @param journal remembers calls
     * @param twilio answers questions and takes updates, with its own attempts and limits
     * @param decider decides
     * @param settings what this installation is set to
     * @param listener hears what came of it
     * @param telemetry counts and times it
     * @param clock says how long a task has been due
     * @param sleeper waits where a question has to be asked again
     */
    public CallEngine(
            CallJournal journal,
            TwilioGateway twilio,
            Decider decider,
            EngineSettings settings,
            HangUpByListener listener,
            Telemetry telemetry,
            Clock clock,
            Sleeper sleeper) {
        this.journal = journal;
        this.twilio = twilio;
        this.decider = decider;
        this.collector = new EvidenceCollector(twilio, decider, settings, sleeper);
        this.writer = new ValueWriter(twilio, decider, collector, settings);
        this.settings = settings;
        this.listener = listener;
        this.telemetry = telemetry;
        this.clock = TwilioClock.of(clock);
        this.looks = new FirstLooks(this.clock.steady());
    }

    /** Returns how many agents completed with another agent's value in the field, since the start. */
    public long collisions() {
        return collisions.sum();
    }

    @Override
    public Step work(TaskRef task, int turn) {
        return telemetry.work(task, () -> step(task, turn));
    }

    private Step step(TaskRef task, int turn) {
        try {
            CallRecord before = journal.read(task);
            if (turn == 0) {
                before.timeline().events().stream()
                        .map(TaskRouterEvent::at)
                        .max(Comparator.naturalOrder())
                        .ifPresent(clock::received);
            }
            preset(before);
            CallRecord record = withReservation(toldUndecided(journal.read(task)));
            for (Outcome waiting : record.collided()) {
                completedOutOfTurn(record, waiting);
            }
            List<Duration> again = new ArrayList<>();
            for (Segment segment : record.undecided()) {
                deal(journal.read(task), segment).ifPresent(again::add);
            }
            for (Segment segment : journal.read(task).revisable()) {
                revise(journal.read(task), segment).ifPresent(again::add);
            }
            if (settings.dryRun()) {
                compare(journal.read(task));
            } else {
                settle(journal.read(task));
            }
            return again.stream()
                    .min(Comparator.naturalOrder())
                    .<Step>map(Step.Later::new)
                    .orElseGet(Step.Done::new);
        } catch (TwilioFailure failure) {
            return putOff(task, turn, failure);
        }
    }

    /** It is remembered first: a write whose answer is lost for good must be taken off all the same. */
    private void preset(CallRecord record) {
        TaskRef task = record.timeline().task();
        if (settings.presets() && record.takesPreset()) {
            twilio.task(task).filter(TaskReading::takesPreset).ifPresent(found -> {
                journal.recordPreset(task);
                WriteResult result = writer.preset(record, found);
                log.debug("task {}: the customer's value, until an agent takes it: {}", task, result.detail());
            });
        }
    }

    /** A task that is over for an agent nobody told us of: TaskRouter's own record has who it was. */
    private CallRecord withReservation(CallRecord record) {
        if (!record.timeline().missesItsReservation()) {
            return record;
        }
        TaskRef task = record.timeline().task();
        CallRecord complete = toldUndecided(withRecordedEvents(task));
        if (complete.timeline().missesItsReservation()) {
            about(task, log.atWarn())
                    .log("task {}: wrapped up, but TaskRouter tells of no agent who took it; nothing is written", task);
        }
        return complete;
    }

    /** Told before anything is asked: questions can take seconds, each with attempts and pauses of its own. */
    private CallRecord toldUndecided(CallRecord record) {
        for (Segment segment : record.undecided()) {
            if (record.outcome(segment.reservation()).isEmpty()) {
                tell(segment.task(), () -> listener.onUndecided(segment));
            }
        }
        return record;
    }

    private CallRecord withRecordedEvents(TaskRef task) {
        twilio.events(task).forEach(journal::append);
        return journal.read(task);
    }

    private Step putOff(TaskRef task, int turn, TwilioFailure failure) {
        Optional<String> ofNoUse = ofNoUse(journal.read(task));
        if (failure.isRetryable() && ofNoUse.isEmpty()) {
            Duration wait =
                    failure.retryAfter().orElse(Duration.ofSeconds(1L << Math.min(turn, PAUSE_EXPONENT_AT_MOST)));
            telemetry.putOff(failure.kind());
            about(task, log.atDebug()).log("task {}: put off, because {}", task, failure.getMessage());
            return new Step.Later(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT);
        }
        return park(listener, task, ofNoUse.orElse("cannot succeed") + ": " + failure.getMessage());
    }

    /** Returns why nothing further is to be tried by itself for a task, if that is so. */
    private Optional<String> ofNoUse(CallRecord record) {
        List<Segment> undecided = record.undecided();
        boolean isForgotten = !undecided.isEmpty()
                && undecided.stream()
                        .map(segment -> record.timeline().completedAt(segment.reservation()))
                        .allMatch(completed -> completed
                                .filter(at -> isOver(at, FORGOTTEN_AFTER))
                                .isPresent());
        if (isForgotten) {
            return Optional.of("given up, as the agent completed " + FORGOTTEN_AFTER.toMinutes() + " minutes ago");
        }
        return dueSince(record, undecided).allMatch(since -> isOver(since, GIVE_UP_AFTER))
                ? Optional.of("given up after " + GIVE_UP_AFTER.toMinutes() + " minutes")
                : Optional.empty();
    }

    private boolean isOver(Instant since, Duration time) {
        return clock.instant().isAfter(since.plus(time));
    }

    /**
     * Where no segment is undecided, it is the task's own wrap-up that waits for its reservation to be found, a new task for its
     * first value, or the field for what is due in it after an agent completed.
     */
    private static Stream<Instant> dueSince(CallRecord record, List<Segment> undecided) {
        return undecided.isEmpty()
                ? record.timeline().events().stream()
                        .filter(event -> CALLS_FOR_WORK.contains(event.type())
                                || event.type().isWrapUp())
                        .map(TaskRouterEvent::at)
                : undecided.stream().map(Segment::left);
    }

    static Step park(HangUpByListener listener, TaskRef task, String reason) {
        about(task, log.atWarn()).addKeyValue("hangupby.reason", reason).log("task {}: parked, {}", task, reason);
        tell(task, () -> listener.onParked(task, reason));
        return new Step.Parked(reason);
    }

    /** When an agent completes, the next one's value comes in, or ours goes: a caller who then gives up must not inherit it. */
    private void settle(CallRecord record) {
        if (!record.fieldIsDue()) {
            return;
        }
        WriteResult result = writer.settle(record);
        record.holder()
                .ifPresentOrElse(
                        next -> finish(next.with(result)),
                        () -> journal.recordTakenOff(record.timeline().task()));
    }

    /** In a dry run nothing of ours stands there: what does, when an agent completes, is what Flex Insights reads. */
    private void compare(CallRecord record) {
        List<Outcome> completed = record.uncompared();
        if (completed.isEmpty()) {
            return;
        }
        Optional<TaskAttributes> read = twilio.task(record.timeline().task())
                .map(TaskSnapshot::attributes)
                .filter(attributes -> attributes.problem().isEmpty());
        for (Outcome outcome : completed) {
            if (read.isPresent() && !completedTooLongAgo(record, outcome.segment())) {
                compare(outcome, TaskReading.hangUpBy(read.get()));
            } else {
                finish(outcome.with(
                        new WriteResult(WriteResult.Status.TOO_LATE, "dry run, and too late to see what stood there")));
            }
        }
    }

    private void compare(Outcome outcome, Optional<String> stood) {
        Outcome compared =
                outcome.with(new WriteResult(WriteResult.Status.COMPARED, "dry run, compared with what stood there"));
        journal.record(compared);
        Optional<String> ours = outcome.verdict().endedBy().flatMap(settings.vocabulary()::value);
        tell(outcome.segment().task(), () -> listener.onCompared(compared, new Comparison(ours, stood)));
    }

    /** Two agents in wrap-up share one field: who completes before an earlier one does leaves with the earlier one's value. */
    private void completedOutOfTurn(CallRecord record, Outcome outcome) {
        boolean sameStood = record.standingOutcome()
                .map(Outcome::verdict)
                .filter(outcome.verdict()::hasSameAnswerAs)
                .isPresent();
        if (sameStood) {
            finish(outcome.with(
                    new WriteResult(WriteResult.Status.STOOD, "an earlier agent's, the same, stood there")));
            return;
        }
        Outcome collided = outcome.with(new WriteResult(
                WriteResult.Status.COLLIDED,
                "not written: an earlier agent's value stood there when this one completed"));
        journal.record(collided);
        collisions.increment();
        about(collided, log.atWarn())
                .log(
                        "task {} reservation {}: {}",
                        outcome.segment().task(),
                        outcome.segment().reservation(),
                        collided.write().detail());
        tell(outcome.segment().task(), () -> telemetry.finished(collided));
        tell(outcome.segment().task(), () -> listener.onCollision(collided));
    }

    /** Whoever began to listen in the middle of a call asks what was missed, before saying that something did not happen. */
    private void decideAndWrite(CallRecord record, Look.Seen seen) {
        boolean mayMissSomething = record.timeline().mayHaveHole()
                && DecisionRules.restsOnSilence(decider.decide(collector.answered(seen.evidence())));
        if (!mayMissSomething) {
            conclude(record, seen);
            return;
        }
        CallRecord complete = withRecordedEvents(record.timeline().task());
        conclude(complete, new Look.Seen(complete.withAllTold(seen.evidence()), seen.task()));
    }

    /** Where the agent has completed there is a verdict to make, and nothing to write into what may be the next agent's call. */
    private void conclude(CallRecord record, Look.Seen seen) {
        boolean late = completedTooLongAgo(record, seen.evidence().segment());
        decided(record, writer.decideAndWrite(record, seen, late));
    }

    private boolean completedTooLongAgo(CallRecord record, Segment segment) {
        return record.timeline()
                .completedAt(segment.reservation())
                .filter(completed -> isOver(completed, READ_WITHIN))
                .isPresent();
    }

    /** Late evidence turns a verdict, or joins what it rests on; only the former is worth another look at Twilio. */
    private Optional<Duration> revise(CallRecord record, Segment segment) {
        Optional<Outcome> known = record.outcome(segment.reservation());
        Optional<CallEvidence> now = known.flatMap(Outcome::evidence).map(record::withAllTold);
        if (known.isEmpty() || now.isEmpty()) {
            return Optional.empty();
        }
        Verdict verdict = decider.decide(now.get());
        boolean stays = decider.openQuestion(now.get()).isEmpty()
                && verdict.hasSameAnswerAs(known.get().verdict());
        if (!stays) {
            return deal(record, segment);
        }
        journal.record(new Outcome(segment, verdict, known.get().write(), now));
        return Optional.empty();
    }

    /** Returns how long to wait before another look, if one is needed. */
    private Optional<Duration> deal(CallRecord record, Segment segment) {
        Duration since = looks.since(segment.reservation());
        boolean last = FirstLooks.isLast(since) || segment.completed();
        return collector
                .look(record, segment, since, last)
                .match(
                        seen -> {
                            decideAndWrite(record, seen);
                            return Optional.empty();
                        },
                        unsettled -> Optional.of(looks.again(segment.reservation())),
                        gone -> {
                            about(segment.task(), log.atWarn())
                                    .log("task {}: it is gone, so there is nothing left to write", segment.task());
                            decided(record, writer.gone(segment));
                            return Optional.empty();
                        });
    }

    /** What stood there when the agent completed has been compared then, and is looked at no more. */
    private void decided(CallRecord record, Outcome made) {
        Optional<Outcome> before = record.outcome(made.segment().reservation());
        Outcome outcome = before.map(Outcome::write)
                .filter(write -> write.status() == WriteResult.Status.COMPARED)
                .map(made::with)
                .orElse(made);
        boolean stays = before.filter(known -> known.verdict().hasSameAnswerAs(outcome.verdict()))
                .isPresent();
        journal.record(outcome);
        if (!stays) {
            Duration sinceWrapUp = Duration.between(outcome.segment().left(), clock.instant());
            tell(outcome.segment().task(), () -> telemetry.decided(outcome, sinceWrapUp));
        }
        told(outcome);
    }

    private void finish(Outcome outcome) {
        journal.record(outcome);
        told(outcome);
    }

    private void told(Outcome outcome) {
        looks.forget(outcome.segment().reservation());
        Verdict verdict = outcome.verdict();
        about(outcome, log.atInfo())
                .log(
                        "task {} reservation {}: {} by rule {} ({}); {}",
                        outcome.segment().task(),
                        outcome.segment().reservation(),
                        verdict.endedBy()
                                .map(endedBy ->
                                        Vocabulary.DEFAULT.value(endedBy).orElse("unknown"))
                                .orElse("nothing to say"),
                        verdict.rule(),
                        verdict.reason(),
                        outcome.write().detail());
        tell(outcome.segment().task(), () -> telemetry.finished(outcome));
        tell(outcome.segment().task(), () -> listener.onOutcome(outcome));
    }

    private static void tell(TaskRef task, Runnable news) {
        try {
            news.run();
        } catch (RuntimeException fault) {
            about(task, log.atWarn()).setCause(fault).log("task {}: a listener failed", task);
        }
    }
}
