package io.hangupby.internal.processing;

import static io.hangupby.internal.twilio.InMemoryTwilio.failing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Level;
import io.hangupby.call.ConferenceSid;
import io.hangupby.internal.twilio.InMemoryTwilio.Request;
import io.hangupby.testing.CapturedLog;
import io.hangupby.twilio.Reachability;
import io.hangupby.twilio.TwilioFailure;
import io.hangupby.twilio.TwilioFailure.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** When the circuit opens and closes, and what is known of Twilio meanwhile. */
class TwilioCircuitBreakersTest extends ResilientGatewayFixture {

    @Nested
    class WhileTwilioIsDown {

        private void goDown() {
            twilio.always(Request.UPDATE, failing(Kind.UNAVAILABLE));
            for (int i = 0; i < 20; i++) {
                assertThat(failure(() -> updateOfAnother(gateway)).kind()).isEqualTo(Kind.UNAVAILABLE);
            }
            twilio.forgetRequests();
        }

        @Test
        void nothing_is_sent_any_more() {
            goDown();

            TwilioFailure failure = failure(() -> gateway.call(CALL));

            assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
            assertThat(failure.isRetryable()).isTrue();
            assertThat(failure.mayHaveBeenApplied()).isFalse();
            assertThat(failure.problem())
                    .isEqualTo("too many requests to Twilio failed just before, the last one with: as ordered");
            assertThat(failure.retryAfter()).contains(Duration.ofSeconds(5));
            assertThat(twilio.asked()).isEmpty();
            assertThat(waits).isEmpty();
        }

        @Test
        void it_is_tried_again_though_attempts_end_with_errors() {
            goDown();
            clock.step(Duration.ofSeconds(6));
            twilio.always(Request.CALL, () -> {
                throw new StackOverflowError();
            });
            for (int i = 0; i < 20; i++) {
                assertThatExceptionOfType(StackOverflowError.class).isThrownBy(() -> gateway.call(CALL));
            }
            twilio.heal();

            assertThat(gateway.call(CALL)).isEmpty();
        }

        @Test
        void it_is_tried_again_after_five_seconds() {
            goDown();
            twilio.heal();
            clock.step(Duration.ofSeconds(6));

            assertThat(gateway.call(CALL)).isEmpty();
            assertThat(twilio.asked()).containsExactly(Request.CALL);
        }

        @Test
        void is_returned() {
            Instant begun = clock.instant();
            clock.step(Duration.ofSeconds(1));
            goDown();
            clock.step(Duration.ofSeconds(1));
            assertThat(failure(() -> gateway.call(CALL)).kind()).isEqualTo(Kind.NOT_SENT);

            assertThat(gateway.reachability()).isEqualTo(Reachability.UNREACHABLE);
            assertThat(gateway.reachabilitySince()).isEqualTo(begun.plusSeconds(1));
            assertThat(gateway.circuitOpen()).isTrue();
        }

        @Test
        void that_is_logged_once_with_the_failure_and_once_more_when_it_responds_again() {
            String warning =
                    "requests to Twilio fail; work waits, and goes on by itself. request failed: as ordered; worth "
                            + "another try. If this lasts, check hangupby.twilio.* and the network";
            try (CapturedLog log = new CapturedLog()) {
                gateway.call(CALL);
                twilio.before(Request.UPDATE, failing(Kind.UNAVAILABLE));
                failure(() -> updateOfAnother(gateway));
                assertThat(log.warnings()).isEmpty();

                twilio.always(Request.UPDATE, failing(Kind.UNAVAILABLE));
                for (int i = 0; i < 100; i++) {
                    clock.step(Duration.ofSeconds(6));
                    failure(() -> updateOfAnother(gateway));
                }
                assertThat(log.warnings()).containsExactly(warning);

                twilio.heal();
                for (int i = 0; i < 20; i++) {
                    clock.step(Duration.ofSeconds(6));
                    gateway.call(CALL);
                }
                assertThat(log.at(Level.INFO)).containsExactly("Twilio responds again; work goes on");
            }
        }

        /** The address can be wrong, and whoever set it looks at the log now. */
        @Test
        void that_is_logged_at_once_if_it_was_never_reached() {
            try (CapturedLog log = new CapturedLog()) {
                twilio.before(Request.UPDATE, failing(Kind.UNAVAILABLE));
                failure(() -> updateOfAnother(gateway));

                assertThat(log.warnings()).singleElement().asString().startsWith("requests to Twilio fail;");
            }
        }

        @Test
        void that_is_no_news_once_nothing_has_been_asked_for_two_minutes() {
            goDown();
            clock.step(Duration.ofMinutes(2));

            assertThat(gateway.circuitOpen()).isFalse();
        }

        @Test
        void a_few_failures_among_responses_do_not_open_the_circuit() {
            for (int i = 0; i < 100; i++) {
                if (i % 2 == 0) {
                    twilio.before(Request.UPDATE, failing(Kind.UNAVAILABLE));
                    assertThat(failure(() -> updateOfAnother(gateway)).kind()).isEqualTo(Kind.UNAVAILABLE);
                } else {
                    gateway.call(CALL);
                }
            }

            assertThat(twilio.asked()).hasSize(100);
        }

