package io.hangupby.internal.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.AccountSid;
import io.hangupby.internal.event.EventReader;
import io.hangupby.testing.CapturedLog;
import java.io.IOException;
import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests of the maximum size that are designed to be costly, and valid long requests for comparison. */
class HostileRequestsTest {
    private static final AccountSid ACCOUNT = new AccountSid("AC" + "1".repeat(32));
    private static final String TOKEN = "the-auth-token-of-the-account";
    private static final String PUBLIC_URL = "https://cc.example.com/hangupby";
    private static final int TIMES = 5;

    /** Work that grows with the square of a request's size would take minutes for these requests. */
    private static final Duration MOST_FOR_ALL = Duration.ofSeconds(5);

    /** A wrap-up without the fields that each row adds. */
    private static final String WRAP_UP = "EventType=reservation.wrapup&AccountSid=" + ACCOUNT + "&WorkspaceSid=WS"
            + "2".repeat(32) + "&TaskSid=WT" + "3".repeat(32) + "&ReservationSid=WR" + "4".repeat(32)
            + "&TaskChannelUniqueName=voice&TimestampMs=1767225600123";

    private static final String CLOUD_EVENT =
            "{\"type\":\"com.twilio.taskrouter.reservation.wrapup\",\"data\":{\"payload\":{"
                    + "\"account_sid\":\"" + ACCOUNT + "\",\"workspace_sid\":\"WS" + "2".repeat(32)
                    + "\",\"task_sid\":\"WT"
                    + "3".repeat(32) + "\",\"reservation_sid\":\"WR" + "4".repeat(32)
                    + "\",\"timestamp\":\"2026-01-01T00:00:00.123Z\",\"task_channel_unique_name\":\"voice\"";

    private final ListJournal journal = new ListJournal();
    private final VerifyingWebhookHandler handler = new VerifyingWebhookHandler(
            new WebhookSettings(
                    List.of(new WebhookAccount(ACCOUNT, Optional.empty(), new SignatureVerifier(List.of(TOKEN)))),
                    Optional.of(PUBLIC_URL),
                    false),
            new EventReader(Set.of("voice")),
            journal);

    /** Each has the status of its response if Twilio signed the request. */
    enum Hostile {
        LONG_TASK_ATTRIBUTES(204, form(attributes("{\"name\":\"" + "😀".repeat(2_000) + "\"}"))),
        LONG_WORKER_ATTRIBUTES(204, form("&WorkerAttributes=" + encoded("{\"a\":\"" + "é".repeat(16_000) + "\"}"))),
        MANY_PARAMETERS(204, form(numbered(900, i -> "P" + i + "=" + i))),
        NAMES_THAT_DIFFER_AT_THEIR_END(
                204, form(numbered(900, i -> "n".repeat(230) + "%04d".formatted(9_999 - i) + "="))),
        VALUES_THAT_DIFFER_AT_THEIR_END(204, form(numbered(900, i -> "n=" + "v".repeat(230) + "%04d".formatted(i)))),
        COLLIDING_NAMES(204, form(numbered(900, HostileRequestsTest::colliding))),
        DEEP_ATTRIBUTES(204, form(attributes(nested(1_000)))),
        TOO_DEEP_ATTRIBUTES(400, form(attributes(nested(1_001)))),
        TOO_DEEP_WORKER_ATTRIBUTES(400, form("&WorkerAttributes=" + "[".repeat(65_536))),
        ATTRIBUTES_ON_THE_PATH_AGAIN_AND_AGAIN(
                204, form(attributes("{" + "\"conference\":{\"sid\":1},".repeat(1_500) + "\"z\":0}"))),
        COLLIDING_ATTRIBUTES(
                204,
                form(attributes("{"
                        + numbered(1_500, i -> "\"" + colliding(i) + "\":0")
                                .substring(1)
                                .replace('&', ',') + "}"))),
        A_HUGE_NUMBER(204, form(attributes("{\"n\":" + "9".repeat(60_000) + "}"))),
        A_HUGE_EXPONENT(204, form(attributes("{\"n\":1e" + "9".repeat(60_000) + "}"))),
        ATTRIBUTES_THAT_ARE_NO_JSON(204, form(attributes("\\".repeat(60_000)))),
        A_MILLION_ESCAPES(400, form("&" + "%3D".repeat(87_000))),
        NOTHING_BUT_SEPARATORS(204, form("&".repeat(260_000))),
        TOO_MANY_PARAMETERS(400, form("&a".repeat(130_000))),
        A_LONG_NAME(400, form("&" + "n".repeat(260_000))),
        A_LONG_VALUE(400, form("&n=" + "v".repeat(260_000))),

