package io.hangupby.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.CALLS_REAL_METHODS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import io.hangupby.telemetry.HangUpByStatus;
import io.hangupby.telemetry.TwilioStatus;
import io.hangupby.twilio.Reachability;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusGaugesTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private HangUpByStatus current = status(Reachability.OK, false, true, 3, 2, 1, 4);
    private int reads;
    private long now;
    private final StatusGauges gauges = new StatusGauges(
            meters,
            () -> {
                reads++;
                return current;
            },
            () -> now);

    StatusGaugesTest() {
        gauges.register();
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
        assertThat(reads).isEqualTo(1);

        current = status(Reachability.OK, false, true, 5, 2, 1, 4);
        now = Duration.ofMillis(999).toNanos();
        assertThat(gauge("due")).isEqualTo(3);
        now = Duration.ofSeconds(1).toNanos();
        assertThat(gauge("due")).isEqualTo(5);
        assertThat(reads).isEqualTo(2);
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
            Reachability twilio, boolean circuitOpen, double reachable, double open) {
        current = status(twilio, circuitOpen, true, 0, 0, 0, 0);

        assertThat(gauge("twilio.reachable")).isEqualTo(reachable);
        assertThat(gauge("twilio.circuit.open")).isEqualTo(open);
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
        current = status(Reachability.OK, false, false, 0, 0, 0, 0);

        assertThat(gauge("journal.up")).isZero();
        assertThat(gauge("due")).isNaN();
        assertThat(gauge("parked")).isNaN();
    }

    private static HangUpByStatus status(
            Reachability reachability,
            boolean circuitOpen,
            boolean journalUp,
            int due,
            int parked,
            long collisions,
            long recovered) {
        TwilioStatus account = twilio(reachability, circuitOpen);
        HangUpByStatus status =
                mock(HangUpByStatus.class, withSettings().stubOnly().defaultAnswer(CALLS_REAL_METHODS));
        when(status.twilio()).thenReturn(List.of(account));
        when(status.journalUp()).thenReturn(journalUp);
        when(status.due()).thenReturn(due);
        when(status.parked()).thenReturn(parked);
        when(status.collisions()).thenReturn(collisions);
        when(status.recovered()).thenReturn(recovered);
        return status;
    }

    private static TwilioStatus twilio(Reachability reachability, boolean circuitOpen) {
        TwilioStatus twilio = mock(TwilioStatus.class, withSettings().stubOnly());
        when(twilio.reachability()).thenReturn(reachability);
        when(twilio.circuitOpen()).thenReturn(circuitOpen);
        when(twilio.updatesPerSecond()).thenReturn(11);
        when(twilio.writesOnEventVersions()).thenReturn(true);
        when(twilio.eventVersionComparisons()).thenReturn(7L);
        when(twilio.eventVersionDifferences()).thenReturn(1L);
        when(twilio.eventVersionWrites()).thenReturn(5L);
        when(twilio.eventVersionConflicts()).thenReturn(2L);
        return twilio;
    }
}
