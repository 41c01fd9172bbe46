package io.hangupby.internal.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.internal.event.EventReader;
import io.hangupby.testing.CapturedLog;
import io.hangupby.webhook.WebhookResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The address that a request is signed for: a setting, the request's own, or that of forwarded headers. */
class SignedAddressTest extends WebhookFixture {

    @ParameterizedTest
    @ValueSource(
            strings = {
                PUBLIC_URL,
                PUBLIC_URL + "/",
                PUBLIC_URL + "/conference",
                PUBLIC_URL + "/events",
                PUBLIC_URL + "//",
                PUBLIC_URL + "#rc=3&rp=ct,rt,5xx",
                PUBLIC_URL + "/#rc=3"
            })
    void the_signed_address_is_that_of_the_setting_in_any_pasted_form(String pasted) throws IOException {
        assertThat(handler(Optional.of(pasted)).handle(wrapUp().signed()).status())
                .isEqualTo(204);
    }

    @Test
    void the_signed_address_keeps_the_requests_query() throws IOException {
        FakeRequest request = wrapUp().signedFor(PUBLIC_URL + "/taskrouter?site=a%20b&x=%c3%A9+&empty=");
        request.query = Optional.of("site=a%20b&x=%c3%A9+&empty=");

        assertThat(handler.handle(request).status()).isEqualTo(204);
    }

    @Test
    void the_signed_address_is_the_requests_own_without_a_setting() throws IOException {
        FakeRequest request = wrapUp().signedFor("https://node-1.internal:8443/app/hangupby/taskrouter?a=b");
        request.url = "https://node-1.internal:8443/app/hangupby/taskrouter";
        request.query = Optional.of("a=b");

        assertThat(handler(Optional.empty()).handle(request).status()).isEqualTo(204);
    }

    @Test
    void the_signed_address_is_not_the_requests_own_with_a_setting() throws IOException {
        FakeRequest request = wrapUp().signedFor("https://node-1.internal:8443/app/hangupby/taskrouter");
        request.url = "https://node-1.internal:8443/app/hangupby/taskrouter";

        assertThat(handler.handle(request)).isEqualTo(Fault.WRONG_SIGNATURE.response());
    }

    @ParameterizedTest(name = "{0} with {1}, {2}, {3}, {4} is {5}")
    @CsvSource({
        "http://10.0.0.7:8080/a,     https,       cc.example.com,      '',        '',      https://cc.example.com/a",
        "http://10.0.0.7:8080/a,     https,       cc.example.com:8443, '',        '',      https://cc.example.com:8443/a",
        "http://10.0.0.7:8080/a,     https,       cc.example.com:8443, 443,       '',      https://cc.example.com:8443/a",
        "http://10.0.0.7:8080/a,     https,       cc.example.com,      8443,      '',      https://cc.example.com:8443/a",
        "http://10.0.0.7:8080/a,     https,       cc.example.com,      443,       '',      https://cc.example.com/a",
        "http://cc.example.com/a,    https,       '',                  '',        '',      https://cc.example.com/a",
        "http://cc.example.com:81/a, https,       '',                  444,       '',      https://cc.example.com:444/a",
        "http://cc.example.com/a,    '',          '',                  '',        '',      http://cc.example.com/a",
        "http://10.0.0.7/a,          'https,http', 'cc.example.com, b', '8443, 80', '/x, /y', https://cc.example.com:8443/x/a",
        "http://10.0.0.7/a,          https,       cc.example.com,      '',       /@x,     https://cc.example.com/@x/a",
        "http://10.0.0.7/a,          ' https ',   ' cc.example.com ',  ' ',       /x/,     https://cc.example.com/x/a",
        "http://10.0.0.7/a,          https,       [2001:db8::1],       8443,      '',      https://[2001:db8::1]:8443/a",
        "http://[::1]:8080/a%20b,    https,       '',                  443,       '',      https://[::1]/a%20b"
    })
    void the_signed_address_is_that_of_trusted_forwarded_headers(
            String url, String proto, String host, String port, String prefix, String signed) throws IOException {
        FakeRequest request = wrapUp().signedFor(signed);
        request.url = url;
        request.headers.put("X-Forwarded-Proto", proto);
        request.headers.put("X-Forwarded-Host", host);
        request.headers.put("X-Forwarded-Port", port);
        request.headers.put("X-Forwarded-Prefix", prefix);
        WebhookResponse elsewhere =
                url.equals(signed) ? new WebhookResponse(204, "") : Fault.WRONG_SIGNATURE.response();

        assertThat(trusting(Optional.empty()).handle(request)).isEqualTo(new WebhookResponse(204, ""));
        assertThat(handler(Optional.empty()).handle(request)).isEqualTo(elsewhere);
        assertThat(trusting(Optional.of(PUBLIC_URL)).handle(request)).isEqualTo(Fault.WRONG_SIGNATURE.response());
    }

