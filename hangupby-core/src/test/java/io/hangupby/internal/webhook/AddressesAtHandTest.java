package io.hangupby.internal.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.AccountSid;
import io.hangupby.internal.event.EventReader;
import io.hangupby.testing.CapturedLog;
import io.hangupby.webhook.WebhookHandler;
import io.hangupby.webhook.WebhookResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A request that is signed for another address than the expected one: the log says for which, and the response does not. */
class AddressesAtHandTest {
    private static final String TOKEN = "the-auth-token";
    private static final String ACCOUNT = "AC" + "1".repeat(32);

    private static WebhookHandler handler(String publicUrl) {
        return new VerifyingWebhookHandler(
                new WebhookSettings(
                        List.of(new WebhookAccount(
                                new AccountSid(ACCOUNT), Optional.empty(), new SignatureVerifier(List.of(TOKEN)))),
                        Optional.ofNullable(publicUrl),
                        false),
                new EventReader(Set.of("voice")),
                new ListJournal());
    }

    /** The request arrives at {@code http://10.0.0.7:8080/app/hangupby/taskrouter} with the headers of a proxy. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "http://cc.example.com/hangupby,       https://cc.example.com/hangupby/taskrouter",
                "https://cc.example.com/hangupby,      http://cc.example.com/hangupby/taskrouter",
                "http://cc.example.com:8443/hangupby,  https://cc.example.com:8443/hangupby/taskrouter",
                "https://old.example.com/hangupby,     https://cc.example.com/hangupby/taskrouter",
                "https://Hooks.Example.org/hangupby,   https://hooks.example.org/hangupby/taskrouter",
                "https://old.example.com/hangupby,     https://in.example.com/hangupby/taskrouter",
                "https://old.example.com/hangupby,     https://cc.example.com/app/hangupby/taskrouter",
                "https://cc.example.com/hangupby,      https://cc.example.com/app/hangupby/taskrouter",
                "https://cc.example.com/hangupby,      https://cc.example.com/api/app/hangupby/taskrouter",
                "https://cc.example.com/hangupby,      http://10.0.0.7:8080/app/hangupby/taskrouter",
                "none,                                 https://cc.example.com/app/hangupby/taskrouter",
                "none,                                 https://10.0.0.7:8080/app/hangupby/taskrouter",
            })
    void the_log_names_the_address_at_hand_that_is_signed(String publicUrl, String signed) throws IOException {
        try (CapturedLog log = new CapturedLog()) {
            WebhookResponse response = handler(publicUrl).handle(request(signed));

            assertThat(response).isEqualTo(Responses.WRONG_SIGNATURE);
            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .contains("but " + signed + ";", (publicUrl == null ? "set" : "correct") + " hangupby.public-url")
                    .doesNotContain("auth-token");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://cc.example.com/hangupby, https://cc.example.com/hangupby/taskrouter?site=1, 'without the query'",
    })
    void the_log_says_so_if_only_the_query_differs(String publicUrl, String arrived, String named) throws IOException {
        try (CapturedLog log = new CapturedLog()) {
            FakeRequest request = request(arrived.replaceFirst("\\?.*", ""));
            request.query = Optional.of("site=1");
            handler(publicUrl).handle(request);

            assertThat(log.warnings()).singleElement().asString().contains(named);
        }
    }

    @ParameterizedTest
    @CsvSource({"https://elsewhere.example.com/hangupby/taskrouter", "https://cc.example.com/hangupby/conference"})
    void the_log_blames_the_token_or_the_body_if_no_address_at_hand_is_signed(String signed) throws IOException {
        try (CapturedLog log = new CapturedLog()) {
            handler("https://cc.example.com/hangupby").handle(request(signed));

            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .contains("nor another address at hand", "hangupby.auth-token", "changes the body")
                    .doesNotContain(signed);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://old.example.com/hangupby/taskrouter, 204",
        "https://new.example.com/api/hangupby/taskrouter, 204",
        "https://new.example.com/hangupby/taskrouter, 403",
    })
    void a_request_can_be_signed_for_any_of_several_public_addresses(String signed, int status) throws IOException {
        List<String> both =
                List.of("https://old.example.com/hangupby/", "https://new.example.com/api/hangupby/taskrouter");
        WebhookHandler handler = new VerifyingWebhookHandler(
                new WebhookSettings(
                        List.of(new WebhookAccount(
                                new AccountSid(ACCOUNT), Optional.empty(), new SignatureVerifier(List.of(TOKEN)))),
                        both,
                        false),
                new EventReader(Set.of("voice")),
                new ListJournal());
        try (CapturedLog log = new CapturedLog()) {
            assertThat(handler.handle(request(signed)).status()).isEqualTo(status);
            assertThat(log.warnings())
                    .hasSize(status == 204 ? 0 : 1)
                    .allSatisfy(line -> assertThat(line)
                            .contains("does not match https://old.example.com/hangupby/taskrouter or "
                                    + "https://new.example.com/api/hangupby/taskrouter, but " + signed));
        }
    }

    private static FakeRequest request(String signed) {
        FakeRequest request = new FakeRequest(("AccountSid=" + ACCOUNT).getBytes(UTF_8));
        request.url = "http://10.0.0.7:8080/app/hangupby/taskrouter";
        request.headers.putAll(Map.of(
                "Host", "in.example.com",
                "X-Forwarded-Host", "cc.example.com",
                "X-Forwarded-Proto", "https",
                "X-Forwarded-Prefix", "/api",
                "X-Twilio-Signature", SigningReference.sign(TOKEN, signed, List.of(List.of("AccountSid", ACCOUNT)))));
        return request;
    }
}
