package io.hangupby.internal.engine;

import static io.hangupby.twilio.InMemoryTwilio.failing;
import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.attributes.TaskAttributes;
import io.hangupby.attributes.Vocabulary;
import io.hangupby.attributes.Vocabulary.Style;
import io.hangupby.call.AccountSid;
import io.hangupby.call.Address;
import io.hangupby.call.Call;
import io.hangupby.call.CallSid;
import io.hangupby.call.Conference;
import io.hangupby.call.Conference.EndReason;
import io.hangupby.call.ConferenceSid;
import io.hangupby.call.Leave;
import io.hangupby.call.Leg;
import io.hangupby.call.ReservationSid;
import io.hangupby.call.Segment;
import io.hangupby.call.TaskRef;
import io.hangupby.call.TaskSid;
import io.hangupby.call.Transfer;
import io.hangupby.call.WorkerSid;
import io.hangupby.call.WorkspaceSid;
import io.hangupby.decision.Comparison;
import io.hangupby.decision.DecisionRules;
import io.hangupby.decision.DryRunReport;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.HangUpByListener;
import io.hangupby.decision.Outcome;
import io.hangupby.decision.WriteResult;
import io.hangupby.decision.WriteResult.Status;
import io.hangupby.event.ConferenceEvent;
import io.hangupby.event.EventType;
import io.hangupby.event.Events;
import io.hangupby.event.TaskRouterEvent.ReservationEvent;
import io.hangupby.event.TaskRouterEvent.TaskEvent;
import io.hangupby.event.TaskRouterEvent.TransferEvent;
import io.hangupby.journal.CallQueue;
import io.hangupby.journal.CallWork;
import io.hangupby.journal.Chore;
import io.hangupby.journal.InMemoryCallJournal;
import io.hangupby.journal.ParkedCall;
import io.hangupby.journal.Step;
import io.hangupby.journal.WakeRule;
import io.hangupby.telemetry.Telemetry;
import io.hangupby.testing.CapturedLog;
import io.hangupby.testing.HandClock;
import io.hangupby.twilio.InMemoryTwilio;
import io.hangupby.twilio.InMemoryTwilio.Request;
import io.hangupby.twilio.TwilioFailure.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallEngineTest {
    private static final TaskRef TASK = new TaskRef(
            new AccountSid("AC" + "1".repeat(32)),
            new WorkspaceSid("WS" + "2".repeat(32)),
            new TaskSid("WT" + "3".repeat(32)));
    private static final ReservationSid ALICES = new ReservationSid("WR" + "4".repeat(32));
    private static final ReservationSid BOBS = new ReservationSid("WR" + "5".repeat(32));
    private static final ConferenceSid CONFERENCE = new ConferenceSid("CF" + "6".repeat(32));
    private static final CallSid CUSTOMER = new CallSid("CA" + "7".repeat(32));
    private static final CallSid AGENT = new CallSid("CA" + "8".repeat(32));
    private static final Address BROWSER = new Address("client:alice");
    private static final String LIVE =
            "\"conference\":{\"sid\":\"%s\",\"participants\":{\"worker\":\"%s\",\"customer\":\"%s\"}}"
                    .formatted(CONFERENCE, AGENT, CUSTOMER);
    private static final String PLAIN = "{\"direction\":\"inbound\",\"big\":9007199254740993," + LIVE + "}";
    private static final String ANSWERED = "{\"conference\":{\"sid\":\"CF66666666666666666666666666666666\"}}";
    private static final String NAMED_MARKER =
            "\"hangupby\":{\"agent_hangup\":{\"reservation\":\"%s\",\"at\":1}}".formatted(ALICES);
    private static final String CLICKED =
            "{" + LIVE + ",\"conversations\":{\"hang_up_by\":\"agent\"}," + NAMED_MARKER + "}";

    private final HandClock clock = new HandClock(Instant.parse("2026-03-04T10:15:30Z"));
    private final InMemoryTwilio twilio = new InMemoryTwilio();
    private final Wakes queue = new Wakes();
    private final InMemoryCallJournal journal = new InMemoryCallJournal(queue, clock, 100, new WakeRule(true));
    private final Heard heard = new Heard();
    private final List<Duration> pauses = new ArrayList<>();
    private final CallEngine engine = engine(new EngineSettings(true, Vocabulary.DEFAULT, false, false, false), heard);

    private CallEngine engine(EngineSettings settings, HangUpByListener listener) {
        return new CallEngine(
                journal,
                twilio,
                DecisionRules.decider(DecisionRules.defaults()),
                settings,
                listener,
                Telemetry.NOOP,
                clock,
                wait -> {
                    pauses.add(wait);
                    clock.step(wait);
                });
    }

    // ---- what happens to a call

    private void tell(EventType type, ReservationSid reservation, Address device) {
        journal.append(event(type, reservation, device));
    }

    private ReservationEvent event(EventType type, ReservationSid reservation, Address device) {
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

    private void taskWrapsUp() {
        journal.append(new TaskEvent(EventType.TASK_WRAPUP, TASK, clock.instant(), Optional.of(CONFERENCE)));
    }

    private void talks(String attributes) {
        twilio.put(TASK, attributes);
        twilio.put(new Conference(
                CONFERENCE, Conference.Status.IN_PROGRESS, Optional.empty(), Optional.empty(), Optional.empty()));
        twilio.lists(CONFERENCE, new Leg(CUSTOMER, true, true), new Leg(AGENT, true, true));
        twilio.put(new Call(CUSTOMER, Call.Status.IN_PROGRESS, Optional.empty(), Optional.empty()));
        journal.append(new TaskEvent(EventType.TASK_CREATED, TASK, clock.instant(), Optional.empty()));
        tell(EventType.RESERVATION_CREATED, ALICES, BROWSER);
        tell(EventType.RESERVATION_ACCEPTED, ALICES, BROWSER);
        clock.step(Duration.ofMinutes(3));
    }

    private void wrapsUp() {
        tell(EventType.RESERVATION_WRAPUP, ALICES, BROWSER);
    }

    private void ends(EndReason reason, CallSid by) {
        twilio.put(new Conference(
                CONFERENCE,
                Conference.Status.COMPLETED,
                Optional.of(reason),
                Optional.of(by),
                Optional.of(clock.instant())));
        twilio.put(new Call(CUSTOMER, Call.Status.COMPLETED, Optional.empty(), Optional.of(clock.instant())));
    }

    private void customerHangsUp(String attributes) {
        talks(attributes);
        ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, CUSTOMER);
        wrapsUp();
    }

    private void agentDrops(String attributes) {
        talks(attributes);
        ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, AGENT);
        wrapsUp();
    }

    private void customerIsRemoved(String attributes) {
        talks(attributes);
        ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_KICKED, CUSTOMER);
        wrapsUp();
    }

    private Optional<String> value() {
        return TaskAttributes.of(twilio.attributes(TASK)).string("conversations", "hang_up_by");
    }

    private static String withValue(String text, String value) {
        return TaskAttributes.of(text)
                .set(value, "conversations", "hang_up_by")
                .match(edited -> edited.attributes().text(), unchanged -> text, refused -> "refused");
    }

    private static String marked(String text) {
        String bare = withValue(text, "agent");
        return bare.substring(0, bare.length() - 1) + "," + NAMED_MARKER + "}";
    }

    private Step work() {
        return engine.work(TASK, 0);
    }

    /** Works on the task as a queue would, until there is nothing left to do; returns how long it was put off each time. */
    private List<Duration> workUntilDone() {
        return workUntilDone(engine);
    }

    private List<Duration> workUntilDone(CallEngine engine) {
        List<Duration> waits = new ArrayList<>();
        for (int turn = 0; turn < 200; turn++) {
            Optional<Duration> later = engine.work(TASK, turn)
                    .match(done -> Optional.empty(), again -> Optional.of(again.in()), parked -> Optional.empty());
            if (later.isEmpty()) {
                return waits;
            }
            waits.add(later.get());
            clock.step(later.get());
        }
        throw new AssertionError("still not done after " + waits);
    }

    private static Step later(long millis) {
        return new Step.Later(Duration.ofMillis(millis));
    }

    @Nested
    class TheCost {

        @Test
        void ofACustomersHangUpIsFourRequests() {
            customerHangsUp(PLAIN);

            assertThat(work()).isEqualTo(new Step.Done());
            assertThat(twilio.asked()).containsExactly(Request.CONFERENCE, Request.TASK, Request.CALL, Request.UPDATE);
            assertThat(twilio.attributes(TASK)).isEqualTo(withValue(PLAIN, "customer"));
        }

        @Test
        void ofAnAgentsDropIsThree() {
            agentDrops(PLAIN);

            work();

            assertThat(twilio.asked()).containsExactly(Request.CONFERENCE, Request.TASK, Request.UPDATE);
            assertThat(twilio.attributes(TASK)).isEqualTo(withValue(PLAIN, "disconnect"));
        }

        @Test
        void ofAMarkedClickIsTwoAndNothingIsWritten() {
            agentDrops(CLICKED);

            work();

            assertThat(twilio.asked()).containsExactly(Request.CONFERENCE, Request.TASK);
            assertThat(twilio.attributes(TASK)).isEqualTo(CLICKED);
            assertThat(heard.only().verdict().endedBy()).contains(EndedBy.AGENT);
            assertThat(heard.only().write().status()).isEqualTo(Status.STOOD);
        }

        @Test
        void ofAnOutboundCallIsOneMore() {
            agentDrops("{\"direction\":\"outbound\"," + LIVE + "}");

            work();

            assertThat(twilio.asked()).containsExactly(Request.CONFERENCE, Request.TASK, Request.CALL, Request.UPDATE);
            assertThat(value()).contains("disconnect");
        }

        @Test
        void ofAWrapUpAfterTheDecisionIsNothing() {
            customerHangsUp(PLAIN);
            work();
            twilio.forgetRequests();
            taskWrapsUp();
            wrapsUp();

            assertThat(work()).isEqualTo(new Step.Done());
            assertThat(twilio.asked()).isEmpty();
            assertThat(heard.outcomes).hasSize(1);
        }

        @Test
        void ofATaskOfWhichNothingIsKnownIsNothing() {
            assertThat(work()).isEqualTo(new Step.Done());
            assertThat(twilio.asked()).isEmpty();
        }
    }

    @Nested
    class WhileTwilioStillShowsTheMomentBefore {

        @Test
        void itIsLookedAtAgainAndAgainAndThenDecidedWithWhatThereIs() {
            talks(PLAIN);
            wrapsUp();

            assertThat(workUntilDone())
                    .containsExactly(
                            Duration.ofMillis(250),
                            Duration.ofMillis(500),
                            Duration.ofSeconds(1),
                            Duration.ofSeconds(2),
                            Duration.ofSeconds(4));
            assertThat(heard.only().verdict().endedBy()).contains(EndedBy.UNKNOWN);
            assertThat(heard.only().write().status()).isEqualTo(Status.NOTHING_TO_WRITE);
            assertThat(twilio.attributes(TASK)).isEqualTo(PLAIN);
            assertThat(twilio.asked(Request.CONFERENCE)).isEqualTo(6);
        }

        @Test
        void nothingIsDecided() {
            talks(PLAIN);
            wrapsUp();

            assertThat(work()).isEqualTo(later(250));
            assertThat(heard.outcomes).isEmpty();
            assertThat(twilio.asked(Request.UPDATE)).isZero();
        }

        @Test
        void itTakesNoLessTimeIfItIsWokenInBetween() {
            talks(PLAIN);
            wrapsUp();
            work();
            clock.step(Duration.ofMillis(100));

            assertThat(engine.work(TASK, 1)).isEqualTo(later(150));
        }

        @Test
        void itTakesNoLessTimeIfTwilioWasDownBefore() {
            talks(PLAIN);
            wrapsUp();
            twilio.always(Request.CONFERENCE, failing(Kind.UNAVAILABLE));
            for (int turn = 0; turn < 7; turn++) {
                engine.work(TASK, turn);
                clock.step(Duration.ofSeconds(10));
            }
            twilio.heal();

            assertThat(engine.work(TASK, 7)).isEqualTo(later(250));
            assertThat(heard.outcomes).isEmpty();
        }

        @Test
        void aLookThatComesALittleTooSoonCounts() {
            talks(PLAIN);
            wrapsUp();
            work();
            clock.step(Duration.ofMillis(249));

            assertThat(engine.work(TASK, 1)).isEqualTo(later(501));
        }

        @Test
        void aConferenceThatIsNotThereIsLookedForAgain() {
            talks(PLAIN);
            ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, AGENT);
            Conference conference = twilio.conference(CONFERENCE).orElseThrow();
            twilio.forget(CONFERENCE);
            wrapsUp();

            assertThat(work()).isEqualTo(later(250));
            twilio.put(conference);
            work();

            assertThat(value()).contains("disconnect");
        }

        @Test
        void aConferenceThatStaysAwayTellsNothing() {
            talks(PLAIN);
            ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, AGENT);
            twilio.forget(CONFERENCE);
            wrapsUp();

            assertThat(workUntilDone()).hasSize(5);
            assertThat(heard.only().verdict().endedBy()).contains(EndedBy.UNKNOWN);
        }

        @Test
        void aConferenceThatIsGoneWhenItsLegsAreAskedForIsLookedForAgain() {
            talks(PLAIN);
            wrapsUp();
            twilio.before(Request.PARTICIPANTS, () -> {
                ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, AGENT);
                twilio.conference(CONFERENCE).ifPresent(ended -> {
                    twilio.forget(CONFERENCE);
                    twilio.before(Request.CONFERENCE, () -> twilio.put(ended));
                });
            });

            assertThat(workUntilDone()).containsExactly(Duration.ofMillis(250));
            assertThat(value()).contains("disconnect");
        }

        @Test
        void itIsDecidedAsSoonAsItHasSettled() {
            talks(PLAIN);
            wrapsUp();
            assertThat(engine.work(TASK, 0)).isEqualTo(later(250));
            clock.step(Duration.ofMillis(250));
            assertThat(engine.work(TASK, 1)).isEqualTo(later(500));
            ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, CUSTOMER);

            assertThat(engine.work(TASK, 2)).isEqualTo(new Step.Done());
            assertThat(value()).contains("customer");
        }

        @Test
        void theAgentsCompletionEndsTheWaiting() {
            talks(PLAIN);
            wrapsUp();
            tell(EventType.RESERVATION_COMPLETED, ALICES, BROWSER);

            assertThat(work()).isEqualTo(new Step.Done());
            assertThat(heard.outcomes).hasSize(1);
        }

        @Test
        void aConferenceThatGoesOnWithoutTheAgentHasSettled() {
            talks(PLAIN);
            twilio.lists(CONFERENCE, new Leg(CUSTOMER, true, true));
            wrapsUp();

            assertThat(work()).isEqualTo(new Step.Done());
            assertThat(value()).contains("disconnect");
        }

        @Test
        void aCustomersCallThatReadsAsOpenIsReadAgainASecondLater() {
            customerHangsUp(PLAIN);
            twilio.put(new Call(CUSTOMER, Call.Status.IN_PROGRESS, Optional.empty(), Optional.empty()));
            twilio.after(
                    Request.CALL,
                    () -> twilio.put(
                            new Call(CUSTOMER, Call.Status.COMPLETED, Optional.empty(), Optional.of(clock.instant()))));

            work();

            assertThat(pauses).containsExactly(Duration.ofSeconds(1));
            assertThat(twilio.asked(Request.CALL)).isEqualTo(2);
            assertThat(value()).contains("customer");
        }

        @Test
        void aCustomersCallThatStaysOpenWasMovedOn() {
            customerHangsUp(PLAIN);
            twilio.put(new Call(CUSTOMER, Call.Status.IN_PROGRESS, Optional.empty(), Optional.empty()));

            work();

            assertThat(value()).contains("system");
        }

        @Test
        void anInterruptedPausePutsTheTaskOffAndKeepsTheInterrupt() {
            customerHangsUp(PLAIN);
            twilio.put(new Call(CUSTOMER, Call.Status.IN_PROGRESS, Optional.empty(), Optional.empty()));
            CallEngine stopping = new CallEngine(
                    journal,
                    twilio,
                    DecisionRules.decider(DecisionRules.defaults()),
                    new EngineSettings(true, Vocabulary.DEFAULT, false, false, false),
                    heard,
                    Telemetry.NOOP,
                    clock,
                    wait -> {
                        throw new InterruptedException();
                    });

            Step step = stopping.work(TASK, 0);

            assertThat(Thread.interrupted()).isTrue();
            assertThat(step).isEqualTo(later(1000));
            assertThat(heard.outcomes).isEmpty();
        }
    }

    @Nested
    class WhenAnotherWriterIsFaster {

        @Test
        void itsValuesStayAndOursIsAdded() {
            customerHangsUp(PLAIN);
            twilio.before(Request.UPDATE, () -> twilio.edit(TASK, text -> "{\"theirs\":1.10," + LIVE + "}"));

            assertThat(work()).isEqualTo(new Step.Done());
            assertThat(twilio.attributes(TASK)).isEqualTo(withValue("{\"theirs\":1.10," + LIVE + "}", "customer"));
            assertThat(twilio.asked())
                    .containsExactly(
                            Request.CONFERENCE,
                            Request.TASK,
                            Request.CALL,
                            Request.UPDATE,
                            Request.TASK,
                            Request.UPDATE);
        }

        @Test
        void itsMarkerTurnsADisconnectIntoAnAgentsClickAndNothingIsWritten() {
            agentDrops(PLAIN);
            twilio.before(Request.UPDATE, () -> twilio.edit(TASK, CallEngineTest::marked));

            work();

            assertThat(twilio.attributes(TASK)).isEqualTo(marked(PLAIN));
            assertThat(heard.only().verdict().endedBy()).contains(EndedBy.AGENT);
            assertThat(heard.only().write().status()).isEqualTo(Status.STOOD);
            assertThat(twilio.asked(Request.UPDATE)).isEqualTo(1);
        }

        @Test
        void timeAndAgainTheTaskIsPutOff() {
            customerHangsUp(PLAIN);
            twilio.always(Request.UPDATE, () -> twilio.edit(TASK, text -> text + " "));

            assertThat(work()).isEqualTo(later(1000));
            assertThat(twilio.asked(Request.UPDATE)).isEqualTo(10);
            assertThat(heard.outcomes).isEmpty();

            twilio.heal();
            assertThat(engine.work(TASK, 1)).isEqualTo(new Step.Done());
            assertThat(value()).contains("customer");
        }

        @Test
        void andTakesTheTaskAwayThereIsNothingLeftToDo() {
            customerHangsUp(PLAIN);
            twilio.before(Request.UPDATE, () -> twilio.edit(TASK, text -> text + " "));
            twilio.after(Request.UPDATE, () -> twilio.delete(TASK));

            assertThat(work()).isEqualTo(new Step.Done());
            assertThat(heard.only().write().status()).isEqualTo(Status.TOO_LATE);
        }
    }

    @Nested
    class AnUpdatesPlaceInTheQueue {

        @Test
        void isThatOfTheAgentWhoWaitsForIt() {
            agentDrops(PLAIN);
            Instant left = clock.instant();
            clock.step(Duration.ofSeconds(7));
            work();

            assertThat(twilio.updatesSince()).containsExactly(left);
        }

        @Test
        void isThatOfTheEventWhereNoAgentWaits() {
            agentDrops(PLAIN);
            work();
            clock.step(Duration.ofMinutes(1));
            tell(EventType.RESERVATION_ACCEPTED, BOBS, BOBS_BROWSER);
            tell(EventType.RESERVATION_COMPLETED, ALICES, BROWSER);
            Instant completed = clock.instant();
            clock.step(Duration.ofSeconds(7));
            work();

            assertThat(value()).isEmpty();
            assertThat(twilio.updatesSince()).last().isEqualTo(completed);
        }

        @Test
        void isThatOfTheNextAgentWhereOneIsDone() {
            agentDrops(PLAIN);
            work();
            clock.step(Duration.ofMinutes(1));
            tell(EventType.RESERVATION_ACCEPTED, BOBS, BOBS_BROWSER);
            clock.step(Duration.ofMinutes(1));
            customersLegGoesAndBobsToo();
            Instant bobLeft = clock.instant();
            work();
            clock.step(Duration.ofSeconds(7));
            tell(EventType.RESERVATION_COMPLETED, ALICES, BROWSER);
            work();

            assertThat(value()).contains("customer");
            assertThat(twilio.updatesSince()).last().isEqualTo(bobLeft);
        }

        private void customersLegGoesAndBobsToo() {
            ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, CUSTOMER);
            tell(EventType.RESERVATION_WRAPUP, BOBS, BOBS_BROWSER);
        }
    }

    @Nested
    class AWriteOfWhichNobodyKnows {

        @ParameterizedTest
        @EnumSource(
                value = Kind.class,
                names = {"UNAVAILABLE", "UNREACHABLE", "GARBLED"})
        void isReadBackAndNotRepeatedIfItWasApplied(Kind kind) {
            customerHangsUp(PLAIN);
            twilio.after(Request.UPDATE, failing(kind));

            assertThat(work()).isEqualTo(new Step.Done());
            assertThat(twilio.asked(Request.UPDATE)).isEqualTo(1);
            assertThat(twilio.asked(Request.TASK)).isEqualTo(2);
            assertThat(heard.only().write().status()).isEqualTo(Status.WRITTEN);
            assertThat(twilio.attributes(TASK)).isEqualTo(withValue(PLAIN, "customer"));
        }

        @Test
        void isRepeatedIfItWasNotApplied() {
            customerHangsUp(PLAIN);
            twilio.before(Request.UPDATE, failing(Kind.UNREACHABLE));

            assertThat(work()).isEqualTo(new Step.Done());
            assertThat(twilio.asked(Request.UPDATE)).isEqualTo(2);
            assertThat(heard.only().write().status()).isEqualTo(Status.WRITTEN);
            assertThat(value()).contains("customer");
        }

        @Test
        void isPutOffAfterThree() {
            customerHangsUp(PLAIN);
            twilio.always(Request.UPDATE, failing(Kind.UNREACHABLE));

            assertThat(work()).isEqualTo(later(1000));
            assertThat(twilio.asked(Request.UPDATE)).isEqualTo(3);
            assertThat(heard.outcomes).isEmpty();
        }
    }

    @Nested
    class NothingIsWritten {

        @ParameterizedTest
        @ValueSource(strings = {"\"text\"", "[]", "1", "true"})
        void intoConversationsThatAreNoObject(String conversations) {
            String attributes = "{" + LIVE + ",\"conversations\":" + conversations + "}";
            customerHangsUp(attributes);
            try (CapturedLog log = new CapturedLog()) {
                assertThat(work()).isEqualTo(new Step.Done());

                assertThat(twilio.attributes(TASK)).isEqualTo(attributes);
                assertThat(twilio.asked(Request.UPDATE)).isZero();
                assertThat(heard.only().verdict().endedBy()).contains(EndedBy.CUSTOMER);
                assertThat(heard.only().write().status()).isEqualTo(Status.REFUSED);
                assertThat(heard.only().write().detail()).contains("`conversations`");
                assertThat(log.warnings()).singleElement().asString().contains(TASK.toString(), "`conversations`");
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"[]", "null", "\"text\"", "", "{\"broken\":"})
        void intoAttributesThatAreNoObject(String attributes) {
            customerHangsUp(attributes);

            assertThat(work()).isEqualTo(new Step.Done());
            assertThat(twilio.attributes(TASK)).isEqualTo(attributes);
            assertThat(twilio.asked(Request.UPDATE)).isZero();
        }

        @Test
        void whatWouldMakeTheAttributesTooLong() {
            String start = "{" + LIVE + ",\"pad\":\"";
            String attributes = start + "x".repeat(TaskAttributes.MAX_LENGTH - start.length() - 2) + "\"}";
            customerHangsUp(attributes);

            assertThat(work()).isEqualTo(new Step.Done());
            assertThat(twilio.attributes(TASK)).isEqualTo(attributes);
            assertThat(heard.only().write().status()).isEqualTo(Status.REFUSED);
            assertThat(heard.only().write().detail()).contains("4096").doesNotContain("xxx");
        }

        @Test
        void ifTheTaskIsGone() {
            customerHangsUp(PLAIN);
            twilio.delete(TASK);

            assertThat(work()).isEqualTo(new Step.Done());
            assertThat(heard.only().write().status()).isEqualTo(Status.TOO_LATE);
            assertThat(heard.only().verdict().endedBy()).contains(EndedBy.UNKNOWN);
            assertThat(work()).isEqualTo(new Step.Done());
            assertThat(heard.outcomes).hasSize(1);
        }

        @Test
        void ifTheTaskGoesJustBefore() {
            customerHangsUp(PLAIN);
            twilio.before(Request.UPDATE, () -> twilio.delete(TASK));

            assertThat(work()).isEqualTo(new Step.Done());
            assertThat(heard.only().write().status()).isEqualTo(Status.TOO_LATE);
            assertThat(heard.only().verdict().endedBy()).contains(EndedBy.CUSTOMER);
        }

        @Test
        void ifTheTaskIsCompleted() {
            customerHangsUp(PLAIN);
            twilio.complete(TASK);

            assertThat(work()).isEqualTo(new Step.Done());
            assertThat(heard.only().write().status()).isEqualTo(Status.TOO_LATE);
            assertThat(twilio.asked(Request.UPDATE)).isZero();
        }

        @Test
        void inADryRun() {
            customerHangsUp(PLAIN);

            assertThat(engine(new EngineSettings(true, Vocabulary.DEFAULT, true, false, false), heard)
                            .work(TASK, 0))
                    .isEqualTo(new Step.Done());
            assertThat(heard.only().verdict().endedBy()).contains(EndedBy.CUSTOMER);
            assertThat(heard.only().write().status()).isEqualTo(Status.DRY_RUN);
            assertThat(twilio.asked(Request.UPDATE)).isZero();
        }

        @Test
        void ifTheValueStandsAlready() {
            customerHangsUp(withValue(PLAIN, "customer"));

            work();

            assertThat(heard.only().write().status()).isEqualTo(Status.STOOD);
            assertThat(twilio.asked(Request.UPDATE)).isZero();
        }
    }

    @Nested
    class TheMarker {

        @Test
        void isNotAnAgentThatWeWroteOurselves() {
            customerIsRemoved(PLAIN);
            work();
            assertThat(value()).contains("agent");
            assertThat(heard.only().write().status()).isEqualTo(Status.WRITTEN);

            bobDrops();

            assertThat(value()).contains("disconnect");
        }

        @Test
        void ofOneAgentExplainsNoOtherAgentsDrop() {
            agentDrops(CLICKED);
            work();

            bobDrops();

            assertThat(value()).contains("disconnect");
        }

        @Test
        void isNotNeededWhereNoPluginIsInstalled() {
            agentDrops(PLAIN);

            engine(new EngineSettings(false, Vocabulary.DEFAULT, false, false, false), heard)
                    .work(TASK, 0);

            assertThat(value()).contains("agent");
        }

        private void bobDrops() {
            bobTakesOver();
            bobsLegGoes();
            workUntilDone();
        }
    }

    private static final CallSid BOBS_LEG = new CallSid("CA" + "b".repeat(32));
    private static final Address BOBS_BROWSER = new Address("client:bob");

    private void bobTakesOver() {
        takesOver(ALICES, BOBS);
    }

    private void takesOver(ReservationSid before, ReservationSid next) {
        clock.step(Duration.ofMinutes(1));
        tell(EventType.RESERVATION_ACCEPTED, next, BOBS_BROWSER);
        tell(EventType.RESERVATION_COMPLETED, before, BROWSER);
        clock.step(Duration.ofMinutes(1));
    }

    private void bobsLegGoes() {
        bobsLegGoes(BOBS);
    }

    private void bobsLegGoes(ReservationSid reservation) {
        twilio.put(new Call(BOBS_LEG, Call.Status.COMPLETED, Optional.of(BOBS_BROWSER), Optional.empty()));
        ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, BOBS_LEG);
        tell(EventType.RESERVATION_WRAPUP, reservation, BOBS_BROWSER);
    }

    @Nested
    class TheVocabulary {
        private final String clickedBare = withValue(PLAIN, "agent");

        @Test
        void isWhatIsWritten() {
            customerHangsUp(PLAIN);

            spelled(Vocabulary.DEFAULT.with(Style.TITLE)).work(TASK, 0);

            assertThat(twilio.attributes(TASK)).isEqualTo(withValue(PLAIN, "Customer"));
            assertThat(heard.only().write().status()).isEqualTo(Status.WRITTEN);
        }

        @Test
        void canHaveANameForAnAnswerWhichIsFoundAgain() {
            customerHangsUp(withValue(PLAIN, "Anrufer \u201eK\u201c"));

            spelled(Vocabulary.DEFAULT.with(EndedBy.CUSTOMER, "Anrufer \u201eK\u201c"))
                    .work(TASK, 0);

            assertThat(heard.only().write().status()).isEqualTo(Status.STOOD);
            assertThat(twilio.asked(Request.UPDATE)).isZero();
        }

        @Test
        void canSwitchAnAnswerOff() {
            customerHangsUp(PLAIN);

            spelled(Vocabulary.DEFAULT.with(EndedBy.CUSTOMER, "")).work(TASK, 0);

            assertThat(heard.only().verdict().endedBy()).contains(EndedBy.CUSTOMER);
            assertThat(heard.only().write().status()).isEqualTo(Status.NOTHING_TO_WRITE);
            assertThat(twilio.attributes(TASK)).isEqualTo(PLAIN);
            assertThat(twilio.asked(Request.UPDATE)).isZero();
        }

        @Test
        void cannotSwitchUnknownOn() {
            talks(PLAIN);
            wrapsUp();
            tell(EventType.RESERVATION_COMPLETED, ALICES, BROWSER);

            spelled(Vocabulary.DEFAULT.with(EndedBy.UNKNOWN, "no idea")).work(TASK, 0);

            assertThat(heard.only().verdict().endedBy()).contains(EndedBy.UNKNOWN);
            assertThat(twilio.attributes(TASK)).isEqualTo(PLAIN);
        }

        @Test
        void takesAnEarlierValueOffForAnAnswerThatIsSwitchedOff() {
            CallEngine noDisconnect = spelled(Vocabulary.DEFAULT.with(EndedBy.DISCONNECT, ""));
            customerIsRemoved(PLAIN);
            noDisconnect.work(TASK, 0);
            assertThat(value()).contains("agent");
            bobTakesOver();
            bobsLegGoes();

            noDisconnect.work(TASK, 0);

            assertThat(heard.last().verdict().endedBy()).contains(EndedBy.DISCONNECT);
            assertThat(value()).isEmpty();
        }

        @Test
        void keepsTheDestinationBackWithAnAnswerThatIsSwitchedOff() {
            customerHangsUp(PLAIN);
            Optional<Address> number = Optional.of(new Address("+15550100042"));
            twilio.put(new Call(CUSTOMER, Call.Status.IN_PROGRESS, Optional.empty(), Optional.empty()));
            twilio.sends(
                    CUSTOMER,
                    new Call(new CallSid("CA" + "c".repeat(32)), Call.Status.IN_PROGRESS, number, Optional.empty()));

            spelled(Vocabulary.DEFAULT.with(EndedBy.EXTERNAL_COLD_TRANSFER, "")).work(TASK, 0);

            assertThat(heard.only().verdict().destination()).isEqualTo(number);
            assertThat(twilio.attributes(TASK)).isEqualTo(PLAIN);
        }

        @Test
        void isNotWhatTheLogSays() {
            customerHangsUp(PLAIN);
            try (CapturedLog log = new CapturedLog()) {
                spelled(Vocabulary.DEFAULT.with(EndedBy.CUSTOMER, "")).work(TASK, 0);

                assertThat(log.text()).contains(": customer by rule customer-left ");
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"agent", "Agent", "AGENT"})
        void makesNoClickOfOurOwnWordForADrop(String word) {
            CallEngine disconnectIsAgent =
                    spelled(Vocabulary.DEFAULT.with(EndedBy.AGENT, "on purpose").with(EndedBy.DISCONNECT, word));
            agentDrops(PLAIN);
            disconnectIsAgent.work(TASK, 0);
            assertThat(value()).contains(word);
            bobTakesOver();
            bobsLegGoes();

            disconnectIsAgent.work(TASK, 0);

            assertThat(heard.last().segment().reservation()).isEqualTo(BOBS);
            assertThat(heard.last().verdict().endedBy()).contains(EndedBy.DISCONNECT);
            assertThat(value()).contains(word);
        }

        @Test
        void makesNoClickOfOurOwnWordForAnySegmentAfterIt() {
            CallEngine disconnectIsAgent = spelled(Vocabulary.DEFAULT.with(EndedBy.DISCONNECT, "agent"));
            ReservationSid bobsSecond = new ReservationSid("WR" + "d".repeat(32));
            agentDrops(PLAIN);
            disconnectIsAgent.work(TASK, 0);
            bobTakesOver();
            bobsLegGoes();
            disconnectIsAgent.work(TASK, 0);
            assertThat(heard.last().write().status()).isEqualTo(Status.STOOD);
            takesOver(BOBS, bobsSecond);
            bobsLegGoes(bobsSecond);

            disconnectIsAgent.work(TASK, 0);

            assertThat(heard.outcomes)
                    .extracting(outcome -> outcome.verdict().endedBy())
                    .containsOnly(Optional.of(EndedBy.DISCONNECT))
                    .hasSize(3);
        }

        @Test
        void makesNoClickOfOurOwnWordForTheSameSegment() {
            judgedTwice(PLAIN, spelled(Vocabulary.DEFAULT.with(EndedBy.DISCONNECT, "agent")));

            assertThat(heard.last().verdict().endedBy()).contains(EndedBy.DISCONNECT);
        }

        @Test
        void makesNoClickOfOurOwnWordWhoseWriteWasNotAnswered() {
            agentDrops(PLAIN);
            twilio.after(Request.UPDATE, failing(Kind.UNREACHABLE));

            spelled(Vocabulary.DEFAULT.with(EndedBy.DISCONNECT, "agent")).work(TASK, 0);

            assertThat(heard.only().verdict().endedBy()).contains(EndedBy.DISCONNECT);
            assertThat(heard.only().write().status()).isEqualTo(Status.WRITTEN);
            assertThat(value()).contains("agent");
        }

        @Test
        void remembersTheClickThatItSpellsAnew() {
            judgedTwice(clickedBare, spelled(Vocabulary.DEFAULT.with(Style.TITLE)));

            assertThat(heard.last().verdict().endedBy()).contains(EndedBy.AGENT);
            assertThat(value()).contains("Agent");
        }

        @ParameterizedTest
        @EnumSource(
                value = EndedBy.class,
                names = {"AGENT", "CUSTOMER"})
        void leavesNoClickToTheNextAgentWhereNothingIsWrittenOverIt(EndedBy off) {
            CallEngine engine = spelled(Vocabulary.DEFAULT.with(off, ""));
            if (off == EndedBy.AGENT) {
                agentDrops(clickedBare);
            } else {
                customerHangsUp(clickedBare);
            }
            engine.work(TASK, 0);
            assertThat(heard.only().verdict().endedBy()).contains(off);
            assertThat(twilio.attributes(TASK)).isEqualTo(clickedBare);
            bobTakesOver();
            bobsLegGoes();

            engine.work(TASK, 0);

            assertThat(value()).contains("disconnect");
        }

        @Test
        void takesAUsedUpClickOffOnceItsAgentIsDone() {
            CallEngine engine = spelled(Vocabulary.DEFAULT.with(EndedBy.AGENT, ""));
            agentDrops(CLICKED);
            engine.work(TASK, 0);
            assertThat(value()).contains("agent");
            bobTakesOver();

            engine.work(TASK, 0);

            assertThat(value()).isEmpty();
        }

        @Test
        void leavesTheClickOfASegmentThatIsJudgedAnew() {
            judgedTwice(clickedBare, spelled(Vocabulary.DEFAULT.with(EndedBy.AGENT, "")));

            assertThat(heard.last().verdict().endedBy()).contains(EndedBy.AGENT);
            assertThat(twilio.attributes(TASK)).isEqualTo(clickedBare);
        }

        @Test
        void leavesTheNextAgentsClickWhereOursStoodBefore() {
            CallEngine engine = spelled(Vocabulary.DEFAULT.with(Style.TITLE));
            customerHangsUp(clickedBare);
            engine.work(TASK, 0);
            twilio.edit(TASK, text -> withValue(text, "agent"));
            bobTakesOver();
            engine.work(TASK, 0);
            assertThat(value()).contains("agent");
            bobsLegGoes();

            engine.work(TASK, 0);

            assertThat(heard.last().verdict().endedBy()).contains(EndedBy.AGENT);
        }

        private CallEngine spelled(Vocabulary vocabulary) {
            return engine(new EngineSettings(true, vocabulary, false, false, false), heard);
        }

        /** The task's wrap-up comes first, and the agent's own with an earlier moment. */
        private void judgedTwice(String attributes, CallEngine engine) {
            talks(attributes);
            ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, AGENT);
            ReservationEvent late = event(EventType.RESERVATION_WRAPUP, ALICES, BROWSER);
            clock.step(Duration.ofSeconds(5));
            taskWrapsUp();
            engine.work(TASK, 0);
            journal.append(late);
            engine.work(TASK, 0);
            assertThat(heard.outcomes).hasSize(2);
        }
    }

    @Nested
    class TheAdviceToSayThatThereIsNoPlugin {
        private final CapturedLog log = new CapturedLog();
        private ReservationSid last = ALICES;

        @Test
        void isGivenOnceForAWorkspace() {
            try (log) {
                agentDrops(PLAIN);
                work();
                moreDrops(3);
                assertThat(advice()).isEmpty();
                moreDrops(2);

                assertThat(heard.outcomes).hasSize(6);
                assertThat(advice())
                        .singleElement()
                        .asString()
                        .contains(TASK.workspace().value());
            }
        }

        @Test
        void isNotGivenOnceAMarkerWasSeen() {
            try (log) {
                agentDrops(CLICKED);
                work();
                moreDrops(5);

                assertThat(heard.outcomes).hasSize(6);
                assertThat(value()).contains("disconnect");
                assertThat(advice()).isEmpty();
            }
        }

        @Test
        void isNotGivenForAMarkerThatComesWhileWeWrite() {
            try (log) {
                agentDrops(PLAIN);
                twilio.before(Request.UPDATE, () -> twilio.edit(TASK, CallEngineTest::marked));
                work();

                assertThat(heard.only().verdict().endedBy()).contains(EndedBy.AGENT);
                assertThat(advice()).isEmpty();
            }
        }

        @Test
        void isNotWithheldForAnAgentThatWeWroteOurselves() {
            try (log) {
                customerIsRemoved(PLAIN);
                work();
                assertThat(value()).contains("agent");
                moreDrops(5);

                assertThat(value()).contains("disconnect");
                assertThat(advice()).hasSize(1);
            }
        }

        private List<String> advice() {
            return log.warnings().stream()
                    .filter(line -> line.contains("hangupby.agent-marker=none"))
                    .toList();
        }

        /** Other agents take the task one after the other, and drop without a click. */
        private void moreDrops(int number) {
            for (int i = 0; i < number; i++) {
                ReservationSid next = new ReservationSid("WR" + "%032x".formatted(0xd0 + heard.outcomes.size()));
                clock.step(Duration.ofMinutes(1));
                tell(EventType.RESERVATION_ACCEPTED, next, BROWSER);
                tell(EventType.RESERVATION_COMPLETED, last, BROWSER);
                clock.step(Duration.ofMinutes(1));
                twilio.put(new Call(AGENT, Call.Status.COMPLETED, Optional.of(BROWSER), Optional.empty()));
                ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, AGENT);
                tell(EventType.RESERVATION_WRAPUP, next, BROWSER);
                workUntilDone();
                last = next;
            }
        }
    }

    @Nested
    class AFailure {

        @Test
        void putsTheTaskOffForLongerEachTimeAndParksItAfterTenMinutes() {
            customerHangsUp(PLAIN);
            twilio.always(Request.CONFERENCE, failing(Kind.UNREACHABLE));
            Instant left = clock.instant();

            List<Duration> waits = workUntilDone();

            assertThat(waits.subList(0, 4))
                    .containsExactly(
                            Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8));
            assertThat(waits.subList(3, waits.size())).containsOnly(Duration.ofSeconds(8));
            assertThat(Duration.between(left, clock.instant()))
                    .isBetween(Duration.ofMinutes(10), Duration.ofMinutes(10).plusSeconds(8));
            assertThat(heard.outcomes).isEmpty();
            assertThat(heard.parked)
                    .containsExactly("given up after 10 minutes: request failed: as ordered; worth another try");
        }

        /** This machine's clock is wrong; Twilio's is not. */
        @ParameterizedTest
        @ValueSource(strings = {"PT1H", "PT-1H"})
        void isNoReasonToParkWhereOnlyTheClockIsWrong(Duration ahead) {
            customerHangsUp(PLAIN);
            clock.step(ahead);
            twilio.before(Request.CONFERENCE, failing(Kind.UNREACHABLE), failing(Kind.UNAVAILABLE));

            assertThat(workUntilDone()).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
            assertThat(value()).contains("customer");
            assertThat(heard.parked).isEmpty();
        }

        @Test
        void isGivenUpAfterTenMinutesWhateverTheClockSays() {
            customerHangsUp(PLAIN);
            clock.step(Duration.ofHours(1));
            Instant begun = clock.instant();
            twilio.always(Request.CONFERENCE, failing(Kind.UNREACHABLE));

            workUntilDone();
            assertThat(Duration.between(begun, clock.instant()))
                    .isBetween(Duration.ofMinutes(10), Duration.ofMinutes(10).plusSeconds(8));
            assertThat(heard.parked).hasSize(1);
        }

        @Test
        void thatPassesCostsNothingButTime() {
            customerHangsUp(PLAIN);
            twilio.before(Request.TASK, failing(Kind.UNAVAILABLE), failing(Kind.GARBLED));

            assertThat(workUntilDone()).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
            assertThat(value()).contains("customer");
            assertThat(heard.parked).isEmpty();
        }

        @Test
        void canSayHowLongToWaitWithinReason() {
            customerHangsUp(PLAIN);
            twilio.before(
                    Request.TASK,
                    failing(Kind.THROTTLED, Duration.ofSeconds(7)),
                    failing(Kind.THROTTLED, Duration.ofMinutes(5)));

            assertThat(workUntilDone()).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(30));
            assertThat(value()).contains("customer");
        }

        @ParameterizedTest
        @EnumSource(
                value = Request.class,
                names = {"CONFERENCE", "TASK", "CALL", "UPDATE"})
        void thatIsAboutTheCredentialsPutsTheTaskOff(Request request) {
            customerHangsUp(PLAIN);
            twilio.before(request, failing(Kind.UNAUTHORIZED), failing(Kind.NOT_SENT, Duration.ofSeconds(5)));

            assertThat(workUntilDone()).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(5));
            assertThat(heard.parked).isEmpty();
            assertThat(value()).contains("customer");
        }

        @ParameterizedTest
        @EnumSource(
                value = Request.class,
                names = {"CONFERENCE", "TASK", "CALL", "UPDATE"})
        void thatIsARefusalParksTheTaskAtOnce(Request request) {
            customerHangsUp(PLAIN);
            twilio.before(request, failing(Kind.REFUSED));
            try (CapturedLog log = new CapturedLog()) {
                Step step = work();

                String reason = "cannot succeed: request failed: as ordered; not tried again";
                assertThat(step).isEqualTo(new Step.Parked(reason));
                assertThat(heard.parked).containsExactly(reason);
                assertThat(heard.outcomes).isEmpty();
                assertThat(log.warnings()).containsExactly("task " + TASK + ": parked, " + reason);
            }
        }

        @Test
        void forgetsNothingSoThatTheNextEventStartsAgain() {
            customerHangsUp(PLAIN);
            twilio.before(Request.TASK, failing(Kind.REFUSED));
            work();
            queue.woken = 0;
            tell(EventType.RESERVATION_COMPLETED, ALICES, BROWSER);

            assertThat(queue.woken).isEqualTo(1);
            assertThat(work()).isEqualTo(new Step.Done());
            assertThat(value()).contains("customer");
        }
    }

    @Nested
    class AnUpdateThatIsRefused {
        private static final String REASON = "cannot succeed: request failed: as ordered; not tried again";

        @Test
        void isParkedIfTheTaskIsStillThereAndWrittenOnceItIsPutBack() {
            customerHangsUp(PLAIN);
            twilio.before(Request.UPDATE, failing(Kind.REFUSED));

            assertThat(work()).isEqualTo(new Step.Parked(REASON));
            assertThat(heard.parked).containsExactly(REASON);
            assertThat(twilio.asked())
                    .containsExactly(Request.CONFERENCE, Request.TASK, Request.CALL, Request.UPDATE, Request.TASK);

            assertThat(work()).isEqualTo(new Step.Done());
            assertThat(value()).contains("customer");
        }

        @ParameterizedTest
        @ValueSource(booleans = {false, true})
        void isTooLateIfTheTaskIsOver(boolean gone) {
            customerHangsUp(PLAIN);
            twilio.before(Request.UPDATE, () -> {
                if (gone) {
                    twilio.delete(TASK);
                } else {
                    twilio.complete(TASK);
                }
                failing(Kind.REFUSED).run();
            });

            assertThat(work()).isEqualTo(new Step.Done());
            assertThat(heard.only().verdict().endedBy()).contains(EndedBy.CUSTOMER);
            assertThat(heard.only().write())
                    .isEqualTo(new WriteResult(
                            Status.TOO_LATE,
                            gone ? "the task is gone" : "the task is completed already, too late to write"));
            assertThat(heard.parked).isEmpty();
        }

        @Test
        void isTriedAgainIfTheTaskCannotBeReadBack() {
            customerHangsUp(PLAIN);
            twilio.before(Request.UPDATE, () -> {
                twilio.before(Request.TASK, failing(Kind.UNAVAILABLE));
                failing(Kind.REFUSED).run();
            });

            assertThat(workUntilDone()).containsExactly(Duration.ofSeconds(1));
            assertThat(value()).contains("customer");
        }
    }

    @Nested
    class WorkThatCanNoLongerMatter {

        private void completes(Duration ago) {
            tell(EventType.RESERVATION_COMPLETED, ALICES, BROWSER);
            clock.step(ago);
        }

        @Test
        void endsWithAVerdictAndNothingWritten() {
            customerHangsUp(PLAIN);
            completes(Duration.ofSeconds(6));

            assertThat(work()).isEqualTo(new Step.Done());
            assertThat(heard.only().verdict().endedBy()).contains(EndedBy.CUSTOMER);
            assertThat(heard.only().write())
                    .isEqualTo(new WriteResult(Status.TOO_LATE, "the agent completed before it could be written"));
            assertThat(twilio.asked(Request.UPDATE)).isZero();
            assertThat(twilio.attributes(TASK)).isEqualTo(PLAIN);
        }

        @ParameterizedTest
        @CsvSource({"5, true", "6, false"})
        void isNotComparedInADryRun(int secondsAgo, boolean isCompared) {
            customerHangsUp(withValue(PLAIN, "disconnect"));
            completes(Duration.ofSeconds(secondsAgo));

            engine(new EngineSettings(true, Vocabulary.DEFAULT, true, false, false), heard)
                    .work(TASK, 0);

            assertThat(heard.compared)
                    .isEqualTo(
                            isCompared
                                    ? List.of(new Comparison(Optional.of("customer"), Optional.of("disconnect")))
                                    : List.of());
            assertThat(heard.last().write().status()).isEqualTo(isCompared ? Status.DRY_RUN : Status.TOO_LATE);
            assertThat(twilio.attributes(TASK)).isEqualTo(withValue(PLAIN, "disconnect"));
        }

        @Test
        void isNotThatOfAnAgentWhoHasJustCompleted() {
            customerHangsUp(PLAIN);
            completes(Duration.ofSeconds(5));

            work();

            assertThat(heard.only().write().status()).isEqualTo(Status.WRITTEN);
        }

        @Test
        void canBeDoneAllTheSame() {
            agentDrops(CLICKED);
            completes(Duration.ofMinutes(1));

            work();

            assertThat(heard.only().write().status()).isEqualTo(Status.STOOD);
        }

        @Test
        void leavesTheNextAgentsValueAlone() {
            talks(PLAIN);
            handsOn();
            wrapsUp();
            twilio.before(Request.CONFERENCE, failing(Kind.UNAVAILABLE));
            work();
            bobTakesOver();
            bobsCustomerGoes();

            work();

            assertThat(heard.outcomes)
                    .extracting(outcome -> outcome.write().status())
                    .containsExactly(Status.TOO_LATE, Status.WRITTEN);
            assertThat(value()).contains("customer");
        }

        @Test
        void leavesTheNextAgentsValueAloneAlsoWhereItIsHeardOfLast() {
            talks(PLAIN);
            handsOn();
            ReservationEvent late = event(EventType.RESERVATION_WRAPUP, ALICES, BROWSER);
            bobTakesOver();
            bobsCustomerGoes();
            work();
            assertThat(value()).contains("customer");
            journal.append(late);
            work();
            twilio.forgetRequests();

            assertThat(work()).isEqualTo(new Step.Done());
            assertThat(heard.outcomes)
                    .extracting(outcome -> outcome.write().status())
                    .containsExactly(Status.WRITTEN, Status.TOO_LATE);
            assertThat(value()).contains("customer");
            assertThat(twilio.asked()).isEmpty();
        }

        @Test
        void stillUsesUpTheAgentsClick() {
            talks(withValue(PLAIN, "agent"));
            twilio.lists(CONFERENCE, new Leg(CUSTOMER, true, true));
            wrapsUp();
            twilio.before(Request.CONFERENCE, failing(Kind.UNAVAILABLE));
            work();
            bobTakesOver();
            work();
            assertThat(heard.only().verdict().endedBy()).contains(EndedBy.AGENT);

            bobsLegGoes();
            work();

            assertThat(heard.last().verdict().endedBy()).contains(EndedBy.DISCONNECT);
            assertThat(value()).contains("disconnect");
        }

        @Test
        void isParkedOnceTwilioHasForgottenTheTask() {
            customerHangsUp(PLAIN);
            twilio.always(Request.CONFERENCE, failing(Kind.UNREACHABLE));
            completes(Duration.ofSeconds(10));
            Instant completed = clock.instant().minusSeconds(10);

            workUntilDone();

            assertThat(heard.parked)
                    .containsExactly("given up, as the agent completed 5 minutes ago: request failed: as ordered;"
                            + " worth another try");
            assertThat(Duration.between(completed, clock.instant()))
                    .isBetween(Duration.ofMinutes(5), Duration.ofMinutes(5).plusSeconds(30));
            assertThat(work()).isInstanceOf(Step.Parked.class);
        }

        @Test
        void isNotWhatIsDueAfterALongWrapUp() {
            agentDrops(PLAIN);
            work();
            assertThat(value()).contains("disconnect");
            clock.step(Duration.ofMinutes(20));
            bobTakesOver();
            twilio.before(Request.TASK, failing(Kind.UNAVAILABLE));

            assertThat(workUntilDone()).containsExactly(Duration.ofSeconds(1));
            assertThat(value()).isEmpty();
        }

        private void handsOn() {
            journal.append(new TransferEvent(
                    EventType.TRANSFER_INITIATED,
                    TASK,
                    clock.instant(),
                    Optional.of(ALICES),
                    Optional.of(Transfer.Mode.COLD)));
            clock.step(Duration.ofSeconds(1));
        }

        private void bobsCustomerGoes() {
            ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, CUSTOMER);
            tell(EventType.RESERVATION_WRAPUP, BOBS, BOBS_BROWSER);
        }
    }

    @Nested
    class TheListener {

        @Test
        void hearsOfASegmentBeforeEachAttemptAndNeverAfterItsOutcome() {
            List<String> told = new ArrayList<>();
            CallEngine telling =
                    engine(new EngineSettings(true, Vocabulary.DEFAULT, false, false, false), new HangUpByListener() {
                        @Override
                        public void onUndecided(Segment segment) {
                            told.add(segment.reservation() + " is undecided, asked so far: " + twilio.asked());
                        }

                        @Override
                        public void onOutcome(Outcome outcome) {
                            told.add(outcome.segment().reservation() + " is decided");
                        }
                    });
            customerHangsUp(PLAIN);
            twilio.before(Request.CONFERENCE, failing(Kind.UNAVAILABLE));

            workUntilDone(telling);
            tell(EventType.RESERVATION_COMPLETED, ALICES, BROWSER);
            workUntilDone(telling);

            assertThat(told)
                    .containsExactly(
                            ALICES + " is undecided, asked so far: []",
                            ALICES + " is undecided, asked so far: [CONFERENCE]",
                            ALICES + " is decided");
        }

        @Test
        void hearsTheOutcomeOnceItIsRemembered() {
            List<Boolean> remembered = new ArrayList<>();
            customerHangsUp(PLAIN);

            engine(new EngineSettings(true, Vocabulary.DEFAULT, false, false, false), new HangUpByListener() {
                        @Override
                        public void onOutcome(Outcome outcome) {
                            remembered.add(journal.read(TASK).outcomes().contains(outcome));
                        }
                    })
                    .work(TASK, 0);

            assertThat(remembered).containsExactly(true);
        }

        @Test
        void changesNothingByThrowing() {
            customerHangsUp(PLAIN);
            CallEngine faulty =
                    engine(new EngineSettings(true, Vocabulary.DEFAULT, false, false, false), new Throwing());
            try (CapturedLog log = new CapturedLog()) {
                assertThat(faulty.work(TASK, 0)).isEqualTo(new Step.Done());

                assertThat(log.warnings())
                        .containsExactly(
                                "task " + TASK + ": a listener failed", "task " + TASK + ": a listener failed");
            }
            assertThat(value()).contains("customer");
            assertThat(journal.read(TASK).outcomes()).hasSize(1);
            assertThat(faulty.work(TASK, 0)).isEqualTo(new Step.Done());
            assertThat(twilio.asked(Request.UPDATE)).isEqualTo(1);
        }

        @Test
        void changesNothingByThrowingWhenATaskIsParked() {
            customerHangsUp(PLAIN);
            twilio.before(Request.TASK, failing(Kind.REFUSED));

            assertThat(engine(new EngineSettings(true, Vocabulary.DEFAULT, false, false, false), new Throwing())
                            .work(TASK, 0))
                    .isInstanceOf(Step.Parked.class);
        }
    }

    @Nested
    class AReservationThatNobodyToldUsOf {

        @Test
        void isFoundInTaskRoutersOwnRecord() {
            onlyTheTasksWrapUpArrives();
            twilio.put(event(EventType.RESERVATION_ACCEPTED, ALICES, BROWSER));
            twilio.put(event(EventType.RESERVATION_WRAPUP, ALICES, BROWSER));

            assertThat(work()).isEqualTo(new Step.Done());
            assertThat(twilio.asked(Request.EVENTS)).isEqualTo(1);
            assertThat(value()).contains("customer");
            assertThat(heard.only().segment().reservation()).isEqualTo(ALICES);
            assertThat(heard.undecided).containsExactly(heard.only().segment());
        }

        @Test
        void leavesTheTaskAloneIfThereIsNone() {
            onlyTheTasksWrapUpArrives();
            try (CapturedLog log = new CapturedLog()) {
                assertThat(work()).isEqualTo(new Step.Done());

                assertThat(log.warnings())
                        .containsExactly("task " + TASK
                                + ": wrapped up, but TaskRouter tells of no agent who took it; nothing is written");
            }
            assertThat(twilio.asked()).containsExactly(Request.EVENTS);
            assertThat(heard.outcomes).isEmpty();
        }

        @Test
        void isLookedForAgainIfTwilioDoesNotAnswer() {
            onlyTheTasksWrapUpArrives();
            twilio.put(event(EventType.RESERVATION_WRAPUP, ALICES, BROWSER));
            twilio.before(Request.EVENTS, failing(Kind.UNAVAILABLE), failing(Kind.UNREACHABLE));

            assertThat(workUntilDone()).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
            assertThat(heard.parked).isEmpty();
            assertThat(value()).contains("customer");
        }

        @Test
        void isGivenUpAfterTenMinutesToo() {
            onlyTheTasksWrapUpArrives();
            twilio.always(Request.EVENTS, failing(Kind.UNAVAILABLE));
            Instant over = clock.instant();

            workUntilDone();

            assertThat(heard.parked).singleElement().asString().startsWith("given up after 10 minutes: ");
            assertThat(clock.instant()).isAfter(over.plus(Duration.ofMinutes(10)));
        }

        private void onlyTheTasksWrapUpArrives() {
            twilio.put(TASK, PLAIN);
            ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, CUSTOMER);
            taskWrapsUp();
        }
    }

    @Nested
    class AnAgentsOwnWrapUpThatComesLate {

        @Test
        void hasTheSegmentJudgedAnewAsOfItsOwnMoment() {
            talks(PLAIN);
            Instant left = clock.instant();
            ReservationEvent late = event(EventType.RESERVATION_WRAPUP, ALICES, BROWSER);
            clock.step(Duration.ofSeconds(5));
            ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, CUSTOMER);
            taskWrapsUp();
            work();
            assertThat(value()).contains("customer");

            journal.append(late);
            work();

            assertThat(heard.outcomes).hasSize(2);
            assertThat(heard.undecided).hasSize(1);
            assertThat(heard.outcomes.get(1).segment().left()).isEqualTo(left);
            assertThat(heard.outcomes.get(1).verdict().endedBy()).contains(EndedBy.UNKNOWN);
        }

        /** Seconds from the agent's completion to the first verdict on it, and from there to the second. */
        @ParameterizedTest
        @CsvSource({"0, 0, true", "0, 60, true", "6, 60, false"})
        void isCountedOnceInADryRun(int first, int second, boolean isCompared) {
            DryRunReport report = new DryRunReport(Vocabulary.DEFAULT::value);
            CallEngine looksOn = engine(new EngineSettings(true, Vocabulary.DEFAULT, true, false, false), report);
            talks(withValue(PLAIN, "disconnect"));
            ReservationEvent late = event(EventType.RESERVATION_WRAPUP, ALICES, BROWSER);
            clock.step(Duration.ofSeconds(5));
            ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, CUSTOMER);
            taskWrapsUp();
            tell(EventType.RESERVATION_COMPLETED, ALICES, BROWSER);
            clock.step(Duration.ofSeconds(first));
            looksOn.work(TASK, 0);
            assertThat(report.rows())
                    .isEqualTo(isCompared ? List.of(row("customer-left", Optional.of("customer"))) : List.of());

            twilio.edit(TASK, attributes -> withValue(PLAIN, "the next agent's"));
            clock.step(Duration.ofSeconds(second));
            journal.append(late);
            looksOn.work(TASK, 0);

            assertThat(report.rows()).isEqualTo(isCompared ? List.of(row("undecided", Optional.empty())) : List.of());
            assertThat(report.notCompared()).isEqualTo(isCompared ? 0 : 1);
        }

        private static DryRunReport.Row row(String rule, Optional<String> ours) {
            return new DryRunReport.Row(rule, new Comparison(ours, Optional.of("disconnect")), 1);
        }
    }

    @Nested
    class WhatStatusCallbacksTell {

        @Test
        void isWaitedForWithoutARequestUntilTheAgentsLeavingIsTold() {
            talks(PLAIN);
            joins(CUSTOMER, 1);
            ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, CUSTOMER);
            wrapsUp();

            assertThat(engine.work(TASK, 0)).isEqualTo(later(250));
            assertThat(twilio.asked()).isEmpty();

            leaves(CUSTOMER, 2, Leave.Reason.PARTICIPANT_HUNG_UP);
            leaves(AGENT, 3, Leave.Reason.MODERATOR_ENDED_CONFERENCE);
            engine.work(TASK, 1);

            assertThat(twilio.asked()).containsExactly(Request.CONFERENCE, Request.TASK, Request.UPDATE);
            assertThat(value()).contains("customer");
        }

        @Test
        void isNotWaitedForWithoutEnd() {
            talks(PLAIN);
            joins(CUSTOMER, 1);
            ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, AGENT);
            wrapsUp();

            assertThat(workUntilDone())
                    .containsExactly(Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofSeconds(1));
            assertThat(value()).contains("disconnect");
        }

        @Test
        void turnsAVerdictIfItComesLate() {
            agentDrops(PLAIN);
            work();
            assertThat(value()).contains("disconnect");
            int before = queue.woken;

            leaves(CUSTOMER, 2, Leave.Reason.PARTICIPANT_HUNG_UP);
            leaves(AGENT, 3, Leave.Reason.PARTICIPANT_HUNG_UP);

            assertThat(queue.woken).isGreaterThan(before);
            work();
            assertThat(value()).contains("customer");
            assertThat(heard.outcomes)
                    .extracting(outcome -> outcome.verdict().rule())
                    .containsExactly("agent-left", "customer-left");
        }

        @Test
        void costsNoRequestAndNobodyHearsOfItIfItTurnsNothing() {
            agentDrops(PLAIN);
            work();
            int asked = twilio.asked().size();

            leaves(AGENT, 2, Leave.Reason.PARTICIPANT_HUNG_UP);
            leaves(CUSTOMER, 3, Leave.Reason.MODERATOR_ENDED_CONFERENCE);
            work();

            assertThat(twilio.asked()).hasSize(asked);
            assertThat(heard.outcomes).hasSize(1);
            assertThat(journal.read(TASK).callsForWork()).isFalse();
        }

        @Test
        void turnsNothingThatStands() {
            customerHangsUp(PLAIN);
            work();
            int before = queue.woken;

            leaves(AGENT, 2, Leave.Reason.PARTICIPANT_HUNG_UP);
            leaves(CUSTOMER, 3, Leave.Reason.PARTICIPANT_HUNG_UP);
            work();

            assertThat(queue.woken).isEqualTo(before);
            assertThat(value()).contains("customer");
        }

        @Test
        void turnsNothingOnceTheAgentHasCompleted() {
            agentDrops(PLAIN);
            work();
            tell(EventType.RESERVATION_COMPLETED, ALICES, BROWSER);
            work();

            leaves(CUSTOMER, 2, Leave.Reason.PARTICIPANT_HUNG_UP);
            leaves(AGENT, 3, Leave.Reason.PARTICIPANT_HUNG_UP);
            work();

            assertThat(value()).contains("disconnect");
        }

        @Test
        void fillsWhatTheResourceLeavesOut() {
            talks(PLAIN);
            twilio.put(new Conference(
                    CONFERENCE,
                    Conference.Status.COMPLETED,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(clock.instant())));
            journal.append(new ConferenceEvent.Ended(
                    origin(4),
                    Optional.of(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_KICKED),
                    Optional.of(CUSTOMER)));
            wrapsUp();

            work();

            assertThat(value()).contains("agent");
        }

        private void joins(CallSid leg, int number) {
            journal.append(new ConferenceEvent.LegSeen(origin(number), leg, true));
        }

        private void leaves(CallSid leg, int number, Leave.Reason reason) {
            journal.append(new ConferenceEvent.LegLeft(origin(number), leg, Optional.of(reason), false));
        }

        private ConferenceEvent.Origin origin(int number) {
            return new ConferenceEvent.Origin(TASK, CONFERENCE, number, clock.instant(), Optional.of(CUSTOMER));
        }
    }

    @Nested
    class ACallThatWasUnderWayWhenWeBeganToListen {

        @Test
        void isAskedForBeforeAVerdictThatRestsOnSilence() {
            underWay();
            twilio.put(new TransferEvent(
                    EventType.TRANSFER_INITIATED,
                    TASK,
                    clock.instant().minusSeconds(9),
                    Optional.of(ALICES),
                    Optional.of(Transfer.Mode.COLD)));
            twilio.lists(CONFERENCE, new Leg(CUSTOMER, true, true));
            wrapsUp();

            work();

            assertThat(value()).contains("cold transfer");
            assertThat(twilio.asked(Request.EVENTS)).isEqualTo(1);
        }

        @Test
        void isNotAskedForWhereTheEvidenceSpeaks() {
            underWay();
            ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, CUSTOMER);
            wrapsUp();

            work();

            assertThat(value()).contains("customer");
            assertThat(twilio.asked(Request.EVENTS)).isZero();
        }

        @Test
        void isJudgedByWhatThereIsWhereNothingElseIsRecorded() {
            underWay();
            ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, AGENT);
            wrapsUp();

            work();

            assertThat(value()).contains("disconnect");
            assertThat(twilio.asked(Request.EVENTS)).isEqualTo(1);
        }

        private void underWay() {
            twilio.put(TASK, PLAIN);
            twilio.put(new Conference(
                    CONFERENCE, Conference.Status.IN_PROGRESS, Optional.empty(), Optional.empty(), Optional.empty()));
            twilio.put(new Call(CUSTOMER, Call.Status.IN_PROGRESS, Optional.empty(), Optional.empty()));
        }
    }

    @Nested
    class WhenThePluginPinsValues {
        @Test
        void eachAgentsIsSetApartWhileTheyShareTheField() {
            bothWrapUp(PLAIN);

            assertThat(value()).contains("cold transfer");
            assertThat(pin(ALICES)).contains("cold transfer");
            assertThat(pin(BOBS)).contains("customer");
            assertThat(statusOf(BOBS)).isEqualTo(WriteResult.Status.PINNED);
        }

        @Test
        void nothingCollidesIfTheLaterOneCompletesFirst() {
            bothWrapUp(PLAIN);

            tell(EventType.RESERVATION_COMPLETED, BOBS, BOBS_BROWSER);
            pinning().work(TASK, 0);

            assertThat(heard.collisions).isEmpty();
            assertThat(value()).contains("cold transfer");
        }

        @Test
        void theFieldIsWrittenAllTheSameWhereTheAttributesHaveNoRoom() {
            bothWrapUp(PLAIN.substring(0, PLAIN.length() - 1) + ",\"hangupby\":\"a text\"}");

            assertThat(value()).contains("cold transfer");
            assertThat(pin(BOBS)).isEmpty();
            assertThat(statusOf(BOBS)).isEqualTo(WriteResult.Status.WAITING);
        }

        @Test
        void anAgentAloneNeedsNoPin() {
            talks(PLAIN);
            ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, CUSTOMER);
            wrapsUp();
            pinning().work(TASK, 0);

            assertThat(value()).contains("customer");
            assertThat(pin(ALICES)).isEmpty();
        }

        /** Alice hands the customer on to Bob, who is hung up on while she is still in after-call work. */
        private void bothWrapUp(String attributes) {
            talks(attributes);
            journal.append(new TransferEvent(
                    EventType.TRANSFER_INITIATED,
                    TASK,
                    clock.instant(),
                    Optional.of(ALICES),
                    Optional.of(Transfer.Mode.COLD)));
            twilio.lists(CONFERENCE, new Leg(CUSTOMER, true, true));
            clock.step(Duration.ofSeconds(1));
            wrapsUp();
            pinning().work(TASK, 0);
            clock.step(Duration.ofSeconds(5));
            tell(EventType.RESERVATION_CREATED, BOBS, BOBS_BROWSER);
            tell(EventType.RESERVATION_ACCEPTED, BOBS, BOBS_BROWSER);
            clock.step(Duration.ofSeconds(5));
            ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, CUSTOMER);
            tell(EventType.RESERVATION_WRAPUP, BOBS, BOBS_BROWSER);
            pinning().work(TASK, 0);
        }

        private CallEngine pinning() {
            return engine(new EngineSettings(true, Vocabulary.DEFAULT, false, false, true), heard);
        }

        private Optional<String> pin(ReservationSid reservation) {
            return TaskAttributes.of(twilio.attributes(TASK))
                    .string("hangupby", "segments", reservation.value(), "hang_up_by");
        }

        private WriteResult.Status statusOf(ReservationSid reservation) {
            return journal.read(TASK).outcome(reservation).orElseThrow().write().status();
        }
    }

    @Nested
    class WhenTheJournalIsFullOfOpenCalls {
        private int others;

        private void open(int calls) {
            for (int i = 0; i < calls; i++) {
                journal.append(new TaskEvent(
                        EventType.TASK_CREATED, Events.task(++others), clock.instant(), Optional.empty()));
            }
        }

        @Test
        void eachReservationHasOneOutcomeAndTheFirstValueIsTakenOff() {
            open(2000);
            talks(PLAIN);
            journal.append(new TransferEvent(
                    EventType.TRANSFER_INITIATED,
                    TASK,
                    clock.instant(),
                    Optional.of(ALICES),
                    Optional.of(Transfer.Mode.COLD)));
            twilio.lists(CONFERENCE, new Leg(CUSTOMER, true, true));
            clock.step(Duration.ofSeconds(1));
            wrapsUp();
            workUntilDone();
            open(10);
            assertThat(journal.forgottenForRoom()).isPositive();
            assertThat(value()).contains("cold transfer");

            tell(EventType.RESERVATION_COMPLETED, ALICES, BROWSER);
            workUntilDone();
            open(10);
            assertThat(value()).isEmpty();

            tell(EventType.RESERVATION_ACCEPTED, BOBS, BOBS_BROWSER);
            clock.step(Duration.ofMinutes(1));
            ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, CUSTOMER);
            tell(EventType.RESERVATION_WRAPUP, BOBS, BOBS_BROWSER);
            open(10);
            workUntilDone();

            assertThat(value()).contains("customer");
            assertThat(heard.outcomes)
                    .extracting(outcome -> outcome.segment().reservation())
                    .containsExactly(ALICES, BOBS);
        }
    }

    @Nested
    class ALateTransferEvent {

        @Test
        void turnsADropIntoAHandingOn() {
            talks(PLAIN);
            TransferEvent late = new TransferEvent(
                    EventType.TRANSFER_INITIATED,
                    TASK,
                    clock.instant(),
                    Optional.of(ALICES),
                    Optional.of(Transfer.Mode.COLD));
            twilio.lists(CONFERENCE, new Leg(CUSTOMER, true, true));
            clock.step(Duration.ofSeconds(1));
            wrapsUp();
            work();
            assertThat(value()).contains("disconnect");

            journal.append(late);
            work();

            assertThat(value()).contains("cold transfer");
        }
    }

    @Nested
    class ThePreset {
        private static final String WAITS = "{\"direction\":\"inbound\",\"big\":9007199254740993}";

        private final CallEngine presetting = presetting(Vocabulary.DEFAULT);

        @Test
        void costsOneReadAndOneWriteForANewTask() {
            comesIn(WAITS);

            assertThat(presetting.work(TASK, 0)).isEqualTo(new Step.Done());
            assertThat(twilio.asked()).containsExactly(Request.TASK, Request.UPDATE);
            assertThat(twilio.attributes(TASK)).isEqualTo(withValue(WAITS, "customer"));
            assertThat(heard.outcomes).isEmpty();
        }

        @Test
        void isSpelledLikeTheCustomersValue() {
            comesIn(WAITS);

            presetting(Vocabulary.DEFAULT.with(Style.TITLE)).work(TASK, 0);

            assertThat(value()).contains("Customer");
        }

        @Test
        void takesThePlaceOfAnEmptyText() {
            comesIn(withValue(WAITS, ""));

            presetting.work(TASK, 0);

            assertThat(value()).contains("customer");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"direction\":\"Outbound\"}",
                    "{\"client_call\":true}",
                    "{\"conversations\":{\"hang_up_by\":\"theirs\"}}",
                    ANSWERED
                })
        void isNotWrittenIntoAnyOtherTask(String attributes) {
            comesIn(attributes);

            presetting.work(TASK, 0);

            assertThat(twilio.asked()).containsExactly(Request.TASK);
            assertThat(twilio.attributes(TASK)).isEqualTo(attributes);
        }

        @Test
        void isNotWrittenIntoATaskThatIsOver() {
            comesIn(WAITS);
            twilio.complete(TASK);

            presetting.work(TASK, 0);

            assertThat(twilio.asked()).containsExactly(Request.TASK);
        }

        @ParameterizedTest
        @EnumSource(
                value = EventType.class,
                names = {"RESERVATION_ACCEPTED", "RESERVATION_COMPLETED"})
        void isNotWrittenOnceAnAgentTookTheTask(EventType earlier) {
            tell(earlier, ALICES, BROWSER);
            comesIn(WAITS);

            presetting.work(TASK, 0);

            assertThat(twilio.asked()).isEmpty();
        }

        @ParameterizedTest
        @EnumSource(
                value = EventType.class,
                names = {"TASK_CANCELED", "TASK_COMPLETED", "TASK_DELETED", "TASK_SYSTEM_DELETED"})
        void isNotWrittenOnceTheTaskIsKnownToBeOver(EventType earlier) {
            journal.append(new TaskEvent(earlier, TASK, clock.instant(), Optional.empty()));
            comesIn(WAITS);

            presetting.work(TASK, 0);

            assertThat(twilio.asked()).isEmpty();
        }

        @Test
        void doesNotResetWhatIsDecided() {
            agentDrops(PLAIN);
            presetting.work(TASK, 0);
            twilio.forgetRequests();
            queue.woken = 0;
            journal.append(created(clock.instant().minus(Duration.ofMinutes(5))));

            presetting.work(TASK, 0);

            assertThat(queue.woken).isZero();
            assertThat(twilio.asked()).isEmpty();
            assertThat(value()).contains("disconnect");
        }

        @Test
        void isOff() {
            comesIn(WAITS);

            work();

            assertThat(twilio.asked()).isEmpty();
        }

        @Test
        void isNotWrittenInADryRun() {
            comesIn(WAITS);

            engine(new EngineSettings(true, Vocabulary.DEFAULT, true, true, false), heard)
                    .work(TASK, 0);

            assertThat(twilio.asked()).isEmpty();
        }

        @Test
        void isNotWrittenWhereTheCustomersValueIsSwitchedOff() {
            comesIn(WAITS);

            presetting(Vocabulary.DEFAULT.with(EndedBy.CUSTOMER, "")).work(TASK, 0);

            assertThat(twilio.asked()).isEmpty();
        }

        @Test
        void leavesWhatAnotherWriterIsFasterWith() {
            comesIn(WAITS);
            twilio.before(Request.UPDATE, () -> twilio.edit(TASK, text -> withValue(text, "theirs")));

            presetting.work(TASK, 0);

            assertThat(value()).contains("theirs");
            assertThat(twilio.asked(Request.UPDATE)).isEqualTo(1);
        }

        @Test
        void isTriedAgainWhereTwilioDoesNotAnswer() {
            comesIn(WAITS);
            twilio.before(Request.TASK, failing(Kind.UNAVAILABLE));

            assertThat(presetting.work(TASK, 0)).isEqualTo(later(1000));
            assertThat(presetting.work(TASK, 1)).isEqualTo(new Step.Done());
            assertThat(value()).contains("customer");
        }

        @Test
        void isTakenOffByUnknown() {
            preset();
            undecided();

            assertThat(heard.only().verdict().endedBy()).contains(EndedBy.UNKNOWN);
            assertThat(twilio.attributes(TASK)).doesNotContain("hang_up_by");
        }

        @Test
        void isTakenOffByUnknownAlsoWhereItsWriteWasNeverAnswered() {
            comesIn(WAITS);
            twilio.after(Request.UPDATE, () -> {
                twilio.before(Request.TASK, failing(Kind.UNREACHABLE));
                failing(Kind.UNREACHABLE).run();
            });
            assertThat(presetting.work(TASK, 0)).isEqualTo(later(1000));
            assertThat(presetting.work(TASK, 1)).isEqualTo(new Step.Done());
            assertThat(value()).contains("customer");
            undecided();

            assertThat(value()).isEmpty();
        }

        @Test
        void isTakenOffWhereThereWasNoCustomerToEndIt() {
            preset();
            tell(EventType.RESERVATION_ACCEPTED, ALICES, BROWSER);
            wrapsUp();

            presetting.work(TASK, 0);

            assertThat(heard.only().verdict().rule()).isEqualTo("not-a-customer-call");
            assertThat(value()).isEmpty();
        }

        @Test
        void isLeftAloneOnceSomebodyElseWroteOverIt() {
            preset();
            twilio.edit(TASK, text -> withValue(text, "theirs"));
            undecided();

            assertThat(value()).contains("theirs");
        }

        @Test
        void standsForTheCustomerWithoutAnotherWrite() {
            preset();
            joins();
            ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, CUSTOMER);
            wrapsUp();

            presetting.work(TASK, 0);

            assertThat(heard.only().write().status()).isEqualTo(Status.STOOD);
            assertThat(twilio.asked()).containsExactly(Request.CONFERENCE, Request.TASK, Request.CALL);
        }

        @Test
        void comesBackOnceAnAgentIsDoneWhileTheTaskLivesOn() {
            preset();
            dropsAlone();
            assertThat(value()).contains("disconnect");
            bobTakesOver();

            presetting.work(TASK, 0);

            assertThat(value()).contains("customer");
            bobsLegGoes();
            presetting.work(TASK, 0);
            assertThat(value()).contains("disconnect");
        }

        @Test
        void comesBackAfterUnknownToo() {
            preset();
            undecided();
            bobTakesOver();

            presetting.work(TASK, 0);

            assertThat(value()).contains("customer");
        }

        @Test
        void doesNotComeBackOverTheNextAgentsClick() {
            preset();
            dropsAlone();
            twilio.edit(TASK, text -> withValue(text, "agent"));
            bobTakesOver();

            presetting.work(TASK, 0);

            assertThat(value()).contains("agent");
        }

        @Test
        void doesNotComeBackWhereItWasNeverPut() {
            comesIn(withValue(WAITS, "theirs"));
            presetting.work(TASK, 0);
            dropsAlone();
            bobTakesOver();

            presetting.work(TASK, 0);

            assertThat(value()).isEmpty();
        }

        @Test
        void isNoClickWhereTheCustomerIsCalledAgent() {
            CallEngine customerIsAgent = presetting(Vocabulary.DEFAULT.with(EndedBy.CUSTOMER, "Agent"));
            comesIn(WAITS);
            customerIsAgent.work(TASK, 0);
            assertThat(value()).contains("Agent");
            joins();
            ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, AGENT);
            wrapsUp();

            customerIsAgent.work(TASK, 0);

            assertThat(value()).contains("disconnect");
        }

        private CallEngine presetting(Vocabulary vocabulary) {
            return engine(new EngineSettings(true, vocabulary, false, true, false), heard);
        }

        private TaskEvent created(Instant at) {
            return new TaskEvent(EventType.TASK_CREATED, TASK, at, Optional.empty());
        }

        private void comesIn(String attributes) {
            twilio.put(TASK, attributes);
            journal.append(created(clock.instant()));
        }

        private void preset() {
            comesIn(WAITS);
            presetting.work(TASK, 0);
            assertThat(value()).contains("customer");
            twilio.forgetRequests();
        }

        /** Alice takes the call, as it stands. */
        private void joins() {
            String waits = twilio.attributes(TASK);
            talks(waits.substring(0, waits.length() - 1) + "," + LIVE + "}");
        }

        private void dropsAlone() {
            joins();
            ends(EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT, AGENT);
            wrapsUp();
            presetting.work(TASK, 0);
        }

        /** Alice's part ends, and Twilio does not tell how. */
        private void undecided() {
            joins();
            wrapsUp();
            workUntilDone(presetting);
            assertThat(heard.only().verdict().endedBy()).contains(EndedBy.UNKNOWN);
        }
    }

    /** What the listener heard. */
    private static final class Heard implements HangUpByListener {
        private final List<Segment> undecided = new ArrayList<>();
        private final List<Outcome> outcomes = new ArrayList<>();
        private final List<Outcome> collisions = new ArrayList<>();
        private final List<Comparison> compared = new ArrayList<>();
        private final List<String> parked = new ArrayList<>();

        @Override
        public void onUndecided(Segment segment) {
            undecided.add(segment);
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
        public void onCompared(Outcome outcome, Comparison comparison) {
            compared.add(comparison);
        }

        @Override
        public void onParked(TaskRef task, String reason) {
            assertThat(task).isEqualTo(TASK);
            parked.add(reason);
        }

        Outcome last() {
            return outcomes.get(outcomes.size() - 1);
        }

        Outcome only() {
            assertThat(outcomes).hasSize(1);
            return outcomes.get(0);
        }
    }

    private static final class Throwing implements HangUpByListener {
        @Override
        public void onUndecided(Segment segment) {
            throw new IllegalStateException("a listener's fault");
        }

        @Override
        public void onOutcome(Outcome outcome) {
            throw new IllegalStateException("a listener's fault");
        }

        @Override
        public void onParked(TaskRef task, String reason) {
            throw new IllegalStateException("a listener's fault");
        }
    }

    /** Counts wakes; the tests themselves do the work. */
    private static final class Wakes implements CallQueue {
        private int woken;

        @Override
        public void start(CallWork work, List<Chore> chores) {}

        @Override
        public void wake(TaskRef task) {
            woken++;
        }

        @Override
        public Optional<Instant> lastTold(TaskRef task) {
            return Optional.empty();
        }

        @Override
        public int size() {
            return 0;
        }

        @Override
        public List<ParkedCall> parked(int atMost) {
            return List.of();
        }

        @Override
        public boolean putBack(TaskRef task) {
            return false;
        }

        @Override
        public List<TaskRef> stop(Duration within) {
            return List.of();
        }
    }
}
