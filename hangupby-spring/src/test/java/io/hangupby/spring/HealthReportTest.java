package io.hangupby.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.AccountSid;
import io.hangupby.decision.Kept;
import io.hangupby.telemetry.HangUpByStatus;
import io.hangupby.telemetry.TwilioStatus;
import io.hangupby.twilio.Reachability;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthReportTest {
    private static final AccountSid SALES = new AccountSid("AC" + "1".repeat(32));
    private static final AccountSid SERVICE = new AccountSid("AC" + "2".repeat(32));
    private static final Instant SINCE = Instant.parse("2026-03-04T10:15:30Z");

    @ParameterizedTest
    @CsvSource({
        "UNTRIED, false, 0, UP",
        "OK, false, 0, UP",
        "OK, false, 7, UP",
        "OK, true, 0, UP",
        "THROTTLED, false, 0, UP",
        "THROTTLED, true, 0, UP",
        "UNREACHABLE, false, 0, UP",
        "UNREACHABLE, true, 0, DEGRADED",
        "UNAUTHORIZED, false, 0, UP",
        "UNAUTHORIZED, true, 0, DEGRADED"
    })
    void health_is_degraded_only_if_nothing_can_be_written(
            Reachability twilio, boolean circuitOpen, int parked, String expected) {
        HealthReport report =
                HealthReport.of(new Status(List.of(sales(twilio, circuitOpen)), true, 3, parked, 2, 1, 4, 5, 79, 0));

        assertThat(report.status()).isEqualTo(expected);
        assertThat(report.details())
                .isEqualTo(Map.of(
                        "twilio",
                        twilio,
                        "since",
                        SINCE,
                        "slowRequests",
                        6L,
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
                        "rejectedEvents",
                        4L,
                        "missedEvents",
                        5L));
    }

    private static TwilioStatus sales(Reachability twilio, boolean circuitOpen) {
        return new OfTwilio(SALES, twilio, SINCE, circuitOpen, 6, 20, false, 0, 0, 0, 0);
    }

    @Test
    void health_is_degraded_if_one_of_several_accounts_cannot_be_written_to() {
        HealthReport report = HealthReport.of(new Status(
                List.of(
                        sales(Reachability.OK, false),
                        new OfTwilio(SERVICE, Reachability.UNAUTHORIZED, SINCE, true, 0, 20, false, 0, 0, 0, 0)),
                true,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0));

        assertThat(report.status()).isEqualTo("DEGRADED");
        assertThat(report.details())
                .containsEntry(
                        "accounts",
                        Map.of(
                                SALES.value(),
                                Map.of("twilio", Reachability.OK, "since", SINCE, "slowRequests", 6L),
                                SERVICE.value(),
                                Map.of("twilio", Reachability.UNAUTHORIZED, "since", SINCE, "slowRequests", 0L)));
    }

    @Test
    void health_is_down_if_events_cannot_be_stored() {
        HealthReport report =
                HealthReport.of(new Status(List.of(sales(Reachability.OK, false)), false, 0, 0, 0, 0, 0, 0, 0, 0));

        assertThat(report.status()).isEqualTo("DOWN");
        assertThat(report.details()).containsEntry("journal", "DOWN").doesNotContainKeys("due", "parked");
    }

    @Test
    void health_stays_up_and_warns_if_the_journal_in_memory_is_nearly_full() {
        HealthReport report =
                HealthReport.of(new Status(List.of(sales(Reachability.OK, false)), true, 0, 0, 0, 0, 0, 0, 80, 7));

        assertThat(report.status()).isEqualTo("UP");
        assertThat(report.details())
                .containsEntry("journal", "UP")
                .containsEntry("forgotten", 7L)
                .containsEntry(
                        "journal-full",
                        "80 % by calls that have not ended; subscribe to the events of type completed,"
                                + " give the JVM more heap, or set hangupby.store=jdbc");
    }

    private record Status(
            List<TwilioStatus> twilio,
            boolean journalUp,
            int due,
            int parked,
            long collisions,
            long recovered,
            long rejectedEvents,
            long missedEvents,
            int journalPercentFull,
            long forgotten)
            implements HangUpByStatus {

        @Override
        public String facts() {
            return "";
        }

        @Override
        public long values(Kept kept) {
            return 0;
        }
    }

    private record OfTwilio(
            AccountSid account,
            Reachability reachability,
            Instant since,
            boolean circuitOpen,
            long slowRequests,
            int updatesPerSecond,
            boolean writesOnEventVersions,
            long eventVersionComparisons,
            long eventVersionDifferences,
            long eventVersionWrites,
            long eventVersionConflicts)
            implements TwilioStatus {}
}