        @Test
        void a_request_counts_once_with_all_its_attempts() {
            twilio.always(Request.CONFERENCE, failing(Kind.UNAVAILABLE));
            for (int i = 0; i < 19; i++) {
                int number = i;
                failure(() -> gateway.conference(conference(number)));
            }
            assertThat(twilio.asked()).hasSizeGreaterThan(100);
            assertThat(gateway.circuitOpen()).isFalse();

            failure(() -> gateway.conference(conference(19)));
            assertThat(gateway.circuitOpen()).isTrue();
        }

        @Test
        void is_not_caused_by_lasting_faults_of_some_resources() {
            Set<ConferenceSid> broken = IntStream.range(0, 8)
                    .mapToObj(ResilientGatewayFixture::conference)
                    .collect(Collectors.toSet());
            twilio.always(Request.CONFERENCE, failing(Kind.UNAVAILABLE));
            try (CapturedLog log = new CapturedLog()) {
                for (int round = 0; round < 50; round++) {
                    broken.forEach(each -> assertThat(
                                    failure(() -> gateway.conference(each)).kind())
                            .isEqualTo(Kind.UNAVAILABLE));
                }

                assertThat(gateway.circuitOpen()).isFalse();
                assertThat(gateway.call(CALL)).isEmpty();
                assertThat(log.warnings())
                        .filteredOn(line -> line.endsWith("its task is retried later"))
                        .hasSize(8);
            }
        }

        @Test
        void is_distinguished_from_a_request_that_fails_while_others_succeed() {
            twilio.always(Request.CONFERENCE, failing(Kind.UNAVAILABLE));
            try (CapturedLog log = new CapturedLog()) {
                for (int round = 0; round < 3; round++) {
                    failure(() -> gateway.conference(CONFERENCE));
                    clock.step(Duration.ofSeconds(1));
                    gateway.call(CALL);
                }

                assertThat(log.warnings())
                        .filteredOn(line -> line.endsWith("its task is retried later, and other tasks go on"))
                        .hasSize(1);
            }
        }

        @Test
        void requests_that_keep_failing_do_not_open_the_circuit_once_others_succeed() {
            for (int i = 0; i < 20; i++) {
                int number = i;
                twilio.always(Request.CONFERENCE, failing(Kind.UNAVAILABLE));
                failure(() -> gateway.conference(conference(number)));
            }
            clock.step(Duration.ofSeconds(6));
            gateway.call(CALL);
            for (int i = 0; i < 20; i++) {
                int number = i;
                assertThat(failure(() -> gateway.conference(conference(number))).kind())
                        .isEqualTo(Kind.UNAVAILABLE);
            }

            for (int i = 0; i < 10; i++) {
                assertThat(gateway.call(CALL)).isEmpty();
            }
            assertThat(gateway.circuitOpen()).isFalse();
        }

        @ParameterizedTest
        @EnumSource(
                value = Kind.class,
                names = {"THROTTLED", "NOT_FOUND", "BAD_REQUEST"})
        void is_not_caused_by_its_error_responses(Kind kind) {
            twilio.always(Request.CALL, failing(kind, Duration.ofMinutes(1)));
            for (int i = 0; i < 100; i++) {
                assertThat(failure(() -> gateway.call(CALL)).kind()).isEqualTo(kind);
            }

            assertThat(twilio.asked(Request.CALL)).isEqualTo(100);
        }
    }

    @Nested
    class WhileTheCredentialsAreWrong {
        private static final int REFUSALS = 3;

        private void areRefused() {
            twilio.always(Request.CALL, failing(Kind.UNAUTHORIZED));
            for (int i = 0; i < REFUSALS; i++) {
                assertThat(failure(() -> gateway.call(CALL)).kind()).isEqualTo(Kind.UNAUTHORIZED);
            }
            twilio.forgetRequests();
        }

        @Test
        void nothing_is_sent_any_more() {
            areRefused();

            TwilioFailure failure = failure(() -> gateway.task(TASK));

            assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
            assertThat(failure.problem()).isEqualTo("Twilio does not accept the credentials");
            assertThat(failure.isRetryable()).isTrue();
            assertThat(failure.retryAfter()).contains(Duration.ofSeconds(5));
            assertThat(twilio.asked()).isEmpty();
        }

