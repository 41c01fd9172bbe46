package io.hangupby.example.endurance;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Somebody locks hangupby's table in the database, and forgets about it for a while. */
final class LockedTable implements Attack {
    /** HikariCP's own default, which the demo leaves as it is. */
    private static final int POOL = 10;

    private final Duration time;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private Runnable unlock = () -> {};
    private long began;
    private volatile int most;

    LockedTable(Duration time) {
        this.time = time;
    }

    @Override
    public void begin(Victim victim) throws SQLException {
        String url = victim.database().url() + "?user=postgres&ApplicationName=";
        Connection counting = DriverManager.getConnection(url + "outside");
        Connection locking = DriverManager.getConnection(url + "outside");
        locking.setAutoCommit(false);
        try (Statement statement = locking.createStatement()) {
            statement.execute("lock table hangupby_task in access exclusive mode");
        }
        began = System.nanoTime();
        ScheduledFuture<?> unused = thread.scheduleWithFixedDelay(() -> count(counting), 0, 200, TimeUnit.MILLISECONDS);
        unlock = () -> {
            close(locking);
            thread.shutdownNow();
            close(counting);
        };
    }

    private void count(Connection connection) {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from pg_stat_activity"
                        + " where backend_type = 'client backend' and application_name <> 'outside'")) {
            row.next();
            most = Math.max(most, row.getInt(1));
        } catch (SQLException ended) {
            thread.shutdown();
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException gone) {
            // It has ended either way.
        }
    }

    @Override
    public boolean isPlayed() {
        return System.nanoTime() - began >= time.toNanos();
    }

    @Override
    public void end() {
        unlock.run();
    }

    @Override
    public Observation observe() {
        return new Observation(
                "%d backends at the most, %d in the pool".formatted(most, POOL), most > 0 && most <= POOL);
    }
}
