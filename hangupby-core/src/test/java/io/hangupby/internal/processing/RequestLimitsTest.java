package io.hangupby.internal.processing;

import static io.hangupby.internal.twilio.InMemoryTwilio.failing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hangupby.call.ConferenceSid;
import io.hangupby.internal.attributes.TaskAttributes;
import io.hangupby.internal.twilio.InMemoryTwilio.Request;
import io.hangupby.telemetry.Telemetry;
import io.hangupby.testing.CapturedLog;
import io.hangupby.twilio.TwilioFailure;
import io.hangupby.twilio.TwilioFailure.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** How many requests are sent at once and in a second, and which requests have to wait. */
class RequestLimitsTest extends ResilientGatewayFixture {

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(5, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
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
        private final ResilientGateway limited =
                new ResilientGateway(twilio, 16, 1, () -> 1, Telemetry.NOOP, clock, wait -> {
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
                    new ResilientGateway(twilio, 1, 0, () -> 1, Telemetry.NOOP, clock, wait -> await(otherResponded));
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
                await(end);
            });
            Thread other = new Thread(() -> two.conference(conference(1)));
            other.start();
            await(begun);

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
                await(end);
            });
            Thread other = new Thread(() -> two.call(CALL));
            other.start();
            await(begun);
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
                await(end);
            });
            List<Thread> others = new ArrayList<>(List.of(new Thread(() -> two.call(CALL))));
            others.get(0).start();
            await(begun);
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
}
