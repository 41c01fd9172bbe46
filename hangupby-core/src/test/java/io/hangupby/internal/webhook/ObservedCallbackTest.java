package io.hangupby.internal.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.testing.CapturedLog;
import io.hangupby.webhook.WebhookResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Callbacks that the application handles itself, and whose events hangupby records. */
class ObservedCallbackTest extends WebhookFixture {
    private static final String THEIR_URL = "https://cc.example.com/callbacks?tenant=a%20b";

    private WebhookResponse observe(FakeRequest callback) throws IOException {
        return handler.observe(callback, Optional.of(THEIR_URL + "#rc=3&rp=5xx"));
    }

    @Test
    void an_observed_callback_is_recorded() throws IOException {
        assertThat(observe(wrapUp().signedFor(THEIR_URL))).isEqualTo(new WebhookResponse(204, ""));

        assertThat(journal.events).hasSize(1);
        assertThat(handler.missedEvents()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "https://cc.example.com/callbacks, tenant=1, https://cc.example.com/callbacks?tenant=1",
        "https://cc.example.com/callbacks?tenant=1, tenant=1, https://cc.example.com/callbacks?tenant=1",
        "https://cc.example.com/callbacks?tenant=1, , https://cc.example.com/callbacks?tenant=1",
        ", , http://127.0.0.1:8080/hangupby/taskrouter",
        ", tenant=1, http://127.0.0.1:8080/hangupby/taskrouter?tenant=1"
    })
    void an_observed_callback_is_signed_for_its_own_address(
            @Nullable String publicUrl, @Nullable String query, String signed) throws IOException {
        FakeRequest callback = wrapUp().signedFor(signed);
        callback.query = Optional.ofNullable(query);

        assertThat(handler.observe(callback, Optional.ofNullable(publicUrl)).status())
                .isEqualTo(204);
        assertThat(journal.events).hasSize(1);
    }

    @Test
    void a_callback_signed_for_another_address_is_logged_once_and_not_recorded() throws IOException {
        try (CapturedLog log = new CapturedLog()) {
            for (int i = 0; i < 3; i++) {
                assertThat(observe(wrapUp().signed())).isEqualTo(Fault.WRONG_SIGNATURE.response());
            }

            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .contains("Did not observe a request:", "but " + PUBLIC_URL, "correct hangupby.filter.public-url");
        }
        assertThat(journal.events).isEmpty();
        assertThat(handler.missedEvents()).isZero();
    }

    @Test
    void an_observed_callback_is_missed_if_the_journal_fails() throws IOException {
        journal.down = true;
        try (CapturedLog log = new CapturedLog()) {
            assertThat(observe(wrapUp().signedFor(THEIR_URL))).isEqualTo(Fault.JOURNAL_DOWN.response());

            assertThat(log.warnings())
                    .containsExactly("Did not record an event of task " + TASK + ": " + ListJournal.PROBLEM
                            + "; check the store");
        }
        assertThat(handler.missedEvents()).isEqualTo(1);
        assertThat(handler.rejectedEvents()).isZero();
    }

    @Test
    void an_observed_callback_is_missed_if_the_journal_hangs() throws Exception {
        CountDownLatch recovered = new CountDownLatch(1);
        journal.rejects = event -> {
            await(recovered);
            return false;
        };
        try (CapturedLog log = new CapturedLog()) {
            assertThat(observe(wrapUp().signedFor(THEIR_URL))).isEqualTo(Fault.JOURNAL_DOWN.response());

            assertThat(log.warnings())
                    .containsExactly("Did not record an event of task " + TASK
                            + ": the journal takes longer than 250 ms; check the store");
        }
        recovered.countDown();
        assertThat(handler.missedEvents()).isEqualTo(1);
    }

    @Test
    void an_observed_callback_is_missed_after_close() throws IOException {
        handler.stopObserving();

        try (CapturedLog log = new CapturedLog()) {
            assertThat(observe(wrapUp().signedFor(THEIR_URL))).isEqualTo(Fault.JOURNAL_DOWN.response());

            assertThat(log.warnings())
                    .containsExactly("Did not record an event of task " + TASK
                            + ": hangupby is closed; its recovery searches for wrap-ups after the next start");
        }
        assertThat(handler.missedEvents()).isEqualTo(1);
    }

    @Test
    void an_observed_callback_is_missed_after_an_unexpected_failure() throws IOException {
        FakeRequest callback = wrapUp().signedFor(THEIR_URL);
        callback.fails = Optional.of(new IllegalStateException(CALLERS_NUMBER));
        try (CapturedLog log = new CapturedLog()) {
            assertThat(observe(callback)).isEqualTo(rejection(500, "internal error; send it again"));

            assertThat(log.text()).doesNotContain(CALLERS_NUMBER);
        }
        assertThat(handler.missedEvents()).isEqualTo(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
