package io.hangupby.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.HangUpByStatus;
import io.hangupby.twilio.Reachability;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthReportTest {
    private static final Instant SINCE = Instant.parse("2026-03-04T10:15:30Z");

    @ParameterizedTest
    @CsvSource({
        "UNTRIED, false, 0, true",
        "OK, false, 0, true",
        "OK, false, 7, true",
        "OK, true, 0, true",
        "THROTTLED, false, 0, true",
        "THROTTLED, true, 0, true",
        "UNREACHABLE, false, 0, true",
        "UNREACHABLE, true, 0, false",
        "UNAUTHORIZED, false, 0, true",
        "UNAUTHORIZED, true, 0, false"
    })
    void isDownOnlyWhereNothingCanBeWritten(Reachability twilio, boolean breakerOpen, int parked, boolean up) {
        HealthReport report =
                HealthReport.of(new HangUpByStatus(twilio, SINCE, breakerOpen, true, 3, parked, 2, 1, 4, 5));

        assertThat(report.up()).isEqualTo(up);
        assertThat(report.details())
                .isEqualTo(Map.of(
                        "twilio",
                        twilio,
                        "since",
                        SINCE,
                        "journal",
                        "UP",
                        "due",
                        3,
                        "parked",
                        parked,
                        "collisions",
                        2L,
                        "recovered",
                        1L,
                        "refused",
                        4L,
                        "missed",
                        5L));
    }

    @Test
    void isDownWhereEventsCannotBeKept() {
        HealthReport report =
                HealthReport.of(new HangUpByStatus(Reachability.OK, SINCE, false, false, 0, 0, 0, 0, 0, 0));

        assertThat(report.up()).isFalse();
        assertThat(report.details()).containsEntry("journal", "DOWN").doesNotContainKeys("due", "parked");
    }
}
