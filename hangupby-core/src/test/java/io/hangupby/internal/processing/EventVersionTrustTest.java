package io.hangupby.internal.processing;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.twilio.WriteOnEventVersion;
import org.junit.jupiter.api.Test;

/** Whether an account's tasks are written on the versions of events is learnt. */
class EventVersionTrustTest {
    private final EventVersionTrust trust = new EventVersionTrust(WriteOnEventVersion.AUTO);

    private void compared(int times) {
        for (int i = 0; i < times; i++) {
            trust.compared(true);
        }
    }

    @Test
    void two_hundred_comparisons_without_a_difference_turn_it_on() {
        compared(199);
        assertThat(trust.isOn()).isFalse();

        compared(1);
        assertThat(trust.isOn()).isTrue();
        assertThat(trust.status().comparisons()).isEqualTo(200);
    }

    @Test
    void a_difference_turns_it_off_and_the_comparisons_begin_again() {
        compared(200);
        trust.compared(false);
        assertThat(trust.isOn()).isFalse();

        compared(199);
        assertThat(trust.isOn()).isFalse();
        compared(1);
        assertThat(trust.isOn()).isTrue();
        assertThat(trust.status().differences()).isEqualTo(1);
    }

    @Test
    void our_own_version_with_other_attributes_is_a_difference_and_with_the_same_no_comparison() {
        compared(200);
        trust.ownVersionReturned(true);
        assertThat(trust.status().comparisons()).isEqualTo(200);
        assertThat(trust.isOn()).isTrue();

        trust.ownVersionReturned(false);
        assertThat(trust.isOn()).isFalse();
    }

    @Test
    void more_than_five_conflicts_in_a_hundred_writes_turn_it_off() {
        compared(200);
        for (int i = 0; i < 500; i++) {
            trust.wrote(i % 20 == 0);
        }
        assertThat(trust.isOn()).isTrue();

        trust.wrote(true);
        trust.wrote(true);
        assertThat(trust.isOn()).isFalse();
        assertThat(trust.status().writes()).isEqualTo(502);
        assertThat(trust.status().conflicts()).isEqualTo(27);
    }

    @Test
    void never_stays_off_and_always_stays_on() {
        EventVersionTrust never = new EventVersionTrust(WriteOnEventVersion.NEVER);
        EventVersionTrust always = new EventVersionTrust(WriteOnEventVersion.ALWAYS);
        for (int i = 0; i < 300; i++) {
            never.compared(true);
            always.compared(false);
        }

        assertThat(never.isOn()).isFalse();
        assertThat(always.isOn()).isTrue();
    }
}
