package io.hangupby.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.AccountSid;
import io.hangupby.decision.Kept;
import io.hangupby.telemetry.HangUpByStatus;
import io.hangupby.telemetry.TwilioStatus;
import io.hangupby.twilio.Reachability;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusGaugesTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Status vitals = new Status(Reachability.OK, false, true, 3, 2, 1, 4);
    private int asked;
    private long now;
    private final StatusGauges signs = new StatusGauges(
            meters,
            () -> {
                asked++;
                return vitals;
            },
            () -> now);

    StatusGaugesTest() {
        signs.register();
    }

    private double gauge(String name) {
        return meters.get("hangupby." + name).gauge().value();
    }

    private double counter(String name) {
        return meters.get("hangupby." + name).functionCounter().count();
    }

    @Test
    void the_status_is_read_once_a_second() {
        assertThat(gauge("due")).isEqualTo(3);
        assertThat(gauge("parked")).isEqualTo(2);
        assertThat(counter("collisions")).isEqualTo(1);
        assertThat(counter("recovered")).isEqualTo(4);
        assertThat(asked).isEqualTo(1);

        vitals = new Status(Reachability.OK, false, true, 5, 2, 1, 4);
        now = Duration.ofMillis(999).toNanos();
        assertThat(gauge("due")).isEqualTo(3);
        now = Duration.ofSeconds(1).toNanos();
        assertThat(gauge("due")).isEqualTo(5);
        assertThat(asked).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "UNTRIED, false, 1, 0",
        "OK, false, 1, 0",
        "THROTTLED, false, 1, 0",
        "UNREACHABLE, true, 0, 1",
        "UNAUTHORIZED, true, 0, 1"
    })
    void the_twilio_gauges_show_reachability_and_circuit(
            Reachability twilio, boolean circuitOpen, double reachable, double held) {
        vitals = new Status(twilio, circuitOpen, true, 0, 0, 0, 0);

        assertThat(gauge("twilio.reachable")).isEqualTo(reachable);
        assertThat(gauge("twilio.circuit.open")).isEqualTo(held);
        assertThat(gauge("journal.up")).isEqualTo(1);
    }

    @Test
    void the_gauges_of_events_versions_add_up_what_all_accounts_have_shown() {
        assertThat(gauge("event.versions.on")).isEqualTo(1);
        assertThat(counter("event.versions.comparisons")).isEqualTo(7);
        assertThat(counter("event.versions.differences")).isEqualTo(1);
        assertThat(counter("event.versions.writes")).isEqualTo(5);
        assertThat(counter("event.versions.conflicts")).isEqualTo(2);
    }

    @Test
    void the_limit_of_updates_is_a_gauge() {
        assertThat(gauge("updates.per.second")).isEqualTo(11);
    }

    @Test
    void the_journal_gauges_are_nan_while_the_journal_is_down() {
        vitals = new Status(Reachability.OK, false, false, 0, 0, 0, 0);

        assertThat(gauge("journal.up")).isZero();
        assertThat(gauge("due")).isNaN();
        assertThat(gauge("parked")).isNaN();
    }

    private record Status(
            Reachability reachability,
            boolean circuitOpen,
            boolean journalUp,
            int due,
            int parked,
            long collisions,
            long recovered)
            implements HangUpByStatus {
        private static final AccountSid ACCOUNT = new AccountSid("AC" + "0".repeat(32));

        @Override
        public List<TwilioStatus> twilio() {
            return List.of(new OfTwilio(ACCOUNT, reachability, Instant.EPOCH, circuitOpen, 0, 11, true, 7, 1, 5, 2));
        }

        @Override
        public String facts() {
            return "";
        }

        @Override
        public long values(Kept kept) {
            return 0;
        }

        @Override
        public long rejectedEvents() {
            return 0;
        }

        @Override
        public long missedEvents() {
            return 0;
        }

        @Override
        public int journalPercentFull() {
            return 0;
        }

        @Override
        public long forgotten() {
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
