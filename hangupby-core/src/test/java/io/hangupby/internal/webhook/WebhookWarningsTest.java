package io.hangupby.internal.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.hangupby.testing.CapturedLog;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookWarningsTest extends WebhookFixture {

    @Test
    void the_first_valid_request_is_logged_once() throws IOException {
        try (CapturedLog log = new CapturedLog()) {
            handler.handle(wrapUp().signedBy("another-token"));
            assertThat(log.at(Level.INFO)).isEmpty();

            handler.handle(wrapUp().with("EventType", "task.updated").signed());
            handler.handle(wrapUp().signed());

            assertThat(log.at(Level.INFO))
                    .containsExactly("hangupby is reached: received the first request with a valid signature");
        }
    }

    @Test
    void a_wrong_signature_is_logged_once_with_the_settings_to_check() throws IOException {
        try (CapturedLog log = new CapturedLog()) {
            for (int i = 0; i < 3; i++) {
                handler.handle(wrapUp().signedBy("another-token"));
            }

            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .contains(
                            "does not match " + PUBLIC_URL + "/taskrouter, nor another address at hand;",
                            "hangupby.public-url",
                            "hangupby.auth-token");
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "https://me:secret@backend.example.com/hangupby, https://backend.example.com/hangupby/taskrouter, "
                        + "check hangupby.public-url",
                "https://backend.example.com:8443/hangupby, https://backend.example.com:8443/hangupby/taskrouter, "
                        + "check hangupby.public-url",
                "none, 'the address of the request, nor', set hangupby.public-url"
            })
    void the_logged_address_omits_secrets(String publicUrl, String address, String remedy) throws IOException {
        FakeRequest request = wrapUp().signedBy("another-token");
        request.query = Optional.of("token=secret");
        try (CapturedLog log = new CapturedLog()) {
            handler(Optional.ofNullable(publicUrl)).handle(request);

            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .contains("X-Twilio-Signature does not match " + address, remedy)
                    .doesNotContain("secret");
        }
    }

    @Test
    void a_wrong_path_is_logged_once() throws IOException {
        try (CapturedLog log = new CapturedLog()) {
            for (int i = 0; i < 3; i++) {
                FakeRequest misdirected = wrapUp().signed();
                misdirected.endpoint = "";
                assertThat(handler.handle(misdirected).status()).isEqualTo(404);
            }

            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .contains("end TaskRouter's event callback URL with /taskrouter");
        }
    }

    @Test
    void a_missing_signature_is_not_logged_by_the_endpoint() throws IOException {
        try (CapturedLog log = new CapturedLog()) {
            handler.handle(unsigned());

            assertThat(log.text()).isEmpty();
        }
    }

    /** The application responds to such a request, so only this line reports the missing header. */
    @Test
    void a_missing_signature_is_logged_once_by_the_filter() throws IOException {
        FakeRequest other = unsigned();
        other.headers.put("Content-Type", "application/json");
        try (CapturedLog log = new CapturedLog()) {
            assertThat(handler.canObserve(other)).isFalse();
            assertThat(log.text()).isEmpty();

            assertThat(handler.canObserve(unsigned())).isFalse();
            assertThat(handler.canObserve(unsigned())).isFalse();
            assertThat(handler.canObserve(wrapUp().signed())).isTrue();

            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .startsWith("Did not observe a form: X-Twilio-Signature is missing;");
        }
    }

    private FakeRequest unsigned() {
        FakeRequest unsigned = wrapUp().signed();
        unsigned.headers.remove("X-Twilio-Signature");
        return unsigned;
    }

    @ParameterizedTest
    @CsvSource({
        "AccountSid, AC, 'without a check of its signature: its account', hangupby.account-sid",
        "WorkspaceSid, WS, valid signature: its workspace, hangupby.workspace-sid"
    })
    void an_event_of_another_account_or_workspace_is_logged_once(
            String field, String kind, String words, String setting) throws IOException {
        String ours = kind.equals("AC") ? ACCOUNT.value() : WORKSPACE.value();
        try (CapturedLog log = new CapturedLog()) {
            for (int i = 0; i < 3; i++) {
                Draft foreign = wrapUp().with(field, kind + "f".repeat(32));
                assertThat(handler.handle(foreign.signed()).status()).isEqualTo(403);
            }

            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .contains(words, "none of [" + ours + "]", setting)
                    .doesNotContain("f".repeat(32));
        }
    }
}
