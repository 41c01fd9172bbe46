package io.hangupby.internal.processing;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.AccountSid;
import io.hangupby.call.TaskRef;
import io.hangupby.call.TaskSid;
import io.hangupby.call.WorkspaceSid;
import io.hangupby.decision.HangUpByListener;
import io.hangupby.decision.Outcome;
import io.hangupby.decision.Vocabulary;
import io.hangupby.decision.rules.DecisionRules;
import io.hangupby.internal.attributes.TaskAttributes;
import io.hangupby.internal.event.EventFields;
import io.hangupby.internal.event.EventReader;
import io.hangupby.internal.event.EventReading;
import io.hangupby.internal.journal.InMemoryTaskJournal;
import io.hangupby.internal.journal.RecordingQueue;
import io.hangupby.internal.journal.SchedulingPolicy;
import io.hangupby.internal.journal.WorkResult;
import io.hangupby.internal.twilio.Gateways;
import io.hangupby.internal.twilio.TwilioGateway;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.TwilioSimulator;
import io.hangupby.simulator.account.TaskWrite;
import io.hangupby.simulator.events.WorkspaceEvent;
import io.hangupby.telemetry.Telemetry;
import io.hangupby.testing.HandClock;
import io.hangupby.twilio.TwilioFailure;
import io.hangupby.twilio.WriteOnEventVersion;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A simulated Twilio, and an engine that looks after its calls through the real gateway and real HTTP. Time goes on by hand:
 * whatever waits lets it pass.
 */
final class SteppedCentre implements AutoCloseable {
    /** How long an answer is waited for by hand, however long it is in earnest. */
    private static final Duration PATIENCE_COUNTS_AS = Duration.ofSeconds(5);

    private static final int TURNS_AT_MOST = 500;

    private final HandClock clock = new HandClock(Instant.parse("2026-03-04T10:15:30Z"));
    private final TwilioSimulator twilio =
            TwilioSimulator.builder().clock(new DistinctMoments(clock)).start();
    private final Duration patience;

    /**
     * @param patience how long an answer is waited for in earnest
     */
    SteppedCentre(Duration patience) {
        this.patience = patience;
    }

    TwilioSimulator twilio() {
        return twilio;
    }

    /** Begins to look after a call, with nothing remembered of any other. */
    LookedAfter lookAfter(SimulatedCall call) {
        return lookAfter(call, new NewestVersions(WriteOnEventVersion.NEVER, false));
    }

    /** Begins to look after a call, with what earlier calls have shown of events' versions. */
    LookedAfter lookAfter(SimulatedCall call, NewestVersions versions) {
        return new LookedAfter(call, versions);
    }

    @Override
    public void close() {
        twilio.close();
    }

    /** One call, and what became of it. */
    final class LookedAfter implements AutoCloseable, HangUpByListener {
        private final SimulatedCall call;
        private final TwilioGateway real = Gateways.impatient(twilio, patience);
        private final InMemoryTaskJournal journal =
                new InMemoryTaskJournal(new RecordingQueue(), clock, 100, new SchedulingPolicy(false));
        private final EngineSettings settings = new EngineSettings(true, Vocabulary.DEFAULT, false, false, false);
        private final SegmentProcessor engine;
        private final EventReader reader;
        private final WatchingJournal watching;
        private final List<Outcome> outcomes = new ArrayList<>();
        private final List<Outcome> completed = new ArrayList<>();
        private final List<String> parked = new ArrayList<>();
        private final List<String> lost = new ArrayList<>();
        private Optional<Instant> troubleEnds = Optional.empty();
        private Runnable end = () -> {};
        private int told;

        private LookedAfter(SimulatedCall call, NewestVersions versions) {
            this.call = call;
            this.reader = new EventReader(Set.of("voice"), versions);
            this.watching = new WatchingJournal(journal, versions, settings);
            this.engine = new SegmentProcessor(
                    journal,
                    new ResilientGateway(slow(real), 4, 0, () -> 1, Telemetry.NOOP, clock, this::letPass),
                    versions,
                    DecisionRules.ours().decider(),
                    settings,
                    this,
                    Telemetry.NOOP,
                    clock,
                    this::letPass);
        }

        /** What takes long in earnest takes long by hand as well. */
        private TwilioGateway slow(TwilioGateway gateway) {
            return (TwilioGateway) Proxy.newProxyInstance(
                    TwilioGateway.class.getClassLoader(),
                    new Class<?>[] {TwilioGateway.class},
                    (proxy, method, args) -> {
                        try {
                            return method.invoke(gateway, args);
                        } catch (InvocationTargetException failed) {
                            if (failed.getCause() instanceof TwilioFailure failure
                                    && failure.problem().contains("SocketTimeoutException")) {
                                letPass(PATIENCE_COUNTS_AS);
                            }
                            throw failed.getCause();
                        }
                    });
        }

