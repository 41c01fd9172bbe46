package io.hangupby.internal.webhook;

import static io.hangupby.internal.event.EventType.TASK_CREATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hangupby.call.TaskRef;
import io.hangupby.internal.event.CallEvent;
import io.hangupby.internal.event.Events;
import io.hangupby.journal.JournalException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TimeLimitedJournalTest {
    private static final int AT_ONCE = 8;
    private static final int WAITING = 64;

    private final ListJournal slow = new ListJournal();
    private final TimeLimitedJournal journal = new TimeLimitedJournal(slow);
    private final CountDownLatch recovered = new CountDownLatch(1);

    @AfterEach
    void end() {
        recovered.countDown();
        journal.stop();
    }

    @Test
    void a_journal_that_hangs_rejects_further_events_until_it_continues() throws Exception {
        CountDownLatch hanging = new CountDownLatch(AT_ONCE);
        slow.rejects = event -> {
            hanging.countDown();
            await(recovered);
            return false;
        };
        ExecutorService requests = Executors.newFixedThreadPool(AT_ONCE + WAITING);
        List<Future<?>> answered = new ArrayList<>();
        for (int task = 0; task < AT_ONCE + WAITING; task++) {
            CallEvent event = event(task);
            answered.add(requests.submit(() -> assertGivenUp(() -> journal.append(event), "longer than 250 ms")));
        }
        for (Future<?> answer : answered) {
            answer.get(20, TimeUnit.SECONDS);
        }
        requests.shutdown();

        assertGivenUp(() -> journal.append(event(1000)), "hangs");
        hanging.await();
        recovered.countDown();
        appendOnceThereIsAPlace(event(2000));

        // Events beyond the time limit are recorded late.
        Set<TaskRef> late = IntStream.range(0, AT_ONCE + WAITING)
                .mapToObj(TimeLimitedJournalTest::task)
                .collect(Collectors.toSet());
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!keptTasks().containsAll(late)) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
        assertThat(keptTasks()).contains(task(2000)).doesNotContain(task(1000));
    }

    private Set<TaskRef> keptTasks() {
        synchronized (slow.events) {
            return slow.events.stream().map(CallEvent::task).collect(Collectors.toSet());
        }
    }

    private void appendOnceThereIsAPlace(CallEvent event) {
        boolean appended = false;
        while (!appended) {
            try {
                journal.append(event);
                appended = true;
            } catch (JournalException stillFull) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void an_error_of_the_journal_is_named_without_its_message() {
        slow.rejects = event -> {
            throw new NoClassDefFoundError("canary");
        };

        assertGivenUp(() -> journal.append(event(1)), "java.lang.NoClassDefFoundError");
    }

    @Test
    void a_thread_that_is_interrupted_gives_up_and_stays_interrupted() {
        slow.rejects = event -> {
            await(recovered);
            return false;
        };
        Thread.currentThread().interrupt();

        assertGivenUp(() -> journal.append(event(1)), "interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    private static void assertGivenUp(ThrowingCallable append, String why) {
        assertThatThrownBy(append)
                .isInstanceOf(JournalException.class)
                .hasMessageContaining(why)
                .hasMessageNotContaining("canary");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static CallEvent event(int task) {
        return Events.event(task(task), TASK_CREATED, 0);
    }

    private static TaskRef task(int number) {
        return Events.task(number);
    }
}
