package io.hangupby.internal.processing;

import static io.hangupby.internal.twilio.InMemoryTwilio.failing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import io.hangupby.call.AccountSid;
import io.hangupby.call.CallSid;
import io.hangupby.call.ConferenceSid;
import io.hangupby.call.TaskRef;
import io.hangupby.call.TaskSid;
import io.hangupby.call.WorkspaceSid;
import io.hangupby.internal.attributes.TaskAttributes;
import io.hangupby.internal.twilio.InMemoryTwilio;
import io.hangupby.internal.twilio.InMemoryTwilio.Request;
import io.hangupby.internal.twilio.TaskUpdate;
import io.hangupby.internal.twilio.TwilioGateway;
import io.hangupby.telemetry.Telemetry;
import io.hangupby.testing.CapturedLog;
import io.hangupby.testing.HandClock;
import io.hangupby.twilio.Reachability;
import io.hangupby.twilio.TwilioFailure;
import io.hangupby.twilio.TwilioFailure.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ResilientGatewayTest {
    private static final TaskRef TASK = new TaskRef(
            new AccountSid("AC" + "1".repeat(32)),
            new WorkspaceSid("WS" + "2".repeat(32)),
            new TaskSid("WT" + "3".repeat(32)));
    private static final CallSid CALL = new CallSid("CA" + "4".repeat(32));
    private static final ConferenceSid CONFERENCE = new ConferenceSid("CF" + "5".repeat(32));
    private static final Duration DEADLINE = Duration.ofSeconds(15);

    private final HandClock clock = new HandClock(Instant.parse("2026-03-04T10:15:30Z"));
    private final List<Duration> waits = Collections.synchronizedList(new ArrayList<>());
    private final InMemoryTwilio twilio = new InMemoryTwilio();
    private final ResilientGateway gateway = gateway(4, 0);
    private int tasks = 1;

    private ResilientGateway gateway(int maxConcurrentCalls, int maxUpdatesPerSecond) {
        return new ResilientGateway(
                twilio, maxConcurrentCalls, maxUpdatesPerSecond, Telemetry.NOOP, clock, this::sleep);
    }

    private void sleep(Duration wait) {
        waits.add(wait);
        clock.step(wait);
    }

    private TaskUpdate update(TwilioGateway through) {
        return through.updateTask(TASK, TaskAttributes.of("{\"a\":1}"), "\"0\"");
    }

    /** One of many tasks. */
    private static TaskRef task(int number) {
        return new TaskRef(TASK.account(), TASK.workspace(), new TaskSid("WT" + "%032x".formatted(number)));
    }

    private static ConferenceSid conference(int number) {
        return new ConferenceSid("CF" + "%032x".formatted(number));
    }

    /** An update of a task that has not been updated before. */
    private TaskUpdate updateOfAnother(TwilioGateway through) {
        return through.updateTask(task(tasks++), TaskAttributes.of("{\"a\":1}"), "\"0\"");
    }

    private static TwilioFailure failure(Runnable request) {
        TwilioFailure failure = catchThrowableOfType(TwilioFailure.class, request::run);
        assertThat(failure).isNotNull();
        return failure;
    }

    /** The requests that there are; all but the update can be asked twice without harm. */
    enum Ask {
        CONFERENCE(Request.CONFERENCE),
        PARTICIPANTS(Request.PARTICIPANTS),
        CALL(Request.CALL),
        TASK(Request.TASK),
        EVENTS(Request.EVENTS);

        private final Request request;

        Ask(Request request) {
            this.request = request;
        }

        void of(TwilioGateway gateway) {
            switch (this) {
                case CONFERENCE -> gateway.conference(ResilientGatewayTest.CONFERENCE);
                case PARTICIPANTS -> gateway.participants(ResilientGatewayTest.CONFERENCE);
                case CALL -> gateway.call(ResilientGatewayTest.CALL);
                case TASK -> gateway.task(ResilientGatewayTest.TASK);
                case EVENTS -> gateway.events(ResilientGatewayTest.TASK);
            }
        }
    }

    @Nested
    class ARead {

        @ParameterizedTest
        @EnumSource
        void is_passed_on_once_if_all_is_well(Ask ask) {
            ask.of(gateway);

            assertThat(twilio.asked()).containsExactly(ask.request);
            assertThat(waits).isEmpty();
        }

        @ParameterizedTest
        @EnumSource
        void is_retried_until_it_succeeds(Ask ask) {
            twilio.before(
                    ask.request,
                    failing(Kind.UNAVAILABLE),
                    failing(Kind.UNREACHABLE),
                    failing(Kind.INVALID_RESPONSE),
                    failing(Kind.NOT_FOUND));

            ask.of(gateway);

            assertThat(twilio.asked(ask.request)).isEqualTo(5);
            assertThat(waits).hasSize(4);
        }

        @Test
        void waits_as_long_as_twilio_asks_for() {
            twilio.before(
                    Request.CALL,
                    failing(Kind.THROTTLED, Duration.ofSeconds(3)),
                    failing(Kind.THROTTLED, Duration.ofSeconds(5)));

            gateway.call(CALL);

            assertThat(waits).containsExactly(Duration.ofSeconds(3), Duration.ofSeconds(5));
        }

        @Test
        void waits_longer_each_time_and_never_in_step_with_others() {
            List<List<Duration>> rounds = new ArrayList<>();
            for (int round = 0; round < 10; round++) {
                waits.clear();
                twilio.before(
                        Request.CALL,
                        Collections.nCopies(5, failing(Kind.THROTTLED)).toArray(Runnable[]::new));
                gateway.call(CALL);
                rounds.add(List.copyOf(waits));
            }

            for (List<Duration> round : rounds) {
                assertThat(round).hasSize(5);
                for (int i = 0; i < 5; i++) {
                    long middle = 200L << i;
                    assertThat(round.get(i))
                            .isBetween(
                                    Duration.ofMillis(middle / 2), Duration.ofMillis(Math.min(4000, middle * 3 / 2)));
                }
            }
            assertThat(rounds).doesNotHaveDuplicates();
        }

        @Test
        void fails_after_fifteen_seconds_with_the_last_failure() {
            twilio.always(Request.CALL, failing(Kind.UNREACHABLE));
            Instant begun = clock.instant();

            TwilioFailure failure = failure(() -> gateway.call(CALL));

            assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(Duration.between(begun, clock.instant())).isBetween(Duration.ofSeconds(9), DEADLINE);
            assertThat(twilio.asked(Request.CALL)).isEqualTo(waits.size() + 1);
        }

        @Test
        void counts_the_time_that_attempts_take_too() {
            twilio.always(Request.CALL, () -> {
                clock.step(Duration.ofSeconds(5));
                throw new TwilioFailure(Kind.UNREACHABLE, "read of call", "no response", Optional.empty());
            });

            assertThat(failure(() -> gateway.call(CALL)).kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(twilio.asked(Request.CALL)).isEqualTo(3);
        }

        @Test
        void fails_at_once_if_twilio_asks_for_more_time_than_there_is() {
            twilio.before(Request.CALL, failing(Kind.THROTTLED, Duration.ofSeconds(16)));

            assertThat(failure(() -> gateway.call(CALL)).retryAfter()).contains(Duration.ofSeconds(16));
            assertThat(waits).isEmpty();
        }

        @ParameterizedTest
        @EnumSource(
                value = Kind.class,
                names = {"BAD_REQUEST", "UNAUTHORIZED", "NOT_SENT"})
        void is_not_retried_if_that_is_useless(Kind kind) {
            twilio.always(Request.CALL, failing(kind));

            assertThat(failure(() -> gateway.call(CALL)).kind()).isEqualTo(kind);
            assertThat(twilio.asked(Request.CALL)).isEqualTo(1);
            assertThat(waits).isEmpty();
        }
    }

    @Nested
    class AnUpdate {

        @ParameterizedTest
        @EnumSource(
                value = Kind.class,
                names = {"UNAVAILABLE", "UNREACHABLE", "INVALID_RESPONSE"})
        void that_may_have_been_applied_is_not_sent_again(Kind kind) {
            twilio.before(Request.UPDATE, failing(kind));

            assertThat(failure(() -> update(gateway)).mayHaveBeenApplied()).isTrue();
            assertThat(twilio.asked()).containsExactly(Request.UPDATE);
            assertThat(waits).isEmpty();
        }

        @Test
        void that_was_not_processed_is_sent_again() {
            twilio.put(TASK, "{}");
            twilio.before(
                    Request.UPDATE,
                    failing(Kind.THROTTLED, Duration.ofSeconds(2)),
                    failing(Kind.THROTTLED, Duration.ofSeconds(4)));

            assertThat(update(gateway)).isInstanceOf(TaskUpdate.Applied.class);
            assertThat(waits).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(4));
            assertThat(twilio.attributes(TASK)).isEqualTo("{\"a\":1}");
        }

        @Test
        void with_a_response_is_not_sent_again() {
            assertThat(update(gateway)).isEqualTo(new TaskUpdate.Gone());
            twilio.put(TASK, "{}");
            twilio.edit(TASK, was -> was);
            assertThat(update(gateway)).isEqualTo(new TaskUpdate.ChangedMeanwhile());

            assertThat(twilio.asked(Request.UPDATE)).isEqualTo(2);
        }
    }

    @Nested
    class TheLimitOfUpdates {

        @Test
        void spreads_them_over_the_seconds() {
            ResilientGateway limited = gateway(4, 2);
            for (int i = 0; i < 12; i++) {
                update(limited);
            }

            // The limiter's own clock can turn to a new second once or twice in between, and each turn gives two away.
            assertThat(waits).hasSizeBetween(6, 10);
            assertThat(waits.get(waits.size() - 1)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(5));
            assertThat(twilio.asked(Request.UPDATE)).isEqualTo(12);
        }

        @Test
        void sends_nothing_that_would_have_to_wait_for_too_long() {
            ResilientGateway limited = gateway(4, 1);
            List<TwilioFailure> failures = new ArrayList<>();
            for (int i = 0; i < 25; i++) {
                Optional.ofNullable(catchThrowableOfType(TwilioFailure.class, () -> update(limited)))
                        .ifPresent(failures::add);
            }

            assertThat(failures).isNotEmpty().allSatisfy(failure -> {
                assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
                assertThat(failure.getMessage()).contains(TASK.toString(), "limit of updates per second");
            });
            assertThat(waits).allSatisfy(wait -> assertThat(wait).isLessThanOrEqualTo(DEADLINE));
            assertThat(twilio.asked(Request.UPDATE)).isEqualTo(25 - failures.size());
        }

        @Test
        void is_none_if_it_is_zero() {
            for (int i = 0; i < 200; i++) {
                update(gateway);
            }

            assertThat(waits).isEmpty();
            assertThat(twilio.asked(Request.UPDATE)).isEqualTo(200);
        }

        @Test
        void is_not_that_of_reads() {
            ResilientGateway limited = gateway(4, 1);
            for (int i = 0; i < 20; i++) {
                limited.task(TASK);
            }

            assertThat(waits).isEmpty();
        }
    }

    @Nested
    class UpdatesThatHaveToWait {
        /** By the limiter's own clock the next permits are so far away that none comes while a test goes on. */
        private static final int USED_UP_SECONDS = 8;

        private final Semaphore steps = new Semaphore(0);
        private final AtomicBoolean stepped = new AtomicBoolean();
        private final ResilientGateway limited = new ResilientGateway(twilio, 16, 1, Telemetry.NOOP, clock, wait -> {
            if (stepped.get()) {
                steps.acquire();
            }
        });
        private final List<String> sent = Collections.synchronizedList(new ArrayList<>());
        private final Map<String, TwilioFailure> failed = new ConcurrentHashMap<>();
        private final List<Thread> threads = new ArrayList<>();

        @BeforeEach
        void useUpThePermits() {
            for (int i = 0; i < USED_UP_SECONDS; i++) {
                update(limited);
            }
            twilio.always(Request.UPDATE, () -> sent.add(Thread.currentThread().getName()));
            stepped.set(true);
        }

        @AfterEach
        void end() throws InterruptedException {
            for (Thread thread : threads) {
                thread.interrupt();
                thread.join();
            }
        }

        @Test
        void go_in_the_order_in_which_their_agents_left() {
            for (int second : List.of(3, 5, 1, 4, 2)) {
                waits(second);
            }

            for (int i = 1; i <= 5; i++) {
                steps.release();
                awaitSent(i);
            }
            assertThat(sent).containsExactly("left 1", "left 2", "left 3", "left 4", "left 5");
        }

        @Test
        void are_overtaken_by_what_is_more_urgent_and_comes_later() {
            for (int second : List.of(4, 6, 5)) {
                waits(second);
            }
            steps.release();
            awaitSent(1);
            waits(1);
            waits(7);
            for (int i = 2; i <= 5; i++) {
                steps.release();
                awaitSent(i);
            }

            assertThat(sent).containsExactly("left 4", "left 1", "left 5", "left 6", "left 7");
        }

        @Test
        void are_turned_away_if_too_many_are_more_urgent() {
            for (int second = 1; second <= DEADLINE.toSeconds(); second++) {
                waits(second);
            }
            waits(0);

            await(() -> failed.containsKey("left 15"));
            assertThat(failed).hasSize(1).allSatisfy((name, failure) -> {
                assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
                assertThat(failure.problem()).isEqualTo("the limit of updates per second is used up");
            });
            steps.release();
            awaitSent(1);
            assertThat(sent).containsExactly("left 0");
        }

        @Test
        void do_not_wait_for_one_that_is_stopped() {
            Thread first = waits(1);
            waits(2);
            waits(3);
            first.interrupt();
            await(() -> failed.containsKey("left 1"));

            steps.release();
            awaitSent(1);
            steps.release();
            awaitSent(2);
            assertThat(sent).containsExactly("left 2", "left 3");
        }

        /** Returns once an update waits, of a task whose agent left at this second. */
        private Thread waits(int second) {
            Thread thread = new Thread(
                    () -> {
                        try {
                            limited.updateTask(
                                    TASK,
                                    TaskAttributes.of("{}"),
                                    "\"0\"",
                                    clock.instant().plusSeconds(second));
                        } catch (TwilioFailure failure) {
                            failed.put(Thread.currentThread().getName(), failure);
                        }
                    },
                    "left " + second);
            threads.add(thread);
            thread.start();
            await(() -> thread.getState() == Thread.State.WAITING);
            return thread;
        }

        private void awaitSent(int updates) {
            await(() -> sent.size() >= updates);
        }

        private static void await(BooleanSupplier condition) {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
            while (!condition.getAsBoolean()) {
                assertThat(System.nanoTime()).isLessThan(deadline);
                Thread.onSpinWait();
            }
        }
    }

    @Nested
    class TheLimitOfRequestsAtOnce {

        @Test
        void is_reached_and_never_passed() throws Exception {
            int limit = 3;
            ResilientGateway limited = gateway(limit, 0);
            AtomicInteger underWay = new AtomicInteger();
            AtomicInteger atMost = new AtomicInteger();
            CountDownLatch full = new CountDownLatch(limit);
            twilio.always(Request.CALL, () -> {
                atMost.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                full.countDown();
                await(full);
                underWay.decrementAndGet();
            });

            inParallel(5 * limit, ignored -> limited.call(CALL));

            assertThat(atMost).hasValue(limit);
            assertThat(twilio.asked(Request.CALL)).isEqualTo(5 * limit);
        }

        @Test
        void is_not_used_up_by_a_request_that_waits_for_its_next_attempt() throws Exception {
            CountDownLatch otherResponded = new CountDownLatch(1);
            ResilientGateway one =
                    new ResilientGateway(twilio, 1, 0, Telemetry.NOOP, clock, wait -> await(otherResponded));
            CountDownLatch failed = new CountDownLatch(1);
            twilio.before(Request.CALL, () -> {
                failed.countDown();
                throw new TwilioFailure(Kind.THROTTLED, "read of call", "HTTP 429", Optional.empty());
            });

            inParallel(2, thread -> {
                if (thread == 0) {
                    one.call(CALL);
                } else {
                    await(failed);
                    one.task(TASK);
                    otherResponded.countDown();
                }
            });

            assertThat(twilio.asked()).containsExactly(Request.CALL, Request.TASK, Request.CALL);
        }

        private static void inParallel(int threads, Consumer<Integer> work) throws Exception {
            ExecutorService executor = Executors.newFixedThreadPool(threads);
            try {
                List<Future<?>> all = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    int thread = i;
                    all.add(executor.submit(() -> work.accept(thread)));
                }
                for (Future<?> each : all) {
                    each.get(10, TimeUnit.SECONDS);
                }
            } finally {
                executor.shutdownNow();
            }
        }

        private static void await(CountDownLatch latch) {
            try {
                assertThat(latch.await(5, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Nested
    class ARequestThatFailedWithAllItsAttempts {

        @Test
        void has_one_attempt_each_time_until_it_succeeds() {
            twilio.always(Request.CALL, failing(Kind.UNAVAILABLE));
            failure(() -> gateway.call(CALL));
            twilio.forgetRequests();
            waits.clear();

            failure(() -> gateway.call(CALL));
            assertThat(twilio.asked(Request.CALL)).isEqualTo(1);
            assertThat(waits).isEmpty();

            twilio.heal();
            gateway.call(CALL);
            twilio.before(Request.CALL, failing(Kind.UNAVAILABLE));
            gateway.call(CALL);
            assertThat(waits).hasSize(1);
        }

        @Test
        void is_forgotten_after_ten_minutes() {
            twilio.always(Request.CALL, failing(Kind.UNAVAILABLE));
            failure(() -> gateway.call(CALL));
            clock.step(Duration.ofMinutes(10).plusMillis(1));
            twilio.forgetRequests();

            failure(() -> gateway.call(CALL));
            assertThat(twilio.asked(Request.CALL)).isGreaterThan(1);
        }

        @Test
        void is_retried_later_if_other_failing_requests_use_their_share() throws Exception {
            ResilientGateway two = gateway(2, 0);
            twilio.always(Request.CONFERENCE, failing(Kind.UNAVAILABLE));
            failure(() -> two.conference(conference(1)));
            failure(() -> two.conference(conference(2)));
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch end = new CountDownLatch(1);
            twilio.always(Request.CONFERENCE, () -> {
                begun.countDown();
                awaitUninterruptibly(end);
            });
            Thread other = new Thread(() -> two.conference(conference(1)));
            other.start();
            awaitUninterruptibly(begun);

            TwilioFailure failure = failure(() -> two.conference(conference(2)));
            assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
            assertThat(failure.retryAfter()).contains(Duration.ofSeconds(2));
            assertThat(two.call(CALL)).isEmpty();
            end.countDown();
            other.join();
        }

        @Test
        void is_forgotten_after_any_response() {
            twilio.always(Request.CALL, failing(Kind.UNAVAILABLE));
            failure(() -> gateway.call(CALL));
            twilio.always(Request.CALL, failing(Kind.BAD_REQUEST));
            failure(() -> gateway.call(CALL));
            twilio.heal();
            waits.clear();

            twilio.before(Request.CALL, failing(Kind.UNAVAILABLE));
            gateway.call(CALL);
            assertThat(waits).hasSize(1);
        }

        @Test
        void takes_no_update_from_others_where_there_is_no_room_for_it() throws Exception {
            ResilientGateway two = gateway(2, 1);
            twilio.always(Request.UPDATE, failing(Kind.UNAVAILABLE));
            failure(() -> update(two));
            twilio.always(Request.CALL, failing(Kind.UNAVAILABLE));
            failure(() -> two.call(CALL));
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch end = new CountDownLatch(1);
            twilio.always(Request.CALL, () -> {
                begun.countDown();
                awaitUninterruptibly(end);
            });
            Thread other = new Thread(() -> two.call(CALL));
            other.start();
            awaitUninterruptibly(begun);
            waits.clear();

            for (int i = 0; i < 20; i++) {
                assertThat(failure(() -> update(two)).kind()).isEqualTo(Kind.NOT_SENT);
            }
            assertThat(waits).isEmpty();
            end.countDown();
            other.join();
        }

        @Test
        void does_not_wait_for_a_retry_if_too_many_requests_do() throws Exception {
            ResilientGateway two = gateway(2, 0);
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch end = new CountDownLatch(1);
            twilio.before(Request.CALL, failing(Kind.UNAVAILABLE), () -> {
                begun.countDown();
                awaitUninterruptibly(end);
            });
            List<Thread> others = new ArrayList<>(List.of(new Thread(() -> two.call(CALL))));
            others.get(0).start();
            awaitUninterruptibly(begun);
            twilio.always(Request.CONFERENCE, failing(Kind.UNAVAILABLE));
            for (int i = 1; i <= 4; i++) {
                ConferenceSid conference = conference(i);
                others.add(new Thread(() -> failure(() -> two.conference(conference))));
                others.get(i).start();
            }
            for (Thread waiting : others) {
                while (waiting.getState() != Thread.State.TIMED_WAITING) {
                    Thread.onSpinWait();
                }
            }
            assertThat(waits).hasSize(5);

            assertThat(failure(() -> two.conference(conference(9))).kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(waits).hasSize(5);
            end.countDown();
            for (Thread other : others) {
                other.join();
            }
        }

        private static void awaitUninterruptibly(CountDownLatch latch) {
            try {
                assertThat(latch.await(5, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Nested
    class RequestsThatTakeLong {

        private void takes(Duration time) {
            twilio.before(Request.CALL, () -> clock.step(time));
            gateway.call(CALL);
        }

        @Test
        void are_counted_and_logged_once() {
            try (CapturedLog log = new CapturedLog()) {
                takes(Duration.ofSeconds(2));
                assertThat(log.warnings()).isEmpty();

                takes(Duration.ofSeconds(5));
                takes(Duration.ofSeconds(5));
                assertThat(gateway.slowRequests()).isEqualTo(2);
                assertThat(log.warnings())
                        .singleElement()
                        .asString()
                        .startsWith(
                                "Twilio's responses take long or do not end: read of call " + CALL + " took 5000 ms.");

                clock.step(Duration.ofMinutes(11));
                takes(Duration.ofSeconds(5));
                assertThat(log.warnings()).hasSize(2);
            }
        }
    }

    @Nested
    class WhileTwilioIsDown {

        private void goDown() {
            twilio.always(Request.UPDATE, failing(Kind.UNAVAILABLE));
            for (int i = 0; i < 20; i++) {
                assertThat(failure(() -> updateOfAnother(gateway)).kind()).isEqualTo(Kind.UNAVAILABLE);
            }
            twilio.forgetRequests();
        }

        @Test
        void nothing_is_sent_any_more() {
            goDown();

            TwilioFailure failure = failure(() -> gateway.call(CALL));

            assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
            assertThat(failure.isRetryable()).isTrue();
            assertThat(failure.mayHaveBeenApplied()).isFalse();
            assertThat(failure.problem())
                    .isEqualTo("too many requests to Twilio failed just before, the last one with: as ordered");
            assertThat(failure.retryAfter()).contains(Duration.ofSeconds(5));
            assertThat(twilio.asked()).isEmpty();
            assertThat(waits).isEmpty();
        }

        @Test
        void it_is_tried_again_though_attempts_end_with_errors() {
            goDown();
            clock.step(Duration.ofSeconds(6));
            twilio.always(Request.CALL, () -> {
                throw new StackOverflowError();
            });
            for (int i = 0; i < 20; i++) {
                assertThatExceptionOfType(StackOverflowError.class).isThrownBy(() -> gateway.call(CALL));
            }
            twilio.heal();

            assertThat(gateway.call(CALL)).isEmpty();
        }

        @Test
        void it_is_tried_again_after_five_seconds() {
            goDown();
            twilio.heal();
            clock.step(Duration.ofSeconds(6));

            assertThat(gateway.call(CALL)).isEmpty();
            assertThat(twilio.asked()).containsExactly(Request.CALL);
        }

        @Test
        void is_returned() {
            Instant begun = clock.instant();
            clock.step(Duration.ofSeconds(1));
            goDown();
            clock.step(Duration.ofSeconds(1));
            assertThat(failure(() -> gateway.call(CALL)).kind()).isEqualTo(Kind.NOT_SENT);

            assertThat(gateway.reachability()).isEqualTo(Reachability.UNREACHABLE);
            assertThat(gateway.reachabilitySince()).isEqualTo(begun.plusSeconds(1));
            assertThat(gateway.circuitOpen()).isTrue();
        }

        @Test
        void that_is_logged_once_with_the_failure_and_once_more_when_it_responds_again() {
            String warning =
                    "requests to Twilio fail; work waits, and goes on by itself. request failed: as ordered; worth "
                            + "another try. If this lasts, check hangupby.twilio.* and the network";
            try (CapturedLog log = new CapturedLog()) {
                gateway.call(CALL);
                twilio.before(Request.UPDATE, failing(Kind.UNAVAILABLE));
                failure(() -> updateOfAnother(gateway));
                assertThat(log.warnings()).isEmpty();

                twilio.always(Request.UPDATE, failing(Kind.UNAVAILABLE));
                for (int i = 0; i < 100; i++) {
                    clock.step(Duration.ofSeconds(6));
                    failure(() -> updateOfAnother(gateway));
                }
                assertThat(log.warnings()).containsExactly(warning);

                twilio.heal();
                for (int i = 0; i < 20; i++) {
                    clock.step(Duration.ofSeconds(6));
                    gateway.call(CALL);
                }
                assertThat(log.at(Level.INFO)).containsExactly("Twilio responds again; work goes on");
            }
        }

        /** The address can be wrong, and whoever set it looks at the log now. */
        @Test
        void that_is_logged_at_once_if_it_was_never_reached() {
            try (CapturedLog log = new CapturedLog()) {
                twilio.before(Request.UPDATE, failing(Kind.UNAVAILABLE));
                failure(() -> updateOfAnother(gateway));

                assertThat(log.warnings()).singleElement().asString().startsWith("requests to Twilio fail;");
            }
        }

        @Test
        void that_is_no_news_once_nothing_has_been_asked_for_two_minutes() {
            goDown();
            clock.step(Duration.ofMinutes(2));

            assertThat(gateway.circuitOpen()).isFalse();
        }

        @Test
        void a_few_failures_among_responses_do_not_open_the_circuit() {
            for (int i = 0; i < 100; i++) {
                if (i % 2 == 0) {
                    twilio.before(Request.UPDATE, failing(Kind.UNAVAILABLE));
                    assertThat(failure(() -> updateOfAnother(gateway)).kind()).isEqualTo(Kind.UNAVAILABLE);
                } else {
                    gateway.call(CALL);
                }
            }

            assertThat(twilio.asked()).hasSize(100);
        }

        @Test
        void a_request_counts_once_with_all_its_attempts() {
            twilio.always(Request.CONFERENCE, failing(Kind.UNAVAILABLE));
            for (int i = 0; i < 19; i++) {
                int number = i;
                failure(() -> gateway.conference(conference(number)));
            }
            assertThat(twilio.asked()).hasSizeGreaterThan(100);
            assertThat(gateway.circuitOpen()).isFalse();

            failure(() -> gateway.conference(conference(19)));
            assertThat(gateway.circuitOpen()).isTrue();
        }

        @Test
        void is_not_caused_by_lasting_faults_of_some_resources() {
            Set<ConferenceSid> broken = IntStream.range(0, 8)
                    .mapToObj(ResilientGatewayTest::conference)
                    .collect(Collectors.toSet());
            twilio.always(Request.CONFERENCE, failing(Kind.UNAVAILABLE));
            try (CapturedLog log = new CapturedLog()) {
                for (int round = 0; round < 50; round++) {
                    broken.forEach(each -> assertThat(
                                    failure(() -> gateway.conference(each)).kind())
                            .isEqualTo(Kind.UNAVAILABLE));
                }

                assertThat(gateway.circuitOpen()).isFalse();
                assertThat(gateway.call(CALL)).isEmpty();
                assertThat(log.warnings())
                        .filteredOn(line -> line.endsWith("its task is retried later"))
                        .hasSize(8);
            }
        }

        @Test
        void is_distinguished_from_a_request_that_fails_while_others_succeed() {
            twilio.always(Request.CONFERENCE, failing(Kind.UNAVAILABLE));
            try (CapturedLog log = new CapturedLog()) {
                for (int round = 0; round < 3; round++) {
                    failure(() -> gateway.conference(CONFERENCE));
                    clock.step(Duration.ofSeconds(1));
                    gateway.call(CALL);
                }

                assertThat(log.warnings())
                        .filteredOn(line -> line.endsWith("its task is retried later, and other tasks go on"))
                        .hasSize(1);
            }
        }

        @Test
        void requests_that_keep_failing_do_not_open_the_circuit_once_others_succeed() {
            for (int i = 0; i < 20; i++) {
                int number = i;
                twilio.always(Request.CONFERENCE, failing(Kind.UNAVAILABLE));
                failure(() -> gateway.conference(conference(number)));
            }
            clock.step(Duration.ofSeconds(6));
            gateway.call(CALL);
            for (int i = 0; i < 20; i++) {
                int number = i;
                assertThat(failure(() -> gateway.conference(conference(number))).kind())
                        .isEqualTo(Kind.UNAVAILABLE);
            }

            for (int i = 0; i < 10; i++) {
                assertThat(gateway.call(CALL)).isEmpty();
            }
            assertThat(gateway.circuitOpen()).isFalse();
        }

        @ParameterizedTest
        @EnumSource(
                value = Kind.class,
                names = {"THROTTLED", "NOT_FOUND", "BAD_REQUEST"})
        void is_not_caused_by_its_error_responses(Kind kind) {
            twilio.always(Request.CALL, failing(kind, Duration.ofMinutes(1)));
            for (int i = 0; i < 100; i++) {
                assertThat(failure(() -> gateway.call(CALL)).kind()).isEqualTo(kind);
            }

            assertThat(twilio.asked(Request.CALL)).isEqualTo(100);
        }
    }

    @Nested
    class WhileTheCredentialsAreWrong {
        private static final int REFUSALS = 3;

        private void areRefused() {
            twilio.always(Request.CALL, failing(Kind.UNAUTHORIZED));
            for (int i = 0; i < REFUSALS; i++) {
                assertThat(failure(() -> gateway.call(CALL)).kind()).isEqualTo(Kind.UNAUTHORIZED);
            }
            twilio.forgetRequests();
        }

        @Test
        void nothing_is_sent_any_more() {
            areRefused();

            TwilioFailure failure = failure(() -> gateway.task(TASK));

            assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
            assertThat(failure.problem()).isEqualTo("Twilio does not accept the credentials");
            assertThat(failure.isRetryable()).isTrue();
            assertThat(failure.retryAfter()).contains(Duration.ofSeconds(5));
            assertThat(twilio.asked()).isEmpty();
        }

        @Test
        void one_request_is_sent_from_time_to_time_less_and_less_often() {
            areRefused();
            Instant begun = clock.instant();
            List<Long> sentAfter = new ArrayList<>();
            for (int second = 1; second <= 300; second++) {
                clock.step(Duration.ofSeconds(1));
                for (int i = 0; i < 3; i++) {
                    failure(() -> gateway.call(CALL));
                }
                if (!twilio.asked().isEmpty()) {
                    assertThat(twilio.asked()).hasSize(1);
                    sentAfter.add(Duration.between(begun, clock.instant()).toSeconds());
                    twilio.forgetRequests();
                }
            }

            assertThat(sentAfter).hasSizeBetween(6, 8);
            assertThat(sentAfter.get(0)).isBetween(5L, 6L);
            assertThat(sentAfter.get(1) - sentAfter.get(0)).isBetween(10L, 11L);
            assertThat(sentAfter.get(2) - sentAfter.get(1)).isBetween(20L, 21L);
            assertThat(sentAfter.get(4) - sentAfter.get(3)).isBetween(60L, 61L);
        }

        @Test
        void a_response_closes_the_circuit_at_once() {
            areRefused();
            twilio.heal();
            clock.step(Duration.ofSeconds(6));

            assertThat(gateway.call(CALL)).isEmpty();
            assertThat(gateway.task(TASK)).isEmpty();
            assertThat(gateway.reachability()).isEqualTo(Reachability.OK);
            assertThat(gateway.circuitOpen()).isFalse();
        }

        @ParameterizedTest
        @EnumSource(
                value = Kind.class,
                names = {"THROTTLED", "UNAVAILABLE", "UNREACHABLE", "INVALID_RESPONSE"})
        void another_failure_says_nothing_of_them(Kind other) {
            areRefused();
            clock.step(Duration.ofSeconds(6));
            twilio.always(Request.UPDATE, failing(other, Duration.ofMinutes(1)));
            assertThat(failure(() -> update(gateway)).kind()).isEqualTo(other);

            assertThat(failure(() -> gateway.call(CALL)).kind()).isEqualTo(Kind.UNAUTHORIZED);
            assertThat(failure(() -> gateway.call(CALL)).kind()).isEqualTo(Kind.NOT_SENT);
        }

        @Test
        void that_is_logged_once_and_once_more_when_they_are_right() {
            try (CapturedLog log = new CapturedLog()) {
                areRefused();
                for (int i = 0; i < 10; i++) {
                    clock.step(Duration.ofMinutes(2));
                    failure(() -> gateway.call(CALL));
                }
                assertThat(log.at(Level.ERROR))
                        .containsExactly(
                                "Twilio does not accept the credentials, so nothing can be decided or written; work waits."
                                        + " request failed: as ordered; tried again until that is mended");
                assertThat(log.at(Level.INFO)).isEmpty();

                twilio.heal();
                clock.step(Duration.ofMinutes(2));
                gateway.call(CALL);
                gateway.call(CALL);
                assertThat(log.at(Level.INFO)).containsExactly("Twilio accepts the credentials again; work goes on");

                areRefused();
                assertThat(log.at(Level.ERROR)).hasSize(2);
            }
        }

        @Test
        void a_single_unauthorized_response_does_not_open_the_circuit() {
            for (int i = 0; i < 30; i++) {
                twilio.before(Request.CALL, failing(Kind.UNAUTHORIZED), failing(Kind.UNAUTHORIZED));
                assertThat(failure(() -> gateway.call(CALL)).kind()).isEqualTo(Kind.UNAUTHORIZED);
                assertThat(failure(() -> gateway.call(CALL)).kind()).isEqualTo(Kind.UNAUTHORIZED);
                gateway.call(CALL);
            }

            assertThat(twilio.asked(Request.CALL)).isEqualTo(90);
        }
    }

    @Nested
    class Reach {

        @Test
        void is_untried_at_first() {
            assertThat(gateway.reachability()).isEqualTo(Reachability.UNTRIED);
            assertThat(gateway.reachabilitySince()).isEqualTo(clock.instant());
            assertThat(gateway.circuitOpen()).isFalse();
        }

        @ParameterizedTest
        @CsvSource({
            "THROTTLED, THROTTLED",
            "UNAVAILABLE, UNREACHABLE",
            "UNREACHABLE, UNREACHABLE",
            "INVALID_RESPONSE, UNREACHABLE",
            "UNAUTHORIZED, UNAUTHORIZED",
            "NOT_FOUND, OK",
            "BAD_REQUEST, OK"
        })
        void is_that_of_the_last_response(Kind kind, Reachability reachability) {
            gateway.task(TASK);
            assertThat(gateway.reachability()).isEqualTo(Reachability.OK);
            clock.step(Duration.ofSeconds(1));
            twilio.before(Request.UPDATE, failing(kind, Duration.ofMinutes(1)));
            failure(() -> update(gateway));

            assertThat(gateway.reachability()).isEqualTo(reachability);
            assertThat(gateway.circuitOpen()).isFalse();
        }

        @Test
        void is_of_the_time_of_its_change() {
            Instant begun = clock.instant();
            clock.step(Duration.ofSeconds(1));
            gateway.task(TASK);
            clock.step(Duration.ofSeconds(1));
            gateway.task(TASK);

            assertThat(gateway.reachabilitySince()).isEqualTo(begun.plusSeconds(1));
        }
    }

    @Nested
    class AnInterrupt {

        @Test
        void ends_the_wait_for_another_attempt() {
            ResilientGateway stopping = new ResilientGateway(twilio, 1, 0, Telemetry.NOOP, clock, wait -> {
                throw new InterruptedException();
            });
            twilio.before(Request.CALL, failing(Kind.UNAVAILABLE));

            assertThat(failure(() -> stopping.call(CALL)).kind()).isEqualTo(Kind.NOT_SENT);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(twilio.asked(Request.CALL)).isEqualTo(1);
        }

        @Test
        void lets_nothing_further_be_sent() {
            Thread.currentThread().interrupt();

            TwilioFailure failure = failure(() -> gateway.call(CALL));

            assertThat(Thread.interrupted()).isTrue();
            assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
            assertThat(twilio.asked()).isEmpty();
            assertThat(gateway.call(CALL)).isEmpty();
        }
    }

    @Test
    void closes_the_gateway_below() {
        gateway.close();

        assertThat(twilio.isClosed()).isTrue();
    }
}