        private void letPass(Duration time) {
            clock.step(time);
            if (troubleEnds.filter(end -> !clock.instant().isBefore(end)).isPresent()) {
                end.run();
                troubleEnds = Optional.empty();
            }
        }

        /** Lets the faults that are on order be over after this long. */
        void faultsEndAfter(Duration time) {
            after(time, twilio.faults()::clear);
        }

        /** Lets something happen after this long. */
        void after(Duration time, Runnable happens) {
            troubleEnds = Optional.of(clock.instant().plus(time));
            end = happens;
        }

        /** Lets events of a type get lost. */
        void loses(String eventType) {
            lost.add(eventType);
        }

        /**
         * Tells of what has happened since the last time, and works until there is nothing left to do; what is parked is put back
         * when the trouble is over.
         */
        void workUntilDone() {
            List<WorkspaceEvent> events = call.events();
            for (WorkspaceEvent event : events.subList(told, events.size())) {
                if (!lost.contains(event.type())
                        && reader.read(new Fields(event.params())) instanceof EventReading.Relevant relevant) {
                    watching.append(relevant.event());
                }
            }
            told = events.size();
            int before = parked.size();
            work();
            if (parked.size() > before) {
                twilio.faults().clear();
                work();
            }
        }

        private void work() {
            for (int turn = 0; turn < TURNS_AT_MOST; turn++) {
                Optional<Duration> later = engine.work(task(), turn)
                        .match(done -> Optional.empty(), more -> Optional.of(more.in()), this::noted);
                if (later.isEmpty()) {
                    return;
                }
                letPass(later.get());
            }
            throw new AssertionError("no end of it after " + TURNS_AT_MOST + " turns");
        }

        private Optional<Duration> noted(WorkResult.Park stop) {
            parked.add(stop.reason());
            return Optional.empty();
        }

        private TaskRef task() {
            return new TaskRef(
                    new AccountSid(twilio.accountSid()),
                    new WorkspaceSid(twilio.workspaceSid()),
                    new TaskSid(call.taskSid()));
        }

        List<Outcome> outcomes() {
            return outcomes;
        }

        /** The outcomes of agents who have completed, with what Flex Insights read. */
        List<Outcome> completed() {
            return completed;
        }

        List<String> parked() {
            return parked;
        }

        /** The updates that took effect. */
        List<TaskWrite> writes() {
            return call.task().writes().stream().filter(TaskWrite::applied).toList();
        }

        /** Asserts that each update changed our two fields and not one byte besides. */
        void assertNothingElseChanged() {
            for (TaskWrite write : writes()) {
                assertThat(write.after()).isEqualTo(withFieldsOf(write.before(), write.after()));
            }
        }

        private static String withFieldsOf(String text, String other) {
            return withFieldOf(withFieldOf(text, other, FlexAttributes.HANG_UP_BY), other, FlexAttributes.DESTINATION);
        }

        private static String withFieldOf(String text, String other, String... path) {
            TaskAttributes attributes = TaskAttributes.of(text);
            return TaskAttributes.of(other)
                    .string(path)
                    .map(value -> attributes.set(value, path))
                    .orElseGet(() -> attributes.remove(path))
                    .match(edited -> edited.attributes().text(), unchanged -> text, refused -> "refused");
        }

        @Override
        public void onOutcome(Outcome outcome) {
            outcomes.add(outcome);
        }

        @Override
        public void onCompleted(Outcome outcome) {
            completed.add(outcome);
        }

        @Override
        public void close() {
            real.close();
            twilio.faults().clear();
            twilio.forget(call.taskSid());
        }
    }

    /** The parameters of a callback. */
    private record Fields(Map<String, String> params) implements EventFields {
        @Override
        public Optional<String> text(String name) {
            return Optional.ofNullable(params.get(name));
        }

        @Override
        public Optional<String> within(String name, String... path) {
            return text(name).flatMap(json -> TaskAttributes.of(json).string(path));
        }
    }

    /** The hand's time, and a millisecond more each time it is asked for, so that what happens has an order. */
    private static final class DistinctMoments extends Clock {
        private final HandClock clock;

        DistinctMoments(HandClock clock) {
            this.clock = clock;
        }

        @Override
        public Instant instant() {
            clock.step(Duration.ofMillis(1));
            return clock.instant();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
