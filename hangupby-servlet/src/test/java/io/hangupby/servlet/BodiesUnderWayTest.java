package io.hangupby.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.hangupby.HangUpBy;
import io.hangupby.simulator.TwilioSimulator;
import io.hangupby.testing.CapturedLog;
import jakarta.servlet.ServletRegistration;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests cost the server a bounded amount until their bodies have arrived. */
class BodiesUnderWayTest {
    private static final String ACCOUNT = TwilioSimulator.DEFAULT_ACCOUNT_SID;
    private static final String TOKEN = TwilioSimulator.DEFAULT_AUTH_TOKEN;
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String BODY = "AccountSid=" + ACCOUNT + "&EventType=worker.created";
    private static final String FIRST_BYTES = BODY.substring(0, 11);
    private static final String WHOLE_BODY = "Content-Length: " + BODY.length();
    private static final String CHUNKED = "Transfer-Encoding: chunked";
    private static final String LARGE_BODY = "Content-Length: 200000";
    private static final int FORM_LIMIT = 256 * 1024;
    private static final int BATCH_LIMIT = 1024 * 1024;
    private static final int PIECE = 64 * 1024;
    private static final int BETWEEN_LETTERS_MILLIS = 10;
    private static final int FREE_BYTES = 16 * 1024;

    /** The cost of a request with a body of this length. */
    private static final int REQUEST_BYTES = 128 * 1024 + FREE_BYTES;

    private static final Duration UNDISTURBED = Duration.ofMillis(100);
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HangUpBy hangUpBy = HangUpBy.builder()
            .accountSid(ACCOUNT)
            .authToken(TOKEN)
            .publicUrl(CallCentre.PUBLIC_URL)
            .build();

    private final AtomicLong now = new AtomicLong();
    private BodyBudget budget = new BodyBudget(0, 0, System::nanoTime);

    @AfterEach
    void close() {
        hangUpBy.close();
    }

    private Container.Running start(Duration deadline, boolean async, int maxRequests) throws Exception {
        budget = new BodyBudget(maxRequests, Long.MAX_VALUE, now::get);
        return Container.ofThisRun().start(context -> {
            ServletRegistration.Dynamic servlet =
                    context.addServlet("hangupby", new HangUpByServlet(hangUpBy, deadline, budget));
            servlet.setAsyncSupported(async);
            servlet.addMapping("/hangupby/*");
        });
    }

    /** Faults that the head of a request shows. */
    enum Rejected {
        OTHER_PATH(404, "POST", "/elsewhere", FORM, true),
        OTHER_METHOD(405, "PUT", "/taskrouter", FORM, true),
        OTHER_TYPE(415, "POST", "/taskrouter", "application/json", true),
        UNSIGNED(403, "POST", "/taskrouter", FORM, false),
        UNSIGNED_BATCH(503, "POST", "/events?bodySHA256=00", "application/json", false),
        FORGED_BATCH(503, "POST", "/events?bodySHA256=00", "application/json", true);

        private final int status;
        private final String method;
        private final String path;
        private final String type;
        private final boolean signed;

        Rejected(int status, String method, String path, String type, boolean signed) {
            this.status = status;
            this.method = method;
            this.path = path;
            this.type = type;
            this.signed = signed;
        }

