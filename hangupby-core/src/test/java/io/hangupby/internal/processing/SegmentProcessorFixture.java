package io.hangupby.internal.processing;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.AccountSid;
import io.hangupby.call.Address;
import io.hangupby.call.Call;
import io.hangupby.call.CallSid;
import io.hangupby.call.Conference;
import io.hangupby.call.Conference.EndReason;
import io.hangupby.call.ConferenceSid;
import io.hangupby.call.Participant;
import io.hangupby.call.ReservationSid;
import io.hangupby.call.Segment;
import io.hangupby.call.TaskRef;
import io.hangupby.call.TaskSid;
import io.hangupby.call.Transfer;
import io.hangupby.call.WorkerSid;
import io.hangupby.call.WorkspaceSid;
import io.hangupby.decision.Decider;
import io.hangupby.decision.DryRunComparison;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.HangUpByListener;
import io.hangupby.decision.Outcome;
import io.hangupby.decision.Vocabulary;
import io.hangupby.decision.rules.DecisionRules;
import io.hangupby.internal.attributes.TaskAttributes;
import io.hangupby.internal.event.EventType;
import io.hangupby.internal.event.TaskRouterEvent.ReservationEvent;
import io.hangupby.internal.event.TaskRouterEvent.TaskEvent;
import io.hangupby.internal.event.TaskRouterEvent.TransferEvent;
import io.hangupby.internal.journal.InMemoryTaskJournal;
import io.hangupby.internal.journal.RecordingQueue;
import io.hangupby.internal.journal.SchedulingPolicy;
import io.hangupby.internal.journal.TaskJournal;
import io.hangupby.internal.journal.WorkResult;
import io.hangupby.internal.twilio.InMemoryTwilio;
import io.hangupby.telemetry.Telemetry;
import io.hangupby.testing.HandClock;
import io.hangupby.twilio.WriteOnEventVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A call of Alice's, and the processor that works on it; the tests are the queue. */
abstract class SegmentProcessorFixture {
    static final TaskRef TASK = new TaskRef(
            new AccountSid("AC" + "1".repeat(32)),
            new WorkspaceSid("WS" + "2".repeat(32)),
            new TaskSid("WT" + "3".repeat(32)));
    static final ReservationSid ALICES = new ReservationSid("WR" + "4".repeat(32));
    static final ReservationSid BOBS = new ReservationSid("WR" + "5".repeat(32));
    static final ConferenceSid CONFERENCE = new ConferenceSid("CF" + "6".repeat(32));
    static final CallSid CUSTOMER = new CallSid("CA" + "7".repeat(32));
    static final CallSid AGENT = new CallSid("CA" + "8".repeat(32));
    static final Address BROWSER = new Address("client:alice");
    static final String LIVE =
            "\"conference\":{\"sid\":\"%s\",\"participants\":{\"worker\":\"%s\",\"customer\":\"%s\"}}"
                    .formatted(CONFERENCE, AGENT, CUSTOMER);
    static final String PLAIN = "{\"direction\":\"inbound\",\"big\":9007199254740993," + LIVE + "}";
    static final String ACCEPTED = "{\"conference\":{\"sid\":\"CF66666666666666666666666666666666\"}}";
    static final String NAMED_MARKER =
            "\"hangupby\":{\"agent_hangup\":{\"reservation\":\"%s\",\"at\":1}}".formatted(ALICES);
    static final String CLICKED = "{" + LIVE + ",\"conversations\":{\"hang_up_by\":\"agent\"}," + NAMED_MARKER + "}";

    final HandClock clock = new HandClock(Instant.parse("2026-03-04T10:15:30Z"));
    final InMemoryTwilio twilio = new InMemoryTwilio();
    final List<TaskRef> woken = new ArrayList<>();
    final InMemoryTaskJournal journal =
            new InMemoryTaskJournal(new RecordingQueue(woken), clock, 100, new SchedulingPolicy(true));
    final NewestVersions versions;
    final Reported reported = new Reported();
    final List<Duration> pauses = new ArrayList<>();
    /** Why the task was to be parked, each time. */
    final List<String> parked = new ArrayList<>();

    final SegmentProcessor engine;

    SegmentProcessorFixture() {
        this(WriteOnEventVersion.AUTO);
    }