        MANY_EVENTS(204, json(repeated(CLOUD_EVENT + "}}}", 2_400))),
        MALFORMED_EVENTS(503, json(repeated("{\"type\":\"com.twilio.taskrouter.task.wrapup\"}", 20_000))),
        SCALARS(503, json(repeated("0", 500_000))),
        EMPTY_ARRAYS(503, json(repeated("[]", 340_000))),
        DEEP_JSON(503, json("[".repeat(1_000_000))),
        COLLIDING_FIELDS(
                503,
                json("[{"
                        + numbered(27_000, i -> "\"" + colliding(i) + "\":0")
                                .substring(1)
                                .replace('&', ',') + "}]")),
        ONE_FIELD_AGAIN_AND_AGAIN(503, json("[{" + "\"type\":0,".repeat(100_000) + "\"z\":0}]")),
        LONG_NUMBERS(503, json(repeated("9".repeat(100), 10_000))),
        TOO_LONG_A_NUMBER(503, json("[" + "9".repeat(1_000_000) + "]")),
        HUGE_EXPONENTS(503, json(repeated("1e999999999", 80_000))),
        ESCAPES(503, json("[\"" + "\\u0000".repeat(170_000) + "\"]")),
        TOO_LONG_A_TEXT(503, json("[\"" + "x".repeat(1_000_000) + "\"]")),
        DEEP_ATTRIBUTES_IN_JSON(
                204,
                json("[" + CLOUD_EVENT + ",\"task_attributes\":\""
                        + nested(1_000).replace("\"", "\\\"") + "\"}}}]")),
        TOO_DEEP_ATTRIBUTES_IN_JSON(
                503, json("[" + CLOUD_EVENT + ",\"task_attributes\":\"" + "[".repeat(200_000) + "\"}}}]"));

        private final int status;
        private final String endpoint;
        private final byte[] body;

        Hostile(int status, Body body) {
            this.status = status;
            this.endpoint = body.endpoint();
            this.body = body.text().getBytes(UTF_8);
        }
    }

    private record Body(String endpoint, String text) {}

