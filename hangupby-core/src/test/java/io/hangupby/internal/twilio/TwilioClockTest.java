package io.hangupby.internal.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.testing.CapturedLog;
import io.hangupby.testing.HandClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwilioClockTest {
    private static final Instant NOW = Instant.parse("2026-03-04T10:15:30Z");

    private final HandClock hand = new HandClock(NOW);
    private final TwilioClock clock = TwilioClock.of(hand);

    private static String date(Instant at) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(at.atOffset(ZoneOffset.UTC));
    }

    private void respondedThrice(Instant date) {
        for (int i = 0; i < 3; i++) {
            clock.responded(clock.steady().instant(), date(date));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "2, 0", "-2, 0", "3, 3", "3600, 3600", "-3600, -3599", "-600, -599"})
    void three_responses_tell_how_far_the_clocks_are_apart(int secondsAhead, int skew) {
        clock.responded(NOW, date(NOW.plusSeconds(secondsAhead)));
        clock.responded(NOW, date(NOW.plusSeconds(secondsAhead)));
        assertThat(clock.skew()).isZero();

        clock.responded(NOW, date(NOW.plusSeconds(secondsAhead)));

        assertThat(clock.skew()).isEqualTo(Duration.ofSeconds(skew));
        assertThat(clock.instant()).isEqualTo(NOW.plusSeconds(skew));
        assertThat(clock.steady().instant()).isEqualTo(NOW);
    }

    @Test
    void the_time_that_a_response_takes_is_no_skew() {
        hand.step(Duration.ofSeconds(5));
        for (int i = 0; i < 3; i++) {
            clock.responded(NOW, date(NOW.plusSeconds(1)));
        }

        assertThat(clock.skew()).isZero();
    }

    @Test
    void one_date_among_many_is_outvoted() {
        clock.responded(NOW, date(NOW));
        clock.responded(NOW, date(NOW));
        clock.responded(NOW, date(Instant.EPOCH));

        assertThat(clock.skew()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "now", "2026-03-04T10:15:30Z"})
    void what_is_no_date_is_ignored(String date) {
        clock.responded(NOW, date);

        assertThat(clock.skew()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"2, 0", "-60, 0", "10, 10", "-3600, -3600"})
    void without_a_response_events_do(int secondsAhead, int skew) {
        clock.received(NOW.plusSeconds(secondsAhead));
        assertThat(clock.skew()).isEqualTo(Duration.ofSeconds(skew));

        respondedThrice(NOW);
        assertThat(clock.skew()).isZero();
    }

    @Test
    void old_events_alone_are_not_logged_as_a_clock_that_is_ahead() {
        try (CapturedLog log = new CapturedLog()) {
            clock.received(NOW.minusSeconds(3600));
            assertThat(log.warnings()).isEmpty();

            clock.received(NOW.plusSeconds(3600));
            assertThat(log.warnings()).singleElement().asString().contains("3600 s behind Twilio's");
        }
    }

    @Test
    void the_event_that_was_quickest_counts() {
        clock.received(NOW.minusSeconds(3600));
        clock.received(NOW.minusSeconds(1));
        clock.received(NOW.minusSeconds(7200));

        assertThat(clock.skew()).isZero();
    }

    @Test
    void a_large_skew_is_logged_once() {
        try (CapturedLog log = new CapturedLog()) {
            respondedThrice(NOW.plusSeconds(20));
            assertThat(log.warnings()).isEmpty();
            for (int i = 0; i < 10; i++) {
                clock.responded(NOW, date(NOW.minusSeconds(3600)));
            }

            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .startsWith("This machine's clock is 3599 s ahead of Twilio's; ")
                    .contains("Set the clock, best by NTP");

            for (int i = 0; i < 2; i++) {
                respondedThrice(NOW);
                respondedThrice(NOW.minusSeconds(3600));
            }
            assertThat(log.warnings()).hasSize(3);
        }
    }
}