    SegmentProcessorFixture(WriteOnEventVersion mode) {
        versions = new NewestVersions(mode, false);
        engine = engine(new EngineSettings(true, Vocabulary.DEFAULT, false, false, false), reported);
    }

    SegmentProcessor engine(EngineSettings settings, HangUpByListener listener) {
        return engine(journal, DecisionRules.decider(DecisionRules.defaults()), settings, listener);
    }

    SegmentProcessor engine(TaskJournal journal, Decider decider, EngineSettings settings, HangUpByListener listener) {
        return new SegmentProcessor(
                journal, twilio, versions, decider, settings, listener, Telemetry.NOOP, clock, wait -> {
                    pauses.add(wait);
                    clock.step(wait);
                });
    }

    // ---- what happens to a call

    void arrives(EventType type, ReservationSid reservation, Address device) {
        journal.append(event(type, reservation, device));
    }

    ReservationEvent event(EventType type, ReservationSid reservation, Address device) {
        boolean wrapUp = type == EventType.RESERVATION_WRAPUP;
        return new ReservationEvent(
                type,
                TASK,
                clock.instant(),
                reservation,
                Optional.of(new WorkerSid("WK" + "9".repeat(32))),
                Optional.of(device),
                wrapUp ? Optional.of(CONFERENCE) : Optional.empty());
    }

    void taskWrapsUp() {
        journal.append(new TaskEvent(EventType.TASK_WRAPUP, TASK, clock.instant(), Optional.of(CONFERENCE)));
    }

    void talks(String attributes) {
        twilio.put(TASK, attributes);
        twilio.put(new Conference(CONFERENCE, false, Optional.empty(), Optional.empty(), Optional.empty()));
        twilio.lists(CONFERENCE, new Participant(CUSTOMER, true, true), new Participant(AGENT, true, true));
        twilio.put(new Call(CUSTOMER, Call.Status.IN_PROGRESS, Optional.empty(), Optional.empty()));
        journal.append(new TaskEvent(EventType.TASK_CREATED, TASK, clock.instant(), Optional.empty()));
        arrives(EventType.RESERVATION_CREATED, ALICES, BROWSER);
        arrives(EventType.RESERVATION_ACCEPTED, ALICES, BROWSER);
        clock.step(Duration.ofMinutes(3));
    }

    void wrapsUp() {
        arrives(EventType.RESERVATION_WRAPUP, ALICES, BROWSER);
    }

    void ends(EndReason reason, CallSid by) {
        twilio.put(
                new Conference(CONFERENCE, true, Optional.of(reason), Optional.of(by), Optional.of(clock.instant())));
        twilio.put(new Call(CUSTOMER, Call.Status.COMPLETED, Optional.empty(), Optional.of(clock.instant())));
    }

