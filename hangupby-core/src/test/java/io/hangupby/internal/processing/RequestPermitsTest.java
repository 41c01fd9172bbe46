package io.hangupby.internal.processing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestPermitsTest {
    private static final Duration PATIENCE = Duration.ofMillis(100);
    private static final Duration NOT_AT_ALL = Duration.ZERO;
    private static final Duration LONG = Duration.ofSeconds(10);

    private final RequestPermits permits = new RequestPermits(4, PATIENCE);
    private final List<Thread> holders = new ArrayList<>();
    private final List<String> ended = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch end = new CountDownLatch(1);

    /** A request that goes on until it is interrupted, or the test is over. */
    private void hangs(String name) throws InterruptedException {
        hangs(name, () -> permits.first(LONG, true));
    }

    private void hangs(String name, Waiting waiting) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        Thread holder = new Thread(() -> holdUntilTheEnd(name, waiting, begun));
        holders.add(holder);
        holder.start();
        assertThat(begun.await(5, TimeUnit.SECONDS)).isTrue();
    }

    private interface Waiting {
        Optional<RequestPermits.Permit> await() throws InterruptedException;
    }

    private void holdUntilTheEnd(String name, Waiting waiting, CountDownLatch begun) {
        try {
            RequestPermits.Permit permit = waiting.await().orElseThrow();
            begun.countDown();
            try {
                end.await();
            } catch (InterruptedException interrupted) {
                ended.add(name);
                Thread.currentThread().interrupt();
            } finally {
                permit.close();
            }
        } catch (InterruptedException unexpected) {
            throw new AssertionError(unexpected);
        }
        if (Thread.currentThread().isInterrupted()) {
            ended.add("left interrupted");
        }
    }

    @AfterEach
    void end() throws InterruptedException {
        end.countDown();
        for (Thread holder : holders) {
            holder.join();
        }
        assertThat(ended).doesNotContain("left interrupted");
    }

    @Test
    void further_attempts_have_half_of_them() throws InterruptedException {
        assertThat(permits.further(NOT_AT_ALL, true)).isPresent();
        Optional<RequestPermits.Permit> second = permits.further(NOT_AT_ALL, true);
        assertThat(second).isPresent();
        assertThat(permits.further(NOT_AT_ALL, true)).isEmpty();
        assertThat(permits.first(NOT_AT_ALL, true)).isPresent();
        assertThat(permits.first(NOT_AT_ALL, true)).isPresent();
        assertThat(permits.first(NOT_AT_ALL, true)).isEmpty();

        second.get().close();
        assertThat(permits.further(NOT_AT_ALL, true)).isPresent();
    }

    @Test
    void of_one_that_there_is_further_attempts_have_it_too() throws InterruptedException {
        assertThat(new RequestPermits(1, PATIENCE).further(NOT_AT_ALL, true)).isPresent();
    }

    @Test
    void a_first_attempt_that_hangs_is_ended_for_another_the_longest_under_way_first() throws InterruptedException {
        for (String name : List.of("a", "b", "c", "d")) {
            hangs(name);
        }
        long begun = System.nanoTime();

        assertThat(permits.first(LONG, true)).isPresent();
        assertThat(ended).containsExactly("a");
        assertThat(permits.first(LONG, true)).isPresent();
        assertThat(ended).containsExactly("a", "b");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void nothing_is_ended_for_a_further_attempt() throws InterruptedException {
        for (String name : List.of("a", "b", "c", "d")) {
            hangs(name);
        }

        assertThat(permits.further(PATIENCE.multipliedBy(3), true)).isEmpty();
        assertThat(ended).isEmpty();
    }

    @Test
    void neither_further_attempts_are_ended_nor_what_may_not_be() throws InterruptedException {
        RequestPermits two = new RequestPermits(2, PATIENCE);
        assertThat(two.further(NOT_AT_ALL, true)).isPresent();
        assertThat(two.first(NOT_AT_ALL, false)).isPresent();

        assertThat(two.first(PATIENCE.multipliedBy(3), true)).isEmpty();
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void a_further_attempt_that_hangs_with_the_only_permit_is_ended() throws InterruptedException {
        RequestPermits one = new RequestPermits(1, PATIENCE);
        hangs("further", () -> one.further(LONG, true));

        assertThat(one.first(LONG, true)).isPresent();
        assertThat(ended).containsExactly("further");
    }

    @Test
    void whether_there_is_room_for_a_further_attempt_can_be_asked() throws InterruptedException {
        RequestPermits two = new RequestPermits(2, PATIENCE);
        assertThat(two.hasRoomForFurther()).isTrue();
        try (RequestPermits.Permit further = two.further(NOT_AT_ALL, true).orElseThrow()) {
            further.wentWell();
            assertThat(two.hasRoomForFurther()).isFalse();
        }

        assertThat(two.hasRoomForFurther()).isTrue();
    }

    @Test
    void what_is_usual_is_not_ended() throws InterruptedException {
        RequestPermits one = new RequestPermits(1, Duration.ofMillis(1));
        for (int i = 0; i < 3; i++) {
            try (RequestPermits.Permit slow = one.first(LONG, true).orElseThrow()) {
                TimeUnit.MILLISECONDS.sleep(200);
                slow.wentWell();
            }
        }
        assertThat(one.first(LONG, true)).isPresent();
        Thread other = new Thread(() -> {
            try {
                assertThat(one.first(Duration.ofMillis(300), true)).isEmpty();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        other.start();
        other.join();

        assertThat(Thread.interrupted()).isFalse();
    }
}