        String head(String length) {
            return BodiesUnderWayTest.head(method + " " + path, type, signed ? "somebody-elses" : "", length);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_request_rejected_by_its_head_is_closed_without_its_body(Rejected rejected) throws Exception {
        for (boolean async : List.of(true, false)) {
            try (Container.Running server = start(LONG, async, 0)) {
                for (String sent : List.of(
                        rejected.head(LARGE_BODY),
                        rejected.head(LARGE_BODY) + FIRST_BYTES,
                        rejected.head(CHUNKED),
                        rejected.head(CHUNKED) + "1",
                        rejected.head(CHUNKED) + "1;",
                        rejected.head(CHUNKED) + "ffff\r\n" + FIRST_BYTES)) {
                    assertClosed(server, sent, rejected.status);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"/taskrouter, 262145, true", "/taskrouter, 262145, false", "/events, 1048577, true"})
    void a_body_above_the_limit_is_not_awaited(String path, int announced, boolean async) throws Exception {
        try (Container.Running server = start(LONG, async, 0)) {
            String type = path.equals("/events") ? "application/json" : FORM;
            assertClosed(
                    server,
                    head("POST " + path, type, TOKEN, "Content-Length: " + announced) + "x",
                    path.equals("/events") ? 503 : 413);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_small_body_that_arrives_with_its_head_keeps_the_connection(Rejected rejected) throws Exception {
        try (Container.Running server = start(LONG, true, 0);
                RawClient client = new RawClient(server.port())) {
            client.send(rejected.head("Content-Length: 11") + FIRST_BYTES);
            assertThat(client.response().status()).startsWith("HTTP/1.1 " + rejected.status);
            if (rejected.status == 503 && Container.ofThisRun().name().startsWith("TOMCAT")) {
                assertThatIOException().as("Tomcat closes after a 503").isThrownBy(client::response);
            } else {
                client.send(signed(WHOLE_BODY) + BODY);
                assertThat(client.response().status()).startsWith("HTTP/1.1 204");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void beyond_the_budget_a_body_is_answered_503_and_not_received(boolean async) throws Exception {
        try (CapturedLog log = new CapturedLog();
                Container.Running server = start(LONG, async, 2);
                RawClient first = new RawClient(server.port());
                RawClient second = new RawClient(server.port())) {
            begin(first, 1);
            begin(second, 2);

            assertClosed(server, signed(LARGE_BODY) + FIRST_BYTES, 503);
            assertClosed(server, signed(WHOLE_BODY), 503);
            assertThat(statusOf(server, signed(WHOLE_BODY) + BODY)).isEqualTo(204);
            assertThat(log.lines())
                    .containsOnlyOnce(
                            "Rejected 1 requests with 503: 2 others are being received, and there is no room for more. "
                                    + "Unless this is an attack, let a proxy in front receive whole bodies first, or give the JVM "
                                    + "more heap and the servlet async support.");
        }
    }

    /** How a body can end. */
    enum End {
        ARRIVED,
        ENDED,
        BROKEN_OFF
    }

    @ParameterizedTest
    @EnumSource
    void the_budget_is_free_again_however_a_body_ends(End end) throws Exception {
        for (boolean async : List.of(true, false)) {
            try (Container.Running server = start(LONG, async, 1);
                    RawClient client = new RawClient(server.port())) {
                begin(client, 1);
                assertClosed(server, signed(LARGE_BODY), 503);
                switch (end) {
                    case ARRIVED -> {
                        client.send(BODY.substring(11));
                        assertThat(client.response().status()).startsWith("HTTP/1.1 204");
                    }
                    case ENDED -> client.breakOff();
                    case BROKEN_OFF -> client.abort();
                }
                awaitUnderWay(0);
                assertThatRoomIsFree(server);
            }
        }
    }

    @Test
    void a_body_that_takes_too_long_is_closed_and_frees_the_budget() throws Exception {
        try (Container.Running server = start(SHORT, true, 1)) {
            assertClosed(server, signed(LARGE_BODY) + FIRST_BYTES, 408);
            assertClosed(server, signed(CHUNKED) + "ffff\r\n" + FIRST_BYTES, 408);
            awaitUnderWay(0);
            assertThatRoomIsFree(server);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_body_that_trickles_is_closed(boolean async) throws Exception {
        try (Container.Running server = start(SHORT, async, 1);
                RawClient client = new RawClient(server.port())) {
            client.send(signed(LARGE_BODY));
            while (!client.isAnsweredWithin(BETWEEN_LETTERS_MILLIS)) {
                client.send("x");
            }
            assertThat(client.response().status()).startsWith("HTTP/1.1 408");
            awaitUnderWay(0);
            assertThatRoomIsFree(server);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1;"})
    void a_chunk_whose_head_trickles_is_closed(String head) throws Exception {
        try (Container.Running server = start(SHORT, true, 1);
                RawClient client = new RawClient(server.port())) {
            client.send(signed(CHUNKED) + head);
            String next = head.endsWith(";") ? "a" : ";";
            while (!client.isAnsweredWithin(BETWEEN_LETTERS_MILLIS)) {
                client.send(next);
                next = "a";
            }
            assertThat(client.response().status()).startsWith("HTTP/1.1 408");
            awaitUnderWay(0);
        }
    }

    @Test
    void without_async_support_a_body_has_to_announce_its_length() throws Exception {
        try (Container.Running server = start(LONG, false, 1)) {
            for (String sent : List.of("", "1", "1;", chunk(BODY))) {
                assertClosed(server, signed(CHUNKED) + sent, 411);
            }
        }
    }

    @Test
    void beyond_the_budget_the_oldest_body_makes_room_for_another() throws Exception {
        try (Container.Running server = start(LONG, true, 2);
                RawClient slowest = new RawClient(server.port());
                RawClient slow = new RawClient(server.port());
                RawClient next = new RawClient(server.port())) {
            begin(slowest, 1);
            await(budget::waiting, 1);
            now.addAndGet(UNDISTURBED.toNanos());
            begin(slow, 2);
            await(budget::waiting, 2);

            next.send(signed(WHOLE_BODY) + FIRST_BYTES);

            assertThat(slowest.response().status()).startsWith("HTTP/1.1 408");
            assertThat(slowest.isHungUpOn()).isTrue();
            assertClosed(server, signed(WHOLE_BODY), 503);
            for (RawClient received : List.of(slow, next)) {
                received.send(BODY.substring(11));
                assertThat(received.response().status()).startsWith("HTTP/1.1 204");
            }
            awaitUnderWay(0);
        }
    }

    @Test
    void a_body_counts_by_its_first_bytes_until_more_arrive() {
        BodyBudget two = new BodyBudget(1000, 2 * REQUEST_BYTES, now::get);
        BodyBudget.Room first = two.take(2 * FREE_BYTES, false).orElseThrow();
        BodyBudget.Room second = two.take(2 * FREE_BYTES, false).orElseThrow();
        assertThat(second.fits(FREE_BYTES)).isTrue();
        assertThat(second.fits(FREE_BYTES + 1)).isFalse();

        first.release();

        assertThat(second.fits(FREE_BYTES + 1)).isTrue();
        assertThat(two.take(FREE_BYTES, false)).isEmpty();
        second.release();
        assertThat(two.take(FREE_BYTES, false)).isPresent();
        assertThat(two.take(FREE_BYTES, false)).isPresent();
    }

    @Test
    void a_growing_body_displaces_others_but_not_itself() {
        AtomicInteger givenUp = new AtomicInteger();
        BodyBudget three = new BodyBudget(1000, 3 * REQUEST_BYTES, now::get);
        BodyBudget.Room growing = three.take(2 * FREE_BYTES, false).orElseThrow();
        growing.canBeGivenUp(() -> givenUp.addAndGet(100));
        for (int i = 0; i < 2; i++) {
            three.take(FREE_BYTES, false).orElseThrow().canBeGivenUp(givenUp::incrementAndGet);
        }
        assertThat(growing.fits(FREE_BYTES + 1)).isFalse();

        now.addAndGet(UNDISTURBED.toNanos());

        assertThat(growing.fits(FREE_BYTES + 1)).isTrue();
        assertThat(givenUp).hasValue(1);
        assertThat(three.requests()).isEqualTo(2);
    }

    @Test
    void a_complete_body_holds_no_thread_and_is_not_displaced() {
        BodyBudget small = new BodyBudget(1000, Long.MAX_VALUE, now::get);
        for (int i = 0; i < 32; i++) {
            small.take(0, true).orElseThrow().hasArrived();
        }
        assertThat(small.take(0, true)).isPresent();

        AtomicInteger givenUp = new AtomicInteger();
        BodyBudget one = new BodyBudget(1, Long.MAX_VALUE, now::get);
        BodyBudget.Room arrived = one.take(0, false).orElseThrow();
        arrived.canBeGivenUp(givenUp::incrementAndGet);
        arrived.hasArrived();
        now.addAndGet(UNDISTURBED.toNanos());
        assertThat(one.take(0, false)).isEmpty();
        assertThat(givenUp).hasValue(0);
    }

    @Test
    void while_the_budget_is_scarce_a_body_has_a_second() throws Exception {
        try (Container.Running server = start(LONG, true, 2);
                RawClient early = new RawClient(server.port())) {
            begin(early, 1);

            assertClosed(server, signed(LARGE_BODY) + FIRST_BYTES, 408);

            early.send(BODY.substring(11));
            assertThat(early.response().status()).startsWith("HTTP/1.1 204");
        }
    }

    @Test
    void the_budget_is_free_again_once_the_container_is_shut_down() throws Exception {
        try (Container.Running server = start(LONG, true, 1);
                RawClient client = new RawClient(server.port())) {
            begin(client, 1);
        }
        awaitUnderWay(0);
    }

    @ParameterizedTest
    @CsvSource({"100000, false, 200000, 1", "100000, false, 300000, 2", "0, false, 500000, 3", "0, true, 1000000000, 32"
    })
    void bytes_and_threads_count_as_well_as_requests(int body, boolean holdsThread, long maxBytes, int fit) {
        BodyBudget small = new BodyBudget(1000, maxBytes, System::nanoTime);
        for (int i = 0; i < fit; i++) {
            assertThat(small.take(body, holdsThread)).isPresent();
        }
        assertThat(small.take(body, holdsThread)).isEmpty();
    }

    @Test
    void a_form_is_received_to_its_own_limit_and_no_further() throws Exception {
        try (Container.Running server = start(LONG, true, 1);
                RawClient client = new RawClient(server.port())) {
            client.send(signed(CHUNKED));
            sendInChunks(client, FORM_LIMIT + 1);
            assertThat(client.response().status()).startsWith("HTTP/1.1 413");
            assertThat(client.isHungUpOn()).isTrue();
            awaitUnderWay(0);
            assertThatRoomIsFree(server);
        }
    }

    @Test
    void a_batch_is_received_to_its_own_limit_and_no_further() throws Exception {
        try (Container.Running server = start(LONG, true, 2);
                RawClient fits = new RawClient(server.port());
                RawClient isTooLarge = new RawClient(server.port())) {
            String path = "/events?bodySHA256=" + sha256("x".repeat(BATCH_LIMIT));
            String head = head("POST " + path, "application/json", TOKEN, CHUNKED);
            fits.send(head);
            sendInChunks(fits, BATCH_LIMIT);
            fits.send("0\r\n\r\n");
            assertThat(fits.response().body()).isEqualTo("{\"error\":\"the body is not valid JSON\"}");

            isTooLarge.send(head);
            sendInChunks(isTooLarge, BATCH_LIMIT + 1);
            assertThat(isTooLarge.response().status()).startsWith("HTTP/1.1 503");
            assertThat(isTooLarge.isHungUpOn()).isTrue();
        }
    }

    private static String chunk(String body) {
        return Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n";
    }

    private static void sendInChunks(RawClient client, int bytes) throws IOException {
        for (int sent = 0; sent < bytes; sent += PIECE) {
            int piece = Math.min(PIECE, bytes - sent);
            client.send(Integer.toHexString(piece) + "\r\n" + "x".repeat(piece) + "\r\n");
        }
    }

    /** Sends a part of a body, and waits until this many are being received. */
    private void begin(RawClient client, int underWay) throws IOException {
        client.send(signed(WHOLE_BODY) + FIRST_BYTES);
        awaitUnderWay(underWay);
    }

    private void assertThatRoomIsFree(Container.Running server) throws IOException {
        try (RawClient client = new RawClient(server.port())) {
            begin(client, 1);
            client.send(BODY.substring(11));
            assertThat(client.response().status()).startsWith("HTTP/1.1 204");
        }
    }

    private void awaitUnderWay(int requests) {
        await(budget::requests, requests);
    }

    private static void await(IntSupplier count, int expected) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (count.getAsInt() != expected) {
            assertThat(System.nanoTime()).as("requests: %s", count.getAsInt()).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private static void assertClosed(Container.Running server, String sent, int status) throws IOException {
        try (RawClient client = new RawClient(server.port())) {
            client.send(sent);
            RawClient.Response response = client.response();
            assertThat(statusOf(response)).isEqualTo(status);
            assertThat(response.body()).startsWith("{\"error\":");
            assertThat(response.headers()).contains(Map.entry("connection", "close"));
            assertThat(client.isHungUpOn()).isTrue();
        }
    }

    private static int statusOf(Container.Running server, String sent) throws IOException {
        try (RawClient client = new RawClient(server.port())) {
            client.send(sent);
            return statusOf(client.response());
        }
    }

    private static int statusOf(RawClient.Response response) {
        return Integer.parseInt(response.status().split(" ", 3)[1]);
    }

    private static String signed(String length) {
        return head("POST /taskrouter", FORM, TOKEN, length);
    }

    /** Returns the head of a request, signed with the token if present. */
    private static String head(String target, String type, String token, String length) {
        String path = target.split(" ", 2)[1];
        String form = type.equals(FORM) ? BODY : "";
        Stream<String> signature = token.isEmpty()
                ? Stream.empty()
                : Stream.of("X-Twilio-Signature: " + Message.signature(token, CallCentre.PUBLIC_URL + path, form));
        Stream<String> head = Stream.of(
                target.replace(" ", " /hangupby") + " HTTP/1.1", "Host: localhost", "Content-Type: " + type, length);
        return Stream.concat(head, signature).map(line -> line + "\r\n").reduce("", String::concat) + "\r\n";
    }

    private static String sha256(String text) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    }
}