    /** Each row has the URL that a signature would cover if the parts were simply joined. */
    @ParameterizedTest(name = "{0} with {1}, {2}, {3}, {4}, {5}")
    @CsvSource({
        "http://cc.example.com/a,        https, '',             '',   /other/hook#,     '',   https://cc.example.com/other/hook",
        "http://cc.example.com/a,        https, '',             '',   /other/hook?x=,   '',   https://cc.example.com/other/hook?x=/a",
        "http://cc.example.com/a,        https, '',             '',   .evil.com,        '',   https://cc.example.com.evil.com/a",
        "http://cc.example.com/a,        https, '',             '',   :8443,            '',   https://cc.example.com:8443/a",
        "http://cc.example.com/a,        https, '',             '',   /a b,             '',   https://cc.example.com/a b/a",
        "http://cc.example.com/a,        https, '',             '',   '/a\tb',         '',   'https://cc.example.com/a\tb/a'",
        "http://cc.example.com/a,        https, '',             '',   /\\b,           '',   https://cc.example.com/\\b/a",
        "http://cc.example.com/a,        https, b.com/hook#,    '',   '',               '',   https://b.com/hook",
        "http://cc.example.com/a,        https, b.com/hook?x=,  '',   '',               '',   https://b.com/hook?x=/a",
        "http://cc.example.com/a,        https, b.com/hook,     '',   '',               '',   https://b.com/hook/a",
        "http://cc.example.com/a,        https, c.com@b.com,    '',   '',               '',   https://c.com@b.com/a",
        "http://cc.example.com/a,        https, b.com\\c,     '',   '',               '',   https://b.com\\c/a",
        "http://cc.example.com/a,        https, b.com:,         '',   '',               '',   https://b.com/a",
        "http://cc.example.com/a,        https, '',             8#,   '',               '',   https://cc.example.com:8",
        "http://cc.example.com/a,        https, '',             8/b#, '',               '',   https://cc.example.com:8/b",
        "http://cc.example.com/a,        https://b.com/c#, '',  '',   '',               '',   https://b.com/c",
        "http://cc.example.com/a,        ftp,   '',             '',   '',               '',   ftp://cc.example.com/a",
        "http://b.com/hook#/a,           '',    '',             '',   '',               '',   http://b.com/hook",
        "http://b.com/hook?/a,           '',    '',             '',   '',               '',   http://b.com/hook?/a",
        "http://c.com@b.com/a,           '',    '',             '',   '',               '',   http://c.com@b.com/a",
        "http://b.com\\c/a,            '',    '',             '',   '',               '',   http://b.com\\c/a",
        "http://b.com/a b,               '',    '',             '',   '',               '',   http://b.com/a b",
        "http://b.com/a,                 '',    '',             '',   '',               x#y,  http://b.com/a?x",
        "http://b.com/a,                 '',    '',             '',   '',               x y,  http://b.com/a?x y"
    })
    void an_address_with_a_malformed_part_is_rejected_unread(
            String url, String proto, String host, String port, String prefix, String query, String signed)
            throws IOException {
        FakeRequest request = wrapUp().signedFor(signed);
        request.url = url;
        request.query = Optional.of(query).filter(text -> !text.isEmpty());
        request.headers.put("X-Forwarded-Proto", proto);
        request.headers.put("X-Forwarded-Host", host);
        request.headers.put("X-Forwarded-Port", port);
        request.headers.put("X-Forwarded-Prefix", prefix);
        VerifyingWebhookHandler trusting = trusting(Optional.empty());
        try (CapturedLog log = new CapturedLog()) {
            for (int i = 0; i < 3; i++) {
                assertThat(trusting.handle(request)).isEqualTo(Fault.WRONG_SIGNATURE.response());
            }

            assertThat(request.bytesRead).isZero();
            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .contains("has characters that a URL cannot have", "set hangupby.public-url")
                    .doesNotContain("b.com", "hook");
        }
    }

    @Test
    void a_query_with_a_fragment_is_rejected() throws IOException {
        FakeRequest request = wrapUp().signedFor(PUBLIC_URL + "/taskrouter?a=b");
        request.query = Optional.of("a=b#c");

        assertThat(handler.handle(request)).isEqualTo(Fault.WRONG_SIGNATURE.response());
        assertThat(handler.observe(request, Optional.of(PUBLIC_URL + "/taskrouter")))
                .isEqualTo(Fault.WRONG_SIGNATURE.response());
    }

    private VerifyingWebhookHandler trusting(Optional<String> publicUrl) {
        return new VerifyingWebhookHandler(
                new WebhookSettings(List.of(account(Optional.of(WORKSPACE), TOKEN)), publicUrl, true),
                new EventReader(Set.of("voice")),
                journal);
    }

    @Test
    void settings_do_not_show_a_password_in_the_address() {
        WebhookSettings settings = new WebhookSettings(
                List.of(account(Optional.empty(), TOKEN)),
                Optional.of("https://user:hidden@cc.example.com/hangupby"),
                false);

        assertThat(settings.toString()).contains(ACCOUNT.value()).doesNotContain("hidden");
    }
}
