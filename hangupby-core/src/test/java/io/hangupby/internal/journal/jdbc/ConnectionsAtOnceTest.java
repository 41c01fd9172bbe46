package io.hangupby.internal.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.withSettings;

import com.zaxxer.hikari.HikariDataSource;
import io.hangupby.internal.event.Events;
import io.hangupby.internal.journal.SchedulingPolicy;
import io.hangupby.internal.journal.WorkResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many tasks are due at once, on a node with more threads than connections for them. */
@Timeout(120)
class ConnectionsAtOnceTest {
    private static final int TASKS = 16;

    /** The application keeps one connection of a pool of ten. */
    private static final int CONNECTIONS = 9;

    /** A connection is returned this much later, so that whoever may take one at the same time does. */
    private static final long RETURNED_LATER_MILLIS = 100;

    private final Object lock = new Object();
    private int taken;
    private int mostTaken;

    @ParameterizedTest
    @EnumSource(Product.class)
    void a_node_leaves_the_application_a_connection(Product product) throws Exception {
        JdbcStore store = JdbcStore.open(
                counted(roomy(TestDatabases.of(product))),
                Optional.empty(),
                false,
                Duration.ofDays(7),
                Clock.systemUTC(),
                Executors.newScheduledThreadPool(TASKS),
                TASKS,
                new SchedulingPolicy(false));
        for (int task = 0; task < TASKS; task++) {
            store.queue().wake(Events.task(task));
        }
        CountDownLatch worked = new CountDownLatch(TASKS);

        store.queue().start((task, turn) -> {
            worked.countDown();
            return new WorkResult.Complete();
        });

        assertThat(worked.await(60, TimeUnit.SECONDS)).isTrue();
        store.queue().stop(Duration.ofSeconds(5));
        synchronized (lock) {
            assertThat(mostTaken).isBetween(2, CONNECTIONS);
        }
    }

    private static DataSource roomy(DataSource source) {
        if (source instanceof HikariDataSource pool) {
            pool.setMaximumPoolSize(2 * CONNECTIONS);
        }
        return source;
    }

    private DataSource counted(DataSource source) throws SQLException {
        DataSource counting = mock(DataSource.class, withSettings().stubOnly().defaultAnswer(delegatesTo(source)));
        doAnswer(call -> counted(source.getConnection())).when(counting).getConnection();
        return counting;
    }

    private Connection counted(Connection connection) throws SQLException {
        synchronized (lock) {
            taken++;
            mostTaken = Math.max(mostTaken, taken);
            lock.notifyAll();
        }
        Connection counted = mock(Connection.class, withSettings().stubOnly().defaultAnswer(delegatesTo(connection)));
        doAnswer(call -> {
                    connection.close();
                    returned();
                    return null;
                })
                .when(counted)
                .close();
        return counted;
    }

    private void returned() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(RETURNED_LATER_MILLIS);
        synchronized (lock) {
            for (long left = RETURNED_LATER_MILLIS; left > 0 && taken <= CONNECTIONS; ) {
                lock.wait(left);
                left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            }
            taken--;
        }
    }
}
