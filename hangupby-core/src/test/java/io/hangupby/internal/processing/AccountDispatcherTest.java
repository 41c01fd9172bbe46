package io.hangupby.internal.processing;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.AccountSid;
import io.hangupby.call.TaskRef;
import io.hangupby.decision.HangUpByListener;
import io.hangupby.internal.event.Events;
import io.hangupby.internal.journal.RecordingQueue;
import io.hangupby.internal.journal.WorkHandler;
import io.hangupby.internal.journal.WorkQueue;
import io.hangupby.internal.journal.WorkResult;
import io.hangupby.testing.CapturedLog;
import io.hangupby.testing.HandClock;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AccountDispatcherTest {
    private static final TaskRef SALES = ofAccount("1");
    private static final TaskRef SERVICE = ofAccount("2");
    private static final WorkResult DONE = new WorkResult.Complete();
    private static final WorkResult NO_ROOM = new WorkResult.RetryIn(Duration.ofSeconds(1));

    private static TaskRef ofAccount(String digit) {
        TaskRef task = Events.task(1);
        return new TaskRef(new AccountSid("AC" + digit.repeat(32)), task.workspace(), task.task());
    }

    private static AccountDispatcher turns(Map<AccountSid, WorkHandler> engines) {
        return new AccountDispatcher(engines, 1, new RecordingQueue(), HangUpByListener.NOOP, Clock.systemUTC());
    }

    /** While sales works on its share of one task, somebody asks for more. */
    private static List<WorkResult> askedMeanwhile(List<TaskRef> tasks) {
        List<WorkResult> steps = new ArrayList<>();
        List<AccountDispatcher> turns = new ArrayList<>();
        WorkHandler sales = (task, turn) -> {
            tasks.forEach(asked -> steps.add(turns.get(0).work(asked, 0)));
            return DONE;
        };
        WorkHandler service = (task, turn) -> new WorkResult.Park("service, turn " + turn);
        turns.add(turns(Map.of(SALES.account(), sales, SERVICE.account(), service)));
        steps.add(turns.get(0).work(SALES, 0));
        return steps;
    }

    @Test
    void an_account_that_uses_its_share_waits_and_does_not_delay_others() {
        assertThat(askedMeanwhile(List.of(SALES, SERVICE, SERVICE)))
                .containsExactly(
                        NO_ROOM, new WorkResult.Park("service, turn 0"), new WorkResult.Park("service, turn 0"), DONE);
    }

    @Test
    void room_is_there_again_after_a_turn_however_it_ended() {
        List<Integer> begun = new ArrayList<>();
        AccountDispatcher turns = turns(Map.of(SALES.account(), (task, turn) -> {
            begun.add(turn);
            throw new IllegalStateException();
        }));

        for (int turn = 0; turn < 2; turn++) {
            try {
                turns.work(SALES, turn);
            } catch (IllegalStateException expected) {
                assertThat(begun).last().isEqualTo(turn);
            }
        }
        assertThat(begun).containsExactly(0, 1);
    }

    @Test
    void a_parked_task_is_logged_although_the_listener_throws() {
        HangUpByListener faulty = new HangUpByListener() {
            @Override
            public void onParked(TaskRef task, String reason) {
                throw new IllegalStateException("a listener's fault");
            }
        };
        AccountDispatcher turns = new AccountDispatcher(Map.of(), 1, new RecordingQueue(), faulty, Clock.systemUTC());
        try (CapturedLog log = new CapturedLog()) {
            turns.parked(SALES, "no access");

            assertThat(log.warnings())
                    .containsExactly("task " + SALES + ": parked, no access", "task " + SALES + ": a listener failed");
        }
    }

    /** More of them than are remembered: to forget each before it comes again would be to park none. */
    @Test
    void of_too_many_tasks_that_no_node_has_those_that_are_counted_are_parked() {
        HandClock clock = new HandClock(Instant.parse("2026-03-04T10:15:30Z"));
        List<TaskRef> parked = new ArrayList<>();
        WorkQueue queue = (WorkQueue) Proxy.newProxyInstance(
                WorkQueue.class.getClassLoader(),
                new Class<?>[] {WorkQueue.class},
                (proxy, changedAt, task) -> Optional.of(Instant.EPOCH));
        AccountDispatcher turns = new AccountDispatcher(Map.of(), 1, queue, HangUpByListener.NOOP, clock);
        try (CapturedLog quiet = new CapturedLog()) {
            for (int seconds = 0; seconds <= 630; seconds += 30) {
                for (int i = 0; i <= 10_000; i++) {
                    TaskRef task = Events.task(i);
                    if (turns.work(task, 0) instanceof WorkResult.Park) {
                        parked.add(task);
                    }
                }
                clock.step(Duration.ofSeconds(30));
            }
            assertThat(quiet.warnings()).isEmpty();
        }

        assertThat(parked).contains(Events.task(0), Events.task(9_999));
    }
}
