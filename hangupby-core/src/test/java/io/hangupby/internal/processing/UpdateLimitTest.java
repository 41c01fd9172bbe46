package io.hangupby.internal.processing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hangupby.internal.twilio.RateLimit;
import io.hangupby.internal.twilio.TaskUpdate;
import io.hangupby.testing.HandClock;
import io.hangupby.twilio.TwilioFailure;
import io.hangupby.twilio.TwilioFailure.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UpdateLimitTest {
    private final HandClock clock = new HandClock(Instant.parse("2026-03-04T10:15:30Z"));
    private final UpdateLimit limit = limit(20);
    private int liveNodes = 1;

    private UpdateLimit limit(int most) {
        return new UpdateLimit(
                most, () -> liveNodes, new PriorityRateLimiter(most, Duration.ofSeconds(15), wait -> {}), clock);
    }

    private int after(RateLimit said) {
        TaskUpdate unused = limit.learningFrom(() -> new TaskUpdate.Applied(Optional.empty(), Optional.of(said)));
        return limit.perSecond();
    }

    private int aSecondLater(RateLimit said) {
        clock.step(Duration.ofSeconds(1));
        return after(said);
    }

    @Test
    void it_is_halved_once_a_second_while_little_remains_and_is_never_zero() {
        RateLimit nearlyUsedUp = new RateLimit(20, 4);

        assertThat(after(nearlyUsedUp)).isEqualTo(10);
        assertThat(after(nearlyUsedUp)).isEqualTo(10);
        assertThat(IntStream.range(0, 6).map(i -> aSecondLater(nearlyUsedUp))).containsExactly(5, 2, 1, 1, 1, 1);
    }

    @Test
    void it_grows_again_up_to_what_twilio_allows_and_not_beyond_the_setting() {
        after(new RateLimit(20, 0));
        aSecondLater(new RateLimit(20, 0));

        assertThat(IntStream.range(0, 5).map(i -> aSecondLater(new RateLimit(8, 8))))
                .containsExactly(6, 7, 8, 8, 8);
        assertThat(IntStream.range(0, 6).map(i -> aSecondLater(new RateLimit(500, 400))))
                .containsExactly(10, 12, 15, 18, 20, 20);
    }

    @Test
    void it_is_halved_when_twilio_turns_a_request_away_or_an_event_says_so() {
        TwilioFailure throttled = new TwilioFailure(Kind.THROTTLED, "update", "too many", Optional.empty());
        assertThatExceptionOfType(TwilioFailure.class)
                .isThrownBy(() -> limit.learningFrom(() -> {
                    throw throttled;
                }));
        assertThat(limit.perSecond()).isEqualTo(10);

        clock.step(Duration.ofSeconds(1));
        limit.rateLimited();
        assertThat(limit.perSecond()).isEqualTo(5);
    }

    @Test
    void responses_without_the_headers_change_nothing() {
        TaskUpdate unused = limit.learningFrom(() -> new TaskUpdate.Applied(Optional.empty()));

        assertThat(limit.perSecond()).isEqualTo(20);
    }

    @Test
    void after_ten_seconds_without_news_the_setting_counts_again() throws InterruptedException {
        after(new RateLimit(20, 0));
        clock.step(Duration.ofSeconds(9));
        assertThat(limit.acquire(clock.instant())).isTrue();
        assertThat(limit.perSecond()).isEqualTo(10);

        clock.step(Duration.ofSeconds(1));
        assertThat(limit.acquire(clock.instant())).isTrue();
        assertThat(limit.perSecond()).isEqualTo(20);
    }

    @Test
    void nodes_that_count_each_other_divide_the_limit_and_a_node_alone_has_all_of_it() throws InterruptedException {
        liveNodes = 2;
        assertThat(limit.acquire(clock.instant())).isTrue();
        assertThat(limit.perSecond()).isEqualTo(10);

        liveNodes = 3;
        assertThat(limit.perSecond()).isEqualTo(6);

        liveNodes = 30;
        assertThat(limit.perSecond()).isEqualTo(1);

        liveNodes = 1;
        assertThat(limit.perSecond()).isEqualTo(20);
    }

    @Test
    void the_accounts_limit_is_divided_too_and_stays_known_over_a_pause() throws InterruptedException {
        liveNodes = 2;
        assertThat(after(new RateLimit(10, 9))).isEqualTo(5);

        clock.step(Duration.ofMinutes(5));
        assertThat(limit.acquire(clock.instant())).isTrue();
        assertThat(limit.perSecond()).isEqualTo(5);

        liveNodes = 1;
        assertThat(limit.perSecond()).isEqualTo(10);
    }

    @Test
    void a_rate_that_is_reduced_is_not_raised_because_a_node_went() {
        liveNodes = 2;
        assertThat(after(new RateLimit(20, 0))).isEqualTo(5);

        liveNodes = 1;
        assertThat(limit.perSecond()).isEqualTo(5);
        assertThat(aSecondLater(new RateLimit(20, 20))).isEqualTo(6);
    }

    /** Three nodes with 30 updates a second between them that the account allows, and always more to send. */
    @Test
    void nodes_of_one_account_share_its_limit() {
        List<UpdateLimit> nodes = List.of(limit(20), limit(20), limit(20));
        int[] sent = new int[nodes.size()];
        int turnedAway = 0;
        for (int second = 0; second < 60; second++) {
            clock.step(Duration.ofSeconds(1));
            int remaining = 30;
            for (int node = 0; node < nodes.size(); node++) {
                UpdateLimit own = nodes.get((node + second) % nodes.size());
                int wanted = own.perSecond();
                int allowed = Math.min(wanted, remaining);
                remaining -= allowed;
                sent[(node + second) % nodes.size()] += allowed;
                turnedAway += wanted - allowed;
                RateLimit said = new RateLimit(30, remaining);
                TaskUpdate unused = own.learningFrom(() -> new TaskUpdate.Applied(Optional.empty(), Optional.of(said)));
            }
        }

        assertThat(turnedAway).isLessThan(120);
        assertThat(IntStream.of(sent).sum()).isBetween(60 * 18, 60 * 30);
        assertThat(IntStream.of(sent).min().orElse(0)).isGreaterThan(60 * 4);
    }
}
