package io.hangupby.example.endurance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The short form, with all kinds of trouble at once. */
@Timeout(180)
class KillTestTest {

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mariadb"})
    void no_event_that_received_204_is_lost(String database, @TempDir Path folder) throws Exception {
        assumeTrue(
                !database.equals("mariadb")
                        || MariaDb.isInstalled()
                        || "required".equals(System.getenv("MARIADB_TESTS")),
                "mariadbd is not installed");
        Options options = new Options(80, 10, 4, Duration.ofSeconds(20), 0.1, 1, database);

        Result result = new KillTest(options).run(folder);

        assertThat(result.calls()).isEqualTo(80);
        assertThat(result.kills()).isEqualTo(4);
        assertThat(result.faults()).isPositive();
        assertThat(result.isRight()).as("%n%s", result).isTrue();
    }
}
