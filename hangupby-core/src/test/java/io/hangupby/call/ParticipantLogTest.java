package io.hangupby.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.ParticipantLeft.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ParticipantLogTest {
    private static final Instant LEFT = Instant.parse("2026-09-21T14:15:16.700Z");
    private static final CallSid CUSTOMER = new CallSid("CA" + "c".repeat(32));
    private static final CallSid AGENT = new CallSid("CA" + "a".repeat(32));
    private static final CallSid SUPERVISOR = new CallSid("CA" + "5".repeat(32));

    private static ParticipantLeft left(CallSid leg, int order, Instant at) {
        return new ParticipantLeft(leg, order, at, Optional.of(Reason.PARTICIPANT_HUNG_UP), false);
    }

    private static ParticipantLog log(Set<CallSid> talking, ParticipantLeft... leaves) {
        return new ParticipantLog(
                Optional.of(CUSTOMER), Set.of(CUSTOMER, AGENT), talking, List.of(leaves), Optional.empty());
    }

    @Test
    void without_callbacks_it_is_not_available_and_misses_nothing() {
        assertThat(ParticipantLog.NONE.isAvailable()).isFalse();
        assertThat(ParticipantLog.NONE.isComplete(LEFT, true)).isTrue();
    }

    @Test
    void it_misses_the_agents_leave_until_a_leg_left_near_that_moment() {
        assertThat(log(Set.of()).isComplete(LEFT, false)).isFalse();
        assertThat(log(Set.of(), left(AGENT, 1, LEFT.minusSeconds(60))).isComplete(LEFT, false))
                .isFalse();
        assertThat(log(Set.of(), left(AGENT, 1, LEFT)).isComplete(LEFT, false)).isTrue();
    }

    @Test
    void once_the_conference_is_over_it_misses_the_customers_leave_too() {
        ParticipantLog half = log(Set.of(), left(AGENT, 1, LEFT));

        assertThat(half.isComplete(LEFT, true)).isFalse();
        assertThat(log(Set.of(), left(AGENT, 1, LEFT), left(CUSTOMER, 2, LEFT)).isComplete(LEFT, true))
                .isTrue();
    }

    @Test
    void a_leg_that_was_not_muted_and_had_not_left_was_talking_when_another_leg_left() {
        ParticipantLeft agent = left(AGENT, 5, LEFT);
        Set<CallSid> heard = Set.of(CUSTOMER, SUPERVISOR);

        assertThat(log(heard, agent).talkingWhenLeft(agent)).containsExactly(SUPERVISOR, CUSTOMER);
        assertThat(log(heard, left(SUPERVISOR, 4, LEFT), agent).talkingWhenLeft(agent))
                .containsExactly(CUSTOMER);
        assertThat(log(heard, agent, left(SUPERVISOR, 6, LEFT)).talkingWhenLeft(agent))
                .containsExactly(SUPERVISOR, CUSTOMER);
    }

    @Test
    void it_knows_who_joined_and_when_a_leg_left() {
        ParticipantLeft agent = left(AGENT, 5, LEFT);

        assertThat(log(Set.of(), agent).hasJoined(AGENT)).isTrue();
        assertThat(log(Set.of(), agent).hasJoined(SUPERVISOR)).isFalse();
        assertThat(log(Set.of(), agent).leave(AGENT)).contains(agent);
        assertThat(log(Set.of(), agent).leave(CUSTOMER)).isEmpty();
    }
}
