package io.hangupby.internal.journal.jdbc;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hangupby.testing.MariaDbProcess;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.mariadb.jdbc.MariaDbDataSource;

/**
 * The MariaDB server of this machine, started with data of its own. Tests that need it are skipped where it is not installed, unless
 * {@code MARIADB_TESTS=required} is set.
 */
final class MariaDbServer {
    private static final Optional<MariaDbServer> RUNNING =
            MariaDbProcess.program().map(MariaDbServer::start);

    private final MariaDbProcess process;

    private MariaDbServer(MariaDbProcess process) {
        this.process = process;
    }

    /** Returns the server, or skips the test. */
    static MariaDbServer running() {
        if (RUNNING.isEmpty() && "required".equals(System.getenv("MARIADB_TESTS"))) {
            throw new IllegalStateException("mariadbd is not installed; on Debian it is in mariadb-server-core");
        }
        assumeTrue(RUNNING.isPresent(), "mariadbd is not installed");
        return RUNNING.orElseThrow();
    }

    private static MariaDbServer start(Path program) {
        try {
            Path data = Files.createTempDirectory("mariadb");
            MariaDbProcess process = MariaDbProcess.start(
                    program,
                    data,
                    "--innodb-flush-log-at-trx-commit=0",
                    "--innodb-flush-method=nosync",
                    "--innodb-buffer-pool-size=64M",
                    "--max-connections=300");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process, data)));
            return new MariaDbServer(process);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void end(MariaDbProcess process, Path data) {
        process.close();
        try (Stream<Path> files = Files.walk(data)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException left) {
            // The folder of temporary files is cleaned by the machine.
        }
    }

    /** Returns a data source without a pool, for a database of the server. */
    DataSource dataSource(String database) {
        return dataSource(database, "root");
    }

    /** Returns the same for another user. */
    DataSource dataSource(String database, String user) {
        return dataSource(database, user, "");
    }

    /** Returns the same with options of the driver, each with an ampersand before it. */
    DataSource dataSource(String database, String user, String options) {
        try {
            return new MariaDbDataSource(process.url(database) + "?user=" + user + options);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
