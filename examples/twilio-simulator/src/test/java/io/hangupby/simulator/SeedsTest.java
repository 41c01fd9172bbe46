package io.hangupby.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SeedsTest {

    @Test
    void each_simulator_has_other_sids() {
        try (TwilioSimulator first = TwilioSimulator.builder().start();
                TwilioSimulator second = TwilioSimulator.builder().start()) {
            assertThat(second.seed()).isNotEqualTo(first.seed());
            assertThat(second.inboundCall().taskSid())
                    .isNotEqualTo(first.inboundCall().taskSid());
        }
    }

    @Test
    void the_same_seed_gives_the_same_sids_and_account() {
        try (TwilioSimulator first = TwilioSimulator.builder().newAccount().start();
                TwilioSimulator again = TwilioSimulator.builder()
                        .newAccount()
                        .seed(first.seed())
                        .start()) {
            assertThat(again.inboundCall().taskSid())
                    .isEqualTo(first.inboundCall().taskSid());
            assertThat(again.accountSid()).isEqualTo(first.accountSid()).matches("AC[0-9a-f]{32}");
            assertThat(again.workspaceSid()).isEqualTo(first.workspaceSid()).matches("WS[0-9a-f]{32}");
            assertThat(again.authToken()).isEqualTo(first.authToken()).matches("[0-9a-f]{32}");
        }
    }

    @Test
    void a_new_account_is_another_each_time() {
        try (TwilioSimulator first = TwilioSimulator.builder().newAccount().start();
                TwilioSimulator second = TwilioSimulator.builder().newAccount().start()) {
            assertThat(second.accountSid()).isNotEqualTo(first.accountSid());
            assertThat(second.authToken()).isNotEqualTo(first.authToken());
        }
    }
}
