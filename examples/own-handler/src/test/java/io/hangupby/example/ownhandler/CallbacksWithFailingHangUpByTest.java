package io.hangupby.example.ownhandler;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.HangUpBy;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The same tests with a hangupby in front of the handlers that can keep nothing. */
class CallbacksWithFailingHangUpByTest extends CallbacksTest {

    @Override
    List<String> settings() {
        return List.of("--hangupby.account-sid=" + ACCOUNT, "--hangupby.auth-token=" + TOKEN);
    }

    @BeforeAll
    void fail() {
        backend().getBean(HangUpBy.class).close();
    }

    @AfterAll
    void itHasFailed() {
        assertThat(backend().getBean(HangUpBy.class).status().missedEvents()).isPositive();
    }
}
