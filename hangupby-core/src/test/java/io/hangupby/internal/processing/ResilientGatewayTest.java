package io.hangupby.internal.processing;

import static io.hangupby.internal.twilio.InMemoryTwilio.failing;
import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.internal.twilio.InMemoryTwilio.Request;
import io.hangupby.internal.twilio.TaskUpdate;
import io.hangupby.internal.twilio.TwilioGateway;
import io.hangupby.telemetry.Telemetry;
import io.hangupby.twilio.TwilioFailure;
import io.hangupby.twilio.TwilioFailure.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResilientGatewayTest extends ResilientGatewayFixture {
    /** The requests that there are; all but the update can be asked twice without harm. */
    enum Ask {
        CONFERENCE(Request.CONFERENCE),
        PARTICIPANTS(Request.PARTICIPANTS),
        CALL(Request.CALL),
        TASK(Request.TASK),
        EVENTS(Request.EVENTS);

        private final Request request;

        Ask(Request request) {
            this.request = request;
        }

        void of(TwilioGateway gateway) {
            switch (this) {
                case CONFERENCE -> gateway.conference(ResilientGatewayFixture.CONFERENCE);
                case PARTICIPANTS -> gateway.participants(ResilientGatewayFixture.CONFERENCE);
                case CALL -> gateway.call(ResilientGatewayFixture.CALL);
                case TASK -> gateway.task(ResilientGatewayFixture.TASK);
                case EVENTS -> gateway.events(ResilientGatewayFixture.TASK);
            }
        }
    }

    @Nested
    class ARead {

        @ParameterizedTest
        @EnumSource
        void is_passed_on_once_if_all_is_well(Ask ask) {
            ask.of(gateway);

            assertThat(twilio.asked()).containsExactly(ask.request);
            assertThat(waits).isEmpty();
        }

        @ParameterizedTest
        @EnumSource
        void is_retried_until_it_succeeds(Ask ask) {
            twilio.before(
                    ask.request,
                    failing(Kind.UNAVAILABLE),
                    failing(Kind.UNREACHABLE),
                    failing(Kind.INVALID_RESPONSE),
                    failing(Kind.NOT_FOUND));

            ask.of(gateway);

            assertThat(twilio.asked(ask.request)).isEqualTo(5);
            assertThat(waits).hasSize(4);
        }

        @Test
        void waits_as_long_as_twilio_asks_for() {
            twilio.before(
                    Request.CALL,
                    failing(Kind.THROTTLED, Duration.ofSeconds(3)),
                    failing(Kind.THROTTLED, Duration.ofSeconds(5)));

            gateway.call(CALL);

            assertThat(waits).containsExactly(Duration.ofSeconds(3), Duration.ofSeconds(5));
        }

        @Test
        void waits_longer_each_time_and_never_in_step_with_others() {
            List<List<Duration>> rounds = new ArrayList<>();
            for (int round = 0; round < 10; round++) {
                waits.clear();
                twilio.before(
                        Request.CALL,
                        Collections.nCopies(5, failing(Kind.THROTTLED)).toArray(Runnable[]::new));
                gateway.call(CALL);
                rounds.add(List.copyOf(waits));
            }

            for (List<Duration> round : rounds) {
                assertThat(round).hasSize(5);
                for (int i = 0; i < 5; i++) {
                    long middle = 200L << i;
                    assertThat(round.get(i))
                            .isBetween(
                                    Duration.ofMillis(middle / 2), Duration.ofMillis(Math.min(4000, middle * 3 / 2)));
                }
            }
            assertThat(rounds).doesNotHaveDuplicates();
        }

        @Test
        void fails_after_fifteen_seconds_with_the_last_failure() {
            twilio.always(Request.CALL, failing(Kind.UNREACHABLE));
            Instant begun = clock.instant();

            TwilioFailure failure = failure(() -> gateway.call(CALL));

            assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(Duration.between(begun, clock.instant())).isBetween(Duration.ofSeconds(9), DEADLINE);
            assertThat(twilio.asked(Request.CALL)).isEqualTo(waits.size() + 1);
        }

        @Test
        void counts_the_time_that_attempts_take_too() {
            twilio.always(Request.CALL, () -> {
                clock.step(Duration.ofSeconds(5));
                throw new TwilioFailure(Kind.UNREACHABLE, "read of call", "no response", Optional.empty());
            });

            assertThat(failure(() -> gateway.call(CALL)).kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(twilio.asked(Request.CALL)).isEqualTo(3);
        }

        @Test
        void fails_at_once_if_twilio_asks_for_more_time_than_there_is() {
            twilio.before(Request.CALL, failing(Kind.THROTTLED, Duration.ofSeconds(16)));

            assertThat(failure(() -> gateway.call(CALL)).retryAfter()).contains(Duration.ofSeconds(16));
            assertThat(waits).isEmpty();
        }

        @ParameterizedTest
        @EnumSource(
                value = Kind.class,
                names = {"BAD_REQUEST", "UNAUTHORIZED", "NOT_SENT"})
        void is_not_retried_if_that_is_useless(Kind kind) {
            twilio.always(Request.CALL, failing(kind));

            assertThat(failure(() -> gateway.call(CALL)).kind()).isEqualTo(kind);
            assertThat(twilio.asked(Request.CALL)).isEqualTo(1);
            assertThat(waits).isEmpty();
        }
    }

    @Nested
    class AnUpdate {

        @ParameterizedTest
        @EnumSource(
                value = Kind.class,
                names = {"UNAVAILABLE", "UNREACHABLE", "INVALID_RESPONSE"})
        void that_may_have_been_applied_is_not_sent_again(Kind kind) {
            twilio.before(Request.UPDATE, failing(kind));

            assertThat(failure(() -> update(gateway)).mayHaveBeenApplied()).isTrue();
            assertThat(twilio.asked()).containsExactly(Request.UPDATE);
            assertThat(waits).isEmpty();
        }

        @Test
        void that_was_not_processed_is_sent_again() {
            twilio.put(TASK, "{}");
            twilio.before(
                    Request.UPDATE,
                    failing(Kind.THROTTLED, Duration.ofSeconds(2)),
                    failing(Kind.THROTTLED, Duration.ofSeconds(4)));

            assertThat(update(gateway)).isInstanceOf(TaskUpdate.Applied.class);
            assertThat(waits).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(4));
            assertThat(twilio.attributes(TASK)).isEqualTo("{\"a\":1}");
        }

        @Test
        void with_a_response_is_not_sent_again() {
            assertThat(update(gateway)).isEqualTo(new TaskUpdate.Gone());
            twilio.put(TASK, "{}");
            twilio.edit(TASK, was -> was);
            assertThat(update(gateway)).isEqualTo(new TaskUpdate.ChangedMeanwhile());

            assertThat(twilio.asked(Request.UPDATE)).isEqualTo(2);
        }
    }

    @Nested
    class AnInterrupt {

        @Test
        void ends_the_wait_for_another_attempt() {
            ResilientGateway stopping = new ResilientGateway(twilio, 1, 0, () -> 1, Telemetry.NOOP, clock, wait -> {
                throw new InterruptedException();
            });
            twilio.before(Request.CALL, failing(Kind.UNAVAILABLE));

            assertThat(failure(() -> stopping.call(CALL)).kind()).isEqualTo(Kind.NOT_SENT);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(twilio.asked(Request.CALL)).isEqualTo(1);
        }

        @Test
        void lets_nothing_further_be_sent() {
            Thread.currentThread().interrupt();

            TwilioFailure failure = failure(() -> gateway.call(CALL));

            assertThat(Thread.interrupted()).isTrue();
            assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
            assertThat(twilio.asked()).isEmpty();
            assertThat(gateway.call(CALL)).isEmpty();
        }
    }

    @Test
    void closes_the_gateway_below() {
        gateway.close();

        assertThat(twilio.isClosed()).isTrue();
    }
}
