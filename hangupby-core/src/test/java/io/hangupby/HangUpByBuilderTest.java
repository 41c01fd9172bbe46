package io.hangupby;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HangUpByBuilderTest {
    private static final String ACCOUNT = "AC11111111111111111111111111111111";

    /** An environment variable that is not set is null, or a placeholder that nobody has filled. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "not set",
            value = {
                "not set, a-token, hangupby.account-sid is missing",
                ACCOUNT + ", not set, hangupby.auth-token is missing",
                ACCOUNT + ", '', hangupby.auth-token is missing",
                ACCOUNT + ", ${TWILIO_AUTH_TOKEN}, set the variable TWILIO_AUTH_TOKEN",
                ACCOUNT + ", ${TOKEN:canary}, set the variable that it names"
            })
    void what_is_not_set_is_named(String accountSid, String authToken, String named) {
        HangUpByBuilder builder = HangUpBy.builder()
                .accountSid(accountSid)
                .authToken(authToken)
                .publicUrl(null)
                .workspaceSid(null)
                .apiKey(null)
                .apiSecret(null);

        assertThatThrownBy(builder::build)
                .isInstanceOf(HangUpByConfigurationException.class)
                .hasMessageContaining(named)
                .hasMessageNotContaining("canary");
    }
}