    @ParameterizedTest
    @EnumSource
    void hostile_requests_signed_by_twilio_are_handled_in_time(Hostile hostile) throws IOException {
        try (CapturedLog log = new CapturedLog()) {
            long begun = System.nanoTime();
            for (int i = 0; i < TIMES; i++) {
                assertThat(handler.handle(request(hostile, TOKEN)).status()).isEqualTo(hostile.status);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(MOST_FOR_ALL);
            assertThat(log.warnings()).hasSizeLessThanOrEqualTo(TIMES + 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void hostile_requests_with_another_signature_are_rejected_in_time(Hostile hostile) throws IOException {
        long begun = System.nanoTime();
        for (int i = 0; i < TIMES; i++) {
            assertThat(handler.handle(request(hostile, "another-token")).status())
                    .isIn(400, 403, 503);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(MOST_FOR_ALL);
        assertThat(journal.events).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void hostile_requests_without_a_signature_are_not_read(Hostile hostile) throws IOException {
        FakeRequest request = request(hostile, TOKEN);
        request.headers.remove("X-Twilio-Signature");

        assertThat(handler.handle(request).status()).isEqualTo(hostile.endpoint.equals("/events") ? 503 : 403);
        assertThat(request.bytesRead).isZero();
    }

    /** Four thousand signatures of a quarter of a megabyte take seconds. */
    @Test
    void requests_without_an_account_are_rejected_in_time_among_many_accounts() throws IOException {
        List<WebhookAccount> accounts = IntStream.range(0, 200)
                .mapToObj(i -> new WebhookAccount(
                        new AccountSid("AC" + "%032x".formatted(i)),
                        Optional.empty(),
                        new SignatureVerifier(IntStream.range(0, 20)
                                .mapToObj(token -> "token-" + i + "-" + token)
                                .toList())))
                .toList();
        VerifyingWebhookHandler ofMany = new VerifyingWebhookHandler(
                new WebhookSettings(accounts, Optional.of(PUBLIC_URL), false),
                new EventReader(Set.of("voice")),
                journal);
        FakeRequest request = request(Hostile.VALUES_THAT_DIFFER_AT_THEIR_END, "token-199-19");
        long begun = System.nanoTime();
        for (int i = 0; i < TIMES; i++) {
            assertThat(ofMany.handle(request).status()).isEqualTo(403);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(MOST_FOR_ALL);
    }

    @Test
    void hostile_addresses_are_rejected_in_time() throws IOException {
        VerifyingWebhookHandler trusting = new VerifyingWebhookHandler(
                new WebhookSettings(
                        List.of(new WebhookAccount(ACCOUNT, Optional.empty(), new SignatureVerifier(List.of(TOKEN)))),
                        Optional.empty(),
                        true),
                new EventReader(Set.of("voice")),
                journal);
        FakeRequest request = request(Hostile.MANY_PARAMETERS, TOKEN);
        request.headers.put("X-Forwarded-Prefix", "/".repeat(100_000) + "a");
        request.headers.put("X-Forwarded-Host", "a".repeat(100_000));
        long begun = System.nanoTime();
        for (int i = 0; i < TIMES; i++) {
            assertThat(trusting.handle(request).status()).isEqualTo(403);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(MOST_FOR_ALL);
    }

    @Test
    void a_rejection_names_the_exceeded_limit() throws IOException {
        assertThat(handler.handle(request(Hostile.TOO_DEEP_ATTRIBUTES, TOKEN)).body())
                .isEqualTo("{\"error\":\"TaskAttributes nests objects or arrays more than 1000 deep\"}");
        assertThat(handler.handle(request(Hostile.TOO_DEEP_WORKER_ATTRIBUTES, TOKEN))
                        .body())
                .isEqualTo("{\"error\":\"WorkerAttributes nests objects or arrays more than 1000 deep\"}");
        try (CapturedLog log = new CapturedLog()) {
            handler.handle(request(Hostile.TOO_DEEP_ATTRIBUTES_IN_JSON, TOKEN));

            assertThat(log.warnings())
                    .contains("Skipped 1 of 1 events of an Event Streams batch: TaskAttributes nests objects or arrays"
                            + " more than 1000 deep");
        }
        assertThat(journal.events).isEmpty();
    }

    private static FakeRequest request(Hostile hostile, String token) {
        FakeRequest request = new FakeRequest(hostile.body.clone());
        request.announcedLength = hostile.body.length;
        request.endpoint = hostile.endpoint;
        String url = PUBLIC_URL + hostile.endpoint;
        if (hostile.endpoint.equals("/events")) {
            request.query = Optional.of("bodySHA256=" + sha256(hostile.body));
            request.headers.put("Content-Type", "application/json");
            request.headers.put(
                    "X-Twilio-Signature",
                    SigningReference.sign(token, url + "?" + request.query.orElseThrow(), List.of()));
        } else {
            request.headers.put("X-Twilio-Signature", SigningReference.sign(token, url, pairs(hostile.body)));
        }
        return request;
    }

    /** Reads the pairs with the library's decoder, which has its own test. A rejected form needs no signature. */
    private static List<List<String>> pairs(byte[] body) {
        try {
            byte[] copy = body.clone();
            byte[] signed = FormBody.decode(copy, copy.length).signedParameters();
            return List.of(List.of("", new String(signed, UTF_8)));
        } catch (UndecodableBodyException rejected) {
            return List.of();
        }
    }

    private static Body form(String more) {
        return new Body("/taskrouter", WRAP_UP + more);
    }

    private static Body json(String text) {
        return new Body("/events", text);
    }

    private static String attributes(String json) {
        return "&TaskAttributes=" + encoded(json);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    private static String nested(int depth) {
        return "{\"conference\":".repeat(depth) + "0" + "}".repeat(depth);
    }

    private static String numbered(int count, IntFunction<String> parameter) {
        return IntStream.range(0, count).mapToObj(i -> "&" + parameter.apply(i)).collect(Collectors.joining());
    }

    private static String repeated(String element, int times) {
        return "[" + (element + ",").repeat(times - 1) + element + "]";
    }

    /** Returns different texts with the same hash code. */
    private static String colliding(int number) {
        StringBuilder text = new StringBuilder();
        for (int bit = 0; bit < 16; bit++) {
            text.append((number >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return text.toString();
    }

    private static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
