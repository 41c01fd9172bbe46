package io.hangupby.example.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The short form, with all kinds of trouble at once. */
@Timeout(120)
class KillTestTest {

    @Test
    void no_event_that_received_204_is_lost(@TempDir Path folder) throws Exception {
        Options options = new Options(80, 10, 4, Duration.ofSeconds(20), 0.1, 1);

        Result result = new KillTest(options).run(folder);

        assertThat(result.calls()).isEqualTo(80);
        assertThat(result.kills()).isEqualTo(4);
        assertThat(result.faults()).isPositive();
        assertThat(result.isRight()).as("%n%s", result).isTrue();
    }
}