        @Test
        void one_request_is_sent_from_time_to_time_less_and_less_often() {
            areRefused();
            Instant begun = clock.instant();
            List<Long> sentAfter = new ArrayList<>();
            for (int second = 1; second <= 300; second++) {
                clock.step(Duration.ofSeconds(1));
                for (int i = 0; i < 3; i++) {
                    failure(() -> gateway.call(CALL));
                }
                if (!twilio.asked().isEmpty()) {
                    assertThat(twilio.asked()).hasSize(1);
                    sentAfter.add(Duration.between(begun, clock.instant()).toSeconds());
                    twilio.forgetRequests();
                }
            }

            assertThat(sentAfter).hasSizeBetween(6, 8);
            assertThat(sentAfter.get(0)).isBetween(5L, 6L);
            assertThat(sentAfter.get(1) - sentAfter.get(0)).isBetween(10L, 11L);
            assertThat(sentAfter.get(2) - sentAfter.get(1)).isBetween(20L, 21L);
            assertThat(sentAfter.get(4) - sentAfter.get(3)).isBetween(60L, 61L);
        }

        @Test
        void a_response_closes_the_circuit_at_once() {
            areRefused();
            twilio.heal();
            clock.step(Duration.ofSeconds(6));

            assertThat(gateway.call(CALL)).isEmpty();
            assertThat(gateway.task(TASK)).isEmpty();
            assertThat(gateway.reachability()).isEqualTo(Reachability.OK);
            assertThat(gateway.circuitOpen()).isFalse();
        }

        @ParameterizedTest
        @EnumSource(
                value = Kind.class,
                names = {"THROTTLED", "UNAVAILABLE", "UNREACHABLE", "INVALID_RESPONSE"})
        void another_failure_says_nothing_of_them(Kind other) {
            areRefused();
            clock.step(Duration.ofSeconds(6));
            twilio.always(Request.UPDATE, failing(other, Duration.ofMinutes(1)));
            assertThat(failure(() -> update(gateway)).kind()).isEqualTo(other);

            assertThat(failure(() -> gateway.call(CALL)).kind()).isEqualTo(Kind.UNAUTHORIZED);
            assertThat(failure(() -> gateway.call(CALL)).kind()).isEqualTo(Kind.NOT_SENT);
        }

        @Test
        void that_is_logged_once_and_once_more_when_they_are_right() {
            try (CapturedLog log = new CapturedLog()) {
                areRefused();
                for (int i = 0; i < 10; i++) {
                    clock.step(Duration.ofMinutes(2));
                    failure(() -> gateway.call(CALL));
                }
                assertThat(log.at(Level.ERROR))
                        .containsExactly(
                                "Twilio does not accept the credentials, so nothing can be decided or written; work waits."
                                        + " request failed: as ordered; tried again until that is mended");
                assertThat(log.at(Level.INFO)).isEmpty();

                twilio.heal();
                clock.step(Duration.ofMinutes(2));
                gateway.call(CALL);
                gateway.call(CALL);
                assertThat(log.at(Level.INFO)).containsExactly("Twilio accepts the credentials again; work goes on");

                areRefused();
                assertThat(log.at(Level.ERROR)).hasSize(2);
            }
        }

        @Test
        void a_single_unauthorized_response_does_not_open_the_circuit() {
            for (int i = 0; i < 30; i++) {
                twilio.before(Request.CALL, failing(Kind.UNAUTHORIZED), failing(Kind.UNAUTHORIZED));
                assertThat(failure(() -> gateway.call(CALL)).kind()).isEqualTo(Kind.UNAUTHORIZED);
                assertThat(failure(() -> gateway.call(CALL)).kind()).isEqualTo(Kind.UNAUTHORIZED);
                gateway.call(CALL);
            }

            assertThat(twilio.asked(Request.CALL)).isEqualTo(90);
        }
    }

    @Nested
    class Reach {

        @Test
        void is_untried_at_first() {
            assertThat(gateway.reachability()).isEqualTo(Reachability.UNTRIED);
            assertThat(gateway.reachabilitySince()).isEqualTo(clock.instant());
            assertThat(gateway.circuitOpen()).isFalse();
        }

        @ParameterizedTest
        @CsvSource({
            "THROTTLED, THROTTLED",
            "UNAVAILABLE, UNREACHABLE",
            "UNREACHABLE, UNREACHABLE",
            "INVALID_RESPONSE, UNREACHABLE",
            "UNAUTHORIZED, UNAUTHORIZED",
            "NOT_FOUND, OK",
            "BAD_REQUEST, OK"
        })
        void is_that_of_the_last_response(Kind kind, Reachability reachability) {
            gateway.task(TASK);
            assertThat(gateway.reachability()).isEqualTo(Reachability.OK);
            clock.step(Duration.ofSeconds(1));
            twilio.before(Request.UPDATE, failing(kind, Duration.ofMinutes(1)));
            failure(() -> update(gateway));

            assertThat(gateway.reachability()).isEqualTo(reachability);
            assertThat(gateway.circuitOpen()).isFalse();
        }

        @Test
        void is_of_the_time_of_its_change() {
            Instant begun = clock.instant();
            clock.step(Duration.ofSeconds(1));
            gateway.task(TASK);
            clock.step(Duration.ofSeconds(1));
            gateway.task(TASK);

            assertThat(gateway.reachabilitySince()).isEqualTo(begun.plusSeconds(1));
        }
    }
}
