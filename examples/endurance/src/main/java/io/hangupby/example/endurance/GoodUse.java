package io.hangupby.example.endurance;

import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.account.Agent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import java.util.function.IntSupplier;

/**
 * Sends regular traffic: requests to the application, callbacks and calls, at a steady rate. Times count from when a
 * request was due, so they include waiting.
 */
final class GoodUse {
    private static final Duration BETWEEN_REQUESTS = Duration.ofMillis(100);
    private static final int REQUESTS_PER_CALL = 3;
    /** Only status callbacks show the order of actions within two seconds. */
    private static final Duration TALK = Duration.ofMillis(2_100);

    private static final Duration GIVEN_UP_AFTER = Duration.ofSeconds(15);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Victim victim;

    GoodUse(Victim victim) {
        this.victim = victim;
    }

    /** Measures for this time, and on until {@code enough} holds. */
    Figures measure(Duration time, BooleanSupplier enough) throws InterruptedException {
        List<CompletableFuture<Optional<Long>>> pages = new ArrayList<>();
        List<CompletableFuture<Optional<Long>>> callbacks = new ArrayList<>();
        List<CompletableFuture<Optional<Long>>> values = new ArrayList<>();
        ExecutorService threads = Executors.newCachedThreadPool(GoodUse::daemon);
        long began = System.nanoTime();
        int number = 0;
        for (long due = began; isGoingOn(due - began, time, enough); due += BETWEEN_REQUESTS.toNanos(), number++) {
            TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
            pages.add(timed(due, threads, () -> victim.page(GIVEN_UP_AFTER), status -> status > 0 && status < 500));
            callbacks.add(timed(due, threads, this::callback, status -> status == 204 || status == 200));
            if (number % REQUESTS_PER_CALL == 0) {
                Agent agent = victim.twilio().browserAgent("Agent" + number % 60);
                values.add(CompletableFuture.supplyAsync(() -> value(agent), threads));
            }
        }
        Figures figures = new Figures(times(pages), times(callbacks), times(values));
        threads.shutdown();
        return figures;
    }

    private static boolean isGoingOn(long passed, Duration time, BooleanSupplier enough) {
        return passed < time.toNanos() || (!enough.getAsBoolean() && passed < LONGEST.toNanos());
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "good-use");
        thread.setDaemon(true);
        return thread;
    }

    private static CompletableFuture<Optional<Long>> timed(
            long due, Executor threads, IntSupplier request, IntPredicate isGood) {
        return CompletableFuture.supplyAsync(
                () -> Optional.of(request.getAsInt()).filter(isGood::test).map(status -> millisSince(due)), threads);
    }

    private int callback() {
        return Events.post(victim.twilio(), Events.ofWorker(victim.twilio()));
    }

    /** Returns how long the value took, if it came while it was waited for. */
    private Optional<Long> value(Agent agent) {
        SimulatedCall call = victim.twilio().inboundCall().rings(agent).accepts(agent);
        try {
            TimeUnit.NANOSECONDS.sleep(TALK.toNanos());
            long hungUp = System.nanoTime();
            call.customerHangsUp().task().awaitHangUpBy("customer", GIVEN_UP_AFTER);
            return Optional.of(millisSince(hungUp));
        } catch (InterruptedException | IllegalStateException late) {
            return Optional.empty();
        } finally {
            call.completes(agent);
            victim.twilio().forget(call.taskSid());
        }
    }

    private static long millisSince(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime).toMillis();
    }

    private static Figures.Times times(List<CompletableFuture<Optional<Long>>> all) {
        List<Long> millis = all.stream()
                .map(CompletableFuture::join)
                .flatMap(Optional::stream)
                .toList();
        return new Figures.Times(millis, all.size() - millis.size());
    }
}
