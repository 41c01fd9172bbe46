package io.hangupby.internal.journal.jdbc;

import static io.hangupby.internal.event.EventType.RESERVATION_ACCEPTED;
import static io.hangupby.internal.event.EventType.RESERVATION_WRAPUP;
import static io.hangupby.internal.event.Events.A;
import static io.hangupby.internal.event.Events.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hangupby.call.CallSid;
import io.hangupby.call.ConferenceSid;
import io.hangupby.call.ParticipantLeft;
import io.hangupby.internal.event.ConferenceEvent;
import io.hangupby.internal.event.ConferenceEvent.LegLeft;
import io.hangupby.internal.event.ConferenceEvent.LegSeen;
import io.hangupby.internal.event.ConferenceEvent.Origin;
import io.hangupby.internal.event.Events;
import io.hangupby.internal.journal.SchedulingPolicy;
import io.hangupby.internal.journal.WorkResult;
import io.hangupby.testing.MariaDbProcess;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A status callback that comes while its task waits for the next turn, an hour from now. */
@Timeout(120)
class LateCallbackTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final long DEADLINE_SECONDS = 60;
    private static final ConferenceSid ROOM = new ConferenceSid("CF" + "0".repeat(32));
    private static final CallSid CUSTOMER = new CallSid("CA" + "1".repeat(32));
    private static final CallSid AGENT = new CallSid("CA" + "2".repeat(32));

    private final BlockingQueue<Integer> turns = new LinkedBlockingQueue<>();
    private final CountDownLatch waits = new CountDownLatch(1);
    private final ScheduledExecutorService threads = new ScheduledThreadPoolExecutor(4) {
        @Override
        public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
            if (unit.toMillis(delay) == LONG.toMillis()) {
                waits.countDown();
            }
            return super.schedule(command, delay, unit);
        }
    };
    private Optional<JdbcStore> opened = Optional.empty();

    private JdbcStore store(Product product) {
        assumeTrue(product != Product.MARIADB || MariaDbProcess.program().isPresent(), "mariadbd is not installed");
        DataSource source = switch (product) {
            case POSTGRESQL -> TestDatabases.postgres();
            case MARIADB -> TestDatabases.mariaDb();
            case H2 -> TestDatabases.h2();
        };
        JdbcStore store = JdbcStore.open(
                source,
                Optional.empty(),
                false,
                Duration.ofDays(7),
                Clock.systemUTC(),
                threads,
                4,
                new SchedulingPolicy(false));
        opened = Optional.of(store);
        return store;
    }

    @AfterEach
    void stop() {
        opened.ifPresent(store -> store.queue().stop(Duration.ofSeconds(5)));
        threads.shutdownNow();
    }

    /** Starts to work on a task whose order of leaving is incomplete. */
    private void start(JdbcStore store) {
        store.journal().append(event(RESERVATION_ACCEPTED, A, 1_000));
        List.of(seen(1, CUSTOMER), seen(2, AGENT), left(3, CUSTOMER, ParticipantLeft.Reason.PARTICIPANT_HUNG_UP))
                .forEach(store.journal()::append);
        store.journal().append(event(RESERVATION_WRAPUP, A, 60_000));
        store.queue().start((task, turn) -> {
            turns.add(turn);
            return new WorkResult.RetryIn(LONG);
        });
    }

    private static ConferenceEvent seen(int number, CallSid leg) {
        return new LegSeen(origin(number, 1_000), leg, true, true, false, false);
    }

    private static ConferenceEvent left(int number, CallSid leg, ParticipantLeft.Reason reason) {
        return new LegLeft(origin(number, 60_000), leg, Optional.of(reason), false, Optional.empty());
    }

    private static Origin origin(int number, long millis) {
        return new Origin(Events.TASK, ROOM, number, Events.START.plusMillis(millis), Optional.of(CUSTOMER));
    }

    private Optional<Integer> nextTurn() throws InterruptedException {
        return Optional.ofNullable(turns.poll(DEADLINE_SECONDS, TimeUnit.SECONDS));
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void that_completes_the_order_of_leaving_ends_the_wait(Product product) throws Exception {
        JdbcStore store = store(product);
        start(store);
        assertThat(nextTurn()).contains(0);
        assertThat(waits.await(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();

        store.journal().append(left(4, AGENT, ParticipantLeft.Reason.MODERATOR_ENDED_CONFERENCE));

        assertThat(nextTurn()).contains(1);
    }
}