    void customerHangsUp(String attributes) {
        talks(attributes);
        ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, CUSTOMER);
        wrapsUp();
    }

    void agentDrops(String attributes) {
        talks(attributes);
        ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, AGENT);
        wrapsUp();
    }

    void customerIsRemoved(String attributes) {
        talks(attributes);
        ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_KICKED, CUSTOMER);
        wrapsUp();
    }

    Optional<String> value() {
        return TaskAttributes.of(twilio.attributes(TASK)).string("conversations", "hang_up_by");
    }

    static String withValue(String text, String value) {
        return TaskAttributes.of(text)
                .set(value, "conversations", "hang_up_by")
                .match(edited -> edited.attributes().text(), unchanged -> text, refused -> "refused");
    }

    static String marked(String text) {
        String bare = withValue(text, "agent");
        return bare.substring(0, bare.length() - 1) + "," + NAMED_MARKER + "}";
    }

    WorkResult work() {
        WorkResult result = engine.work(TASK, 0);
        if (result instanceof WorkResult.Park end) {
            parked.add(end.reason());
        }
        return result;
    }

    /** Works on the task as a queue would, until there is nothing left to do; returns how long it waited before each turn. */
    List<Duration> workUntilDone() {
        return workUntilDone(engine);
    }

    List<Duration> workUntilDone(SegmentProcessor engine) {
        List<Duration> waits = new ArrayList<>();
        for (int turn = 0; turn < 200; turn++) {
            Optional<Duration> later = engine.work(TASK, turn)
                    .match(done -> Optional.empty(), again -> Optional.of(again.in()), this::noted);
            if (later.isEmpty()) {
                return waits;
            }
            waits.add(later.get());
            clock.step(later.get());
        }
        throw new AssertionError("still not done after " + waits);
    }

    private Optional<Duration> noted(WorkResult.Park end) {
        parked.add(end.reason());
        return Optional.empty();
    }

    static WorkResult later(long millis) {
        return new WorkResult.RetryIn(Duration.ofMillis(millis));
    }

    static final CallSid BOBS_LEG = new CallSid("CA" + "b".repeat(32));
    static final Address BOBS_BROWSER = new Address("client:bob");

    void bobTakesOver() {
        takesOver(ALICES, BOBS);
    }

    void takesOver(ReservationSid before, ReservationSid next) {
        clock.step(Duration.ofMinutes(1));
        arrives(EventType.RESERVATION_ACCEPTED, next, BOBS_BROWSER);
        arrives(EventType.RESERVATION_COMPLETED, before, BROWSER);
        clock.step(Duration.ofMinutes(1));
    }

    void bobsLegGoes() {
        bobsLegGoes(BOBS);
    }

    void bobsLegGoes(ReservationSid reservation) {
        twilio.put(new Call(BOBS_LEG, Call.Status.COMPLETED, Optional.of(BOBS_BROWSER), Optional.empty()));
        ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, BOBS_LEG);
        arrives(EventType.RESERVATION_WRAPUP, reservation, BOBS_BROWSER);
    }

    /** Alice clicks, which leaves the customer with Bob by a warm transfer, and her value is written. Then time passes. */
    void aliceLeavesBob() {
        talks(PLAIN);
        transfers(Transfer.Mode.WARM);
        arrives(EventType.RESERVATION_CREATED, BOBS, BOBS_BROWSER);
        arrives(EventType.RESERVATION_ACCEPTED, BOBS, BOBS_BROWSER);
        clock.step(Duration.ofMinutes(1));
        twilio.edit(TASK, text -> withValue(text, "agent"));
        twilio.lists(CONFERENCE, new Participant(CUSTOMER, true, true), new Participant(BOBS_LEG, true, true));
        twilio.put(new Call(BOBS_LEG, Call.Status.IN_PROGRESS, Optional.of(BOBS_BROWSER), Optional.empty()));
        wrapsUp();
        work();
        assertThat(value()).contains("warm transfer");
        clock.step(Duration.ofMinutes(2));
    }

    void bobClicks() {
        twilio.edit(TASK, text -> withValue(text, "agent"));
        clock.step(Duration.ofMillis(200));
    }

    void transfers(Transfer.Mode mode) {
        journal.append(new TransferEvent(
                EventType.TRANSFER_INITIATED, TASK, clock.instant(), Optional.of(ALICES), Optional.of(mode)));
    }

    Optional<EndedBy> endedBy(ReservationSid reservation) {
        return journal.read(TASK).outcome(reservation).map(Outcome::verdict).flatMap(verdict -> verdict.endedBy());
    }

    /** What the listener received. */
    static final class Reported implements HangUpByListener {
        final List<Segment> ended = new ArrayList<>();
        final List<Outcome> outcomes = new ArrayList<>();
        final List<Outcome> collisions = new ArrayList<>();
        final List<DryRunComparison> compared = new ArrayList<>();

        @Override
        public void onSegmentEnded(Segment segment) {
            ended.add(segment);
        }

        @Override
        public void onOutcome(Outcome outcome) {
            outcomes.add(outcome);
        }

        @Override
        public void onCollision(Outcome outcome) {
            collisions.add(outcome);
        }

        @Override
        public void onCompared(Outcome outcome, DryRunComparison comparison) {
            compared.add(comparison);
        }

        Outcome last() {
            return outcomes.get(outcomes.size() - 1);
        }

        Outcome only() {
            assertThat(outcomes).hasSize(1);
            return outcomes.get(0);
        }
    }

    static final class Throwing implements HangUpByListener {
        @Override
        public void onSegmentEnded(Segment segment) {
            throw new IllegalStateException("a listener's fault");
        }

        @Override
        public void onOutcome(Outcome outcome) {
            throw new IllegalStateException("a listener's fault");
        }
    }
}
