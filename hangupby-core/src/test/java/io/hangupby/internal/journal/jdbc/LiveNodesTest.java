package io.hangupby.internal.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.withSettings;

import io.hangupby.testing.CapturedLog;
import io.hangupby.testing.HandClock;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class LiveNodesTest {
    private final HandClock clock = new HandClock(Instant.parse("2026-03-04T10:15:30Z"));
    private final DataSource source = TestDatabases.postgres();
    private final TransactionManager database = new TransactionManager(source);
    private final Tables tables =
            database.inTransaction(connection -> new Tables(Product.of(connection), Optional.empty()));
    private final LiveNodes first = node();
    private final LiveNodes second = node();

    private LiveNodes node() {
        return new LiveNodes(database, tables, clock);
    }

    @Test
    void nodes_count_each_other_until_one_leaves() {
        first.beat();
        assertThat(first.count()).isEqualTo(1);

        second.beat();
        first.beat();
        assertThat(first.count()).isEqualTo(2);
        assertThat(second.count()).isEqualTo(2);

        second.leave();
        first.beat();
        assertThat(first.count()).isEqualTo(1);
    }

    @Test
    void a_node_that_is_killed_counts_for_eight_seconds() {
        second.beat();
        clock.step(Duration.ofMillis(7_999));
        first.beat();
        assertThat(first.count()).isEqualTo(2);

        clock.step(Duration.ofMillis(1));
        first.beat();
        assertThat(first.count()).isEqualTo(1);
    }

    @Test
    void a_node_that_starts_deletes_the_rows_of_nodes_that_were_killed_long_ago() {
        second.beat();
        clock.step(Duration.ofMinutes(61));

        first.join();

        assertThat(rows()).isEqualTo(1);
        first.leave();
        assertThat(rows()).isZero();
    }

    @Test
    void a_node_goes_on_after_an_exception_of_the_data_source_and_logs_it_once() throws Exception {
        AtomicBoolean isBroken = new AtomicBoolean();
        DataSource breaking = mock(DataSource.class, withSettings().stubOnly().defaultAnswer(call -> {
            if (isBroken.get()) {
                throw new IllegalStateException("the pool is not ready");
            }
            return delegatesTo(source).answer(call);
        }));
        LiveNodes third = new LiveNodes(new TransactionManager(breaking), tables, clock);
        second.beat();
        third.beat();
        assertThat(third.count()).isEqualTo(2);

        second.leave();
        isBroken.set(true);
        try (CapturedLog log = new CapturedLog()) {
            third.beat();
            third.beat();

            assertThat(log.warnings()).singleElement().asString().startsWith("The nodes on the database");
        }
        assertThat(third.count()).isEqualTo(2);

        isBroken.set(false);
        third.beat();
        assertThat(third.count()).isEqualTo(1);
    }

    private int rows() {
        return database.inTransaction(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                            "select count(*) from hangupby_queue where task_name = 'node'");
                    ResultSet found = select.executeQuery()) {
                found.next();
                return found.getInt(1);
            }
        });
    }
}
