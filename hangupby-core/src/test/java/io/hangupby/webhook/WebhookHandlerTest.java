package io.hangupby.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import ch.qos.logback.classic.Level;
import io.hangupby.call.AccountSid;
import io.hangupby.call.Address;
import io.hangupby.call.ConferenceSid;
import io.hangupby.call.ReservationSid;
import io.hangupby.call.TaskRef;
import io.hangupby.call.TaskSid;
import io.hangupby.call.WorkerSid;
import io.hangupby.call.WorkspaceSid;
import io.hangupby.internal.event.ConferenceEvent;
import io.hangupby.internal.event.EventReader;
import io.hangupby.internal.event.EventType;
import io.hangupby.internal.event.TaskRouterEvent.ReservationEvent;
import io.hangupby.testing.CapturedLog;
import java.io.IOException;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookHandlerTest {
    private static final AccountSid ACCOUNT = new AccountSid("AC" + "1".repeat(32));
    private static final WorkspaceSid WORKSPACE = new WorkspaceSid("WS" + "2".repeat(32));
    private static final TaskSid TASK = new TaskSid("WT" + "3".repeat(32));
    private static final ReservationSid RESERVATION = new ReservationSid("WR" + "4".repeat(32));
    private static final WorkerSid WORKER = new WorkerSid("WK" + "5".repeat(32));
    private static final ConferenceSid CONFERENCE = new ConferenceSid("CF" + "6".repeat(32));
    private static final String TOKEN = "the-auth-token-of-the-account";
    private static final String NEXT_TOKEN = "the-auth-token-to-come";
    private static final String PUBLIC_URL = "https://cc.example.com/hangupby";
    private static final String CALLERS_NUMBER = "+15550100";
    private static final int LIMIT = 256 * 1024;
    private static final int PIECE = 60_000;

    private final ListJournal journal = new ListJournal();
    private final WebhookHandler handler = handler(Optional.of(PUBLIC_URL));

    private WebhookHandler handler(Optional<String> publicUrl) {
        return handler(Optional.of(WORKSPACE), publicUrl);
    }

    private WebhookHandler handler(Optional<WorkspaceSid> workspace, Optional<String> publicUrl) {
        return new WebhookHandler(
                new WebhookSettings(List.of(account(workspace, TOKEN, NEXT_TOKEN)), publicUrl, false),
                new EventReader(Set.of("voice")),
                journal);
    }

    private static WebhookAccount account(Optional<WorkspaceSid> workspace, String... tokens) {
        return new WebhookAccount(ACCOUNT, workspace, new SignatureVerifier(List.of(tokens)));
    }

    @Nested
    class AnEventOfTwilios {

        @Test
        void an_event_is_recorded_and_gets_an_empty_response() throws IOException {
            WebhookResponse response = handler.handle(wrapUp().signed());

            assertThat(response).isEqualTo(new WebhookResponse(204, ""));
            assertThat(journal.events)
                    .containsExactly(new ReservationEvent(
                            EventType.RESERVATION_WRAPUP,
                            new TaskRef(ACCOUNT, WORKSPACE, TASK),
                            Instant.ofEpochMilli(1_767_225_600_123L),
                            RESERVATION,
                            Optional.of(WORKER),
                            Optional.of(new Address("client:alice")),
                            Optional.of(CONFERENCE)));
        }

        @ParameterizedTest
        @CsvSource({
            "EventType, task.updated",
            "EventType, worker.activity.update",
            "EventType, something.new",
            "EventType, ''",
            "TaskChannelUniqueName, chat"
        })
        void an_irrelevant_event_is_accepted_and_not_recorded(String field, String value) throws IOException {
            assertThat(handler.handle(wrapUp().with(field, value).signed())).isEqualTo(new WebhookResponse(204, ""));
            assertThat(journal.events).isEmpty();
        }

        @Test
        void an_event_without_a_type_is_accepted_and_not_recorded() throws IOException {
            assertThat(handler.handle(wrapUp().without("EventType").signed()).status())
                    .isEqualTo(204);
            assertThat(journal.events).isEmpty();
        }

        @Test
        void an_event_without_a_channel_is_recorded() throws IOException {
            assertThat(handler.handle(wrapUp().without("TaskChannelUniqueName").signed())
                            .status())
                    .isEqualTo(204);
            assertThat(journal.events).hasSize(1);
        }

        @ParameterizedTest
        @CsvSource({
            "TaskSid, ''",
            "TaskSid, WT3",
            "ReservationSid, WT33333333333333333333333333333333",
            "TimestampMs, tomorrow",
            "TimestampMs, -1",
            "TimestampMs, ''"
        })
        void a_malformed_field_is_rejected_by_its_name(String field, String value) throws IOException {
            assertThat(handler.handle(wrapUp().with(field, value).signed()))
                    .isEqualTo(rejection(400, field + " is missing or malformed"));
            assertThat(journal.events).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"TaskSid", "ReservationSid", "TimestampMs"})
        void a_missing_field_is_rejected_by_its_name(String field) throws IOException {
            assertThat(handler.handle(wrapUp().without(field).signed()))
                    .isEqualTo(rejection(400, field + " is missing or malformed"));
        }

        @Test
        void an_event_without_a_workspace_is_malformed_if_every_workspace_is_accepted() throws IOException {
            WebhookHandler anyWorkspace = handler(Optional.empty(), Optional.of(PUBLIC_URL));

            assertThat(anyWorkspace.handle(wrapUp().without("WorkspaceSid").signed()))
                    .isEqualTo(rejection(400, "WorkspaceSid is missing or malformed"));
        }

        @Test
        void an_event_of_any_workspace_is_recorded_if_no_workspace_is_set() throws IOException {
            WebhookHandler anyWorkspace = handler(Optional.empty(), Optional.of(PUBLIC_URL));
            String another = "WS" + "e".repeat(32);

            assertThat(anyWorkspace
                            .handle(wrapUp().with("WorkspaceSid", another).signed())
                            .status())
                    .isEqualTo(204);
            assertThat(journal.events)
                    .extracting(event -> event.task().workspace().value())
                    .containsExactly(another);
        }

        @ParameterizedTest
        @ValueSource(strings = {TOKEN, NEXT_TOKEN})
        void an_event_signed_with_any_of_the_tokens_is_accepted(String token) throws IOException {
            assertThat(handler.handle(wrapUp().signedBy(token)).status()).isEqualTo(204);
        }

        @Test
        void an_event_signed_with_an_unknown_token_is_rejected() throws IOException {
            assertThat(handler.handle(wrapUp().signedBy("the-token-before")).status())
                    .isEqualTo(403);
        }
    }

    /** The faults of a request, in the order in which they are checked. */
    enum Fault {
        OTHER_ENDPOINT(
                404,
                "no such endpoint; TaskRouter's event callbacks go to /taskrouter, conference status callbacks to /conference, Event Streams to /events"),
        OTHER_METHOD(405, "the method must be POST"),
        OTHER_CONTENT_TYPE(415, "the content type must be application/x-www-form-urlencoded"),
        TOO_LARGE(413, "the body is larger than 256 KiB"),
        NO_SIGNATURE(403, "the X-Twilio-Signature header is missing"),
        UNDECODABLE(400, "the percent escape at byte 2 is not two hex digits"),
        WRONG_SIGNATURE(403, "the signature does not match this URL, body and auth token"),
        FOREIGN_ACCOUNT(403, "the signature does not match this URL, body and auth token"),
        FOREIGN_WORKSPACE(403, "the event is of another workspace"),
        MALFORMED(400, "TaskSid is missing or malformed"),
        JOURNAL_DOWN(503, "the event cannot be kept now; send it again");

        private final int status;
        private final String reason;

        Fault(int status, String reason) {
            this.status = status;
            this.reason = reason;
        }

        WebhookResponse response() {
            return rejection(status, reason);
        }
    }

    @Nested
    class AConferencesStatusCallback {

        @Test
        void a_conference_status_callback_is_recorded() throws IOException {
            assertThat(handler.handle(leave()).status()).isEqualTo(204);
            assertThat(journal.events).singleElement().isInstanceOf(ConferenceEvent.LegLeft.class);
        }

        @Test
        void a_conference_status_callback_may_lack_its_workspace_but_not_name_another() throws IOException {
            assertThat(handler.handle(leave(draft -> draft.without("WorkspaceSid")))
                            .status())
                    .isEqualTo(204);
            assertThat(handler.handle(leave(draft -> draft.with("WorkspaceSid", "WS" + "f".repeat(32))))
                            .status())
                    .isEqualTo(403);
            assertThat(journal.events).hasSize(1);
        }

        @Test
        void a_conference_status_callback_is_accepted_only_at_its_own_endpoint() throws IOException {
            FakeRequest request = leave();
            request.endpoint = "/taskrouter";

            assertThat(handler.handle(request)).isEqualTo(Fault.WRONG_SIGNATURE.response());
        }

        private FakeRequest leave() {
            return leave(draft -> draft);
        }

        private FakeRequest leave(UnaryOperator<Draft> change) {
            Draft draft = new Draft()
                    .with("StatusCallbackEvent", "participant-leave")
                    .with("AccountSid", ACCOUNT.value())
                    .with("WorkspaceSid", WORKSPACE.value())
                    .with("TaskSid", TASK.toString())
                    .with("ConferenceSid", "CF" + "0".repeat(32))
                    .with("CallSid", "CA" + "0".repeat(32))
                    .with("SequenceNumber", "3")
                    .with("Timestamp", "Mon, 21 Sep 2026 14:15:16 +0000");
            FakeRequest request = change.apply(draft).signedFor(PUBLIC_URL + "/conference");
            request.endpoint = "/conference";
            return request;
        }
    }

    @Nested
    class ARequestThatIsNotInOrder {

        @ParameterizedTest
        @EnumSource
        void a_fault_is_rejected_with_its_reason(Fault fault) throws IOException {
            assertThat(handler.handle(request(EnumSet.of(fault)))).isEqualTo(fault.response());
            assertThat(journal.events).isEmpty();
        }

        static List<List<Fault>> pairs() {
            List<List<Fault>> pairs = new ArrayList<>();
            for (Fault first : Fault.values()) {
                Arrays.stream(Fault.values())
                        .filter(second -> first.compareTo(second) < 0)
                        .forEach(second -> pairs.add(List.of(first, second)));
            }
            return pairs;
        }

        @ParameterizedTest
        @MethodSource("pairs")
        void a_request_with_two_faults_is_rejected_for_the_first(List<Fault> pair) throws IOException {
            assertThat(handler.handle(request(EnumSet.copyOf(pair))))
                    .isEqualTo(pair.get(0).response());
            assertThat(journal.events).isEmpty();
        }

        @ParameterizedTest
        @EnumSource
        void a_rejected_request_is_quoted_in_neither_response_nor_log(Fault fault) throws IOException {
            FakeRequest request = request(EnumSet.of(fault));
            try (CapturedLog log = new CapturedLog()) {
                String answer = handler.handle(request).body();

                String signature = request.header("X-Twilio-Signature").orElse("no signature");
                for (String text : List.of(CALLERS_NUMBER, "client:alice", signature, TOKEN, NEXT_TOKEN, "secret")) {
                    assertThat(answer).doesNotContain(text);
                    assertThat(log.text()).doesNotContain(text);
                }
                assertThat(answer).doesNotContain(TASK.value());
                if (fault.compareTo(Fault.FOREIGN_ACCOUNT) < 0) {
                    assertThat(log.text()).doesNotContain(TASK.value(), ACCOUNT.value(), WORKSPACE.value());
                }
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "/", "/taskrouter/", "/TaskRouter", "/conference/", "/events/", "/taskrouter/x"})
        void an_unknown_endpoint_is_rejected(String endpoint) throws IOException {
            FakeRequest request = wrapUp().signed();
            request.endpoint = endpoint;

            assertThat(handler.handle(request)).isEqualTo(Fault.OTHER_ENDPOINT.response());
        }

        @ParameterizedTest
        @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "OPTIONS", "post"})
        void another_method_is_rejected(String method) throws IOException {
            FakeRequest request = wrapUp().signed();
            request.method = method;

            assertThat(handler.handle(request)).isEqualTo(Fault.OTHER_METHOD.response());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "application/json",
                    "multipart/form-data; boundary=x",
                    "application/x-www-form-urlencoded-not",
                    "text/plain; application/x-www-form-urlencoded"
                })
        void another_content_type_is_rejected(String contentType) throws IOException {
            FakeRequest request = wrapUp().signed();
            request.headers.put("Content-Type", contentType);

            assertThat(handler.handle(request)).isEqualTo(Fault.OTHER_CONTENT_TYPE.response());
        }

        @Test
        void a_missing_content_type_is_rejected() throws IOException {
            FakeRequest request = wrapUp().signed();
            request.headers.remove("Content-Type");

            assertThat(handler.handle(request)).isEqualTo(Fault.OTHER_CONTENT_TYPE.response());
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "=", "not base64 at all", "0/KCTR6DLpKmkAf8muzZqo1nDgQ="})
        void a_malformed_signature_is_rejected(String signature) throws IOException {
            FakeRequest request = wrapUp().signed();
            request.headers.put("X-Twilio-Signature", signature);

            assertThat(handler.handle(request)).isEqualTo(Fault.WRONG_SIGNATURE.response());
        }

        @Test
        void a_request_without_a_signature_is_rejected_unread() throws IOException {
            FakeRequest request = wrapUp().signed();
            request.headers.remove("X-Twilio-Signature");

            assertThat(handler.handle(request)).isEqualTo(Fault.NO_SIGNATURE.response());
            assertThat(request.bytesRead).isZero();
        }

        @Test
        void a_body_that_breaks_off_throws() {
            FakeRequest request = wrapUp().signed();
            request.breaksOff = true;

            assertThatIOException().isThrownBy(() -> handler.handle(request));
            assertThat(journal.events).isEmpty();
        }

        private FakeRequest request(Set<Fault> faults) {
            Draft draft = wrapUp();
            if (faults.contains(Fault.FOREIGN_ACCOUNT)) {
                draft.with("AccountSid", "AC" + "f".repeat(32));
            }
            if (faults.contains(Fault.FOREIGN_WORKSPACE)) {
                draft.with("WorkspaceSid", "WS" + "f".repeat(32));
            }
            if (faults.contains(Fault.MALFORMED)) {
                draft.with("TaskSid", CALLERS_NUMBER);
            }
            FakeRequest request = draft.signedBy(faults.contains(Fault.WRONG_SIGNATURE) ? "another-token" : TOKEN);
            if (faults.contains(Fault.UNDECODABLE)) {
                request.body = ("x=%zz&" + new String(request.body, UTF_8)).getBytes(UTF_8);
            }
            if (faults.contains(Fault.NO_SIGNATURE)) {
                request.headers.remove("X-Twilio-Signature");
            }
            if (faults.contains(Fault.TOO_LARGE)) {
                request.body = Arrays.copyOf(request.body, LIMIT + 1);
                request.announcedLength = request.body.length;
            }
            if (faults.contains(Fault.OTHER_CONTENT_TYPE)) {
                request.headers.put("Content-Type", "text/secret");
            }
            if (faults.contains(Fault.OTHER_METHOD)) {
                request.method = "secret";
            }
            if (faults.contains(Fault.OTHER_ENDPOINT)) {
                request.endpoint = "/secret";
            }
            journal.down = faults.contains(Fault.JOURNAL_DOWN);
            return request;
        }
    }

    @Nested
    class TheContentType {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "application/x-www-form-urlencoded",
                    "application/x-www-form-urlencoded; charset=UTF-8",
                    "application/x-www-form-urlencoded;charset=utf-8",
                    "Application/X-WWW-Form-URLEncoded",
                    " APPLICATION/X-WWW-FORM-URLENCODED ; CHARSET=\"utf-8\""
                })
        void the_content_type_may_have_any_spelling(String contentType) throws IOException {
            FakeRequest request = wrapUp().signed();
            request.headers.put("Content-Type", contentType);

            assertThat(handler.handle(request).status()).isEqualTo(204);
        }
    }

    @Nested
    class ALargeBody {

        @ParameterizedTest
        @ValueSource(longs = {-1, 0, 12, LIMIT})
        void a_body_is_accepted_up_to_the_limit_whatever_length_it_announces(long announced) throws IOException {
            FakeRequest request = wrapUp().paddedTo(LIMIT).signed();
            request.announcedLength = announced;

            assertThat(handler.handle(request).status()).isEqualTo(204);
            assertThat(request.bytesRead).isEqualTo(LIMIT);
            assertThat(request.closed).isTrue();
            assertThat(journal.events).hasSize(1);
        }

        @ParameterizedTest
        @ValueSource(longs = {-1, 0, 12, LIMIT})
        void a_body_above_the_limit_is_rejected_after_one_byte_more(long announced) throws IOException {
            FakeRequest request = wrapUp().paddedTo(LIMIT + 1).signed();
            request.body = Arrays.copyOf(request.body, 4 * LIMIT);
            request.announcedLength = announced;

            assertThat(handler.handle(request)).isEqualTo(Fault.TOO_LARGE.response());
            assertThat(request.bytesRead).isEqualTo(LIMIT + 1);
            assertThat(request.closed).isTrue();
            assertThat(journal.events).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(longs = {LIMIT + 1, Long.MAX_VALUE})
        void a_body_that_announces_too_much_is_rejected_unread(long announced) throws IOException {
            FakeRequest request = wrapUp().signed();
            request.announcedLength = announced;

            assertThat(handler.handle(request)).isEqualTo(Fault.TOO_LARGE.response());
            assertThat(request.bytesRead).isZero();
        }
    }

    @Nested
    class TheSignedAddress {

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
            WebhookHandler trusting = trusting(Optional.empty());
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

        private WebhookHandler trusting(Optional<String> publicUrl) {
            return new WebhookHandler(
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

    /** Two accounts, each with its own token and workspace, and a third, unknown account. */
    @Nested
    class OneOfSeveralAccounts {
        private static final String OTHER = "AC" + "7".repeat(32);
        private static final String NOT_OURS = "AC" + "9".repeat(32);
        private static final String OTHERS_WORKSPACE = "WS" + "8".repeat(32);
        private static final String OTHERS_TOKEN = "the-auth-token-of-the-other-account";

        private final WebhookHandler both = new WebhookHandler(
                new WebhookSettings(
                        List.of(
                                account(Optional.of(WORKSPACE), TOKEN),
                                new WebhookAccount(
                                        new AccountSid(OTHER),
                                        WorkspaceSid.parse(OTHERS_WORKSPACE),
                                        new SignatureVerifier(List.of(OTHERS_TOKEN)))),
                        Optional.of(PUBLIC_URL),
                        false),
                new EventReader(Set.of("voice")),
                journal);

        private static Stream<Arguments> requests() {
            WebhookResponse accepted = new WebhookResponse(204, "");
            WebhookResponse wrong = Fault.WRONG_SIGNATURE.response();
            return Stream.of(
                    Arguments.of(TOKEN, ACCOUNT.value(), WORKSPACE.value(), accepted),
                    Arguments.of(OTHERS_TOKEN, OTHER, OTHERS_WORKSPACE, accepted),
                    Arguments.of(OTHERS_TOKEN, ACCOUNT.value(), WORKSPACE.value(), wrong),
                    Arguments.of(TOKEN, OTHER, OTHERS_WORKSPACE, wrong),
                    Arguments.of(TOKEN, ACCOUNT.value(), OTHERS_WORKSPACE, WebhookResponse.OTHER_WORKSPACE),
                    Arguments.of(OTHERS_TOKEN, OTHER, WORKSPACE.value(), WebhookResponse.OTHER_WORKSPACE),
                    Arguments.of(OTHERS_TOKEN, NOT_OURS, WORKSPACE.value(), wrong),
                    Arguments.of("a-token-of-nobody", NOT_OURS, WORKSPACE.value(), wrong));
        }

        @ParameterizedTest
        @MethodSource("requests")
        void a_token_signs_only_for_its_own_account(
                String token, String account, String workspace, WebhookResponse answer) throws IOException {
            FakeRequest request = wrapUp().with("AccountSid", account)
                    .with("WorkspaceSid", workspace)
                    .signedBy(token);

            assertThat(both.handle(request)).isEqualTo(answer);
            assertThat(journal.events)
                    .extracting(event -> event.task().account().value())
                    .isEqualTo(answer.status() == 204 ? List.of(account) : List.of());
        }
    }

    @Nested
    class TheFirstRequestWithARightSignature {

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
    }

    @Nested
    class TheWarningOfAWrongSignature {

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

    @Nested
    class WhatNobodyForesaw {

        @Test
        void an_unexpected_failure_of_the_journal_leaves_the_event_unrecorded() throws IOException {
            journal.rejects = event -> {
                throw new IllegalStateException(CALLERS_NUMBER);
            };
            try (CapturedLog log = new CapturedLog()) {
                assertThat(handler.handle(wrapUp().signed())).isEqualTo(Fault.JOURNAL_DOWN.response());

                assertThat(log.text())
                        .startsWith("WARN Did not record an event of task " + TASK
                                + ": java.lang.IllegalStateException; check the store\nINFO ");
            }
        }

        @Test
        void an_unexpected_failure_is_logged_without_its_message() throws IOException {
            FakeRequest request = wrapUp().signed();
            request.fails = Optional.of(new IllegalStateException(CALLERS_NUMBER));
            try (CapturedLog log = new CapturedLog()) {
                assertThat(handler.handle(request)).isEqualTo(rejection(500, "internal error; send it again"));

                assertThat(log.text())
                        .contains("java.lang.IllegalStateException", "FakeRequest")
                        .doesNotContain(CALLERS_NUMBER);
            }
        }
    }

    @Nested
    class AJournalThatCannotKeepAnEvent {

        @Test
        void the_journals_problem_is_logged_with_the_task_and_not_in_the_response() throws IOException {
            journal.down = true;
            try (CapturedLog log = new CapturedLog()) {
                WebhookResponse response = handler.handle(wrapUp().signed());

                assertThat(response).isEqualTo(Fault.JOURNAL_DOWN.response());
                assertThat(response.body()).doesNotContain(ListJournal.PROBLEM);
                assertThat(log.warnings())
                        .containsExactly("Did not record an event of task " + TASK + ": " + ListJournal.PROBLEM
                                + "; check the store");
            }
        }

        @Test
        void an_irrelevant_event_never_reaches_the_journal() throws IOException {
            journal.down = true;

            assertThat(handler.handle(wrapUp().with("EventType", "task.updated").signed())
                            .status())
                    .isEqualTo(204);
        }
    }

    @Nested
    class ACallbackThatSomebodyElseAnswers {
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
                        .contains(
                                "Did not observe a request:",
                                "but " + PUBLIC_URL,
                                "correct hangupby.filter.public-url");
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

            assertThat(observe(wrapUp().signedFor(THEIR_URL))).isEqualTo(Fault.JOURNAL_DOWN.response());
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
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static WebhookResponse rejection(int status, String reason) {
        return new WebhookResponse(status, "{\"error\":\"" + reason + "\"}");
    }

    /** A reservation's wrap-up, as Twilio sends it. */
    private static Draft wrapUp() {
        return new Draft()
                .with("EventType", "reservation.wrapup")
                .with("AccountSid", ACCOUNT.value())
                .with("WorkspaceSid", WORKSPACE.value())
                .with("TaskSid", TASK.value())
                .with("ReservationSid", RESERVATION.value())
                .with("WorkerSid", WORKER.value())
                .with("WorkerAttributes", "{\"contact_uri\":\"client:alice\"}")
                .with("TaskChannelUniqueName", "voice")
                .with("TimestampMs", "1767225600123")
                .with(
                        "TaskAttributes",
                        "{\"from\":\"%s\",\"name\":\"é & +\",\"conference\":{\"sid\":\"%s\"}}"
                                .formatted(CALLERS_NUMBER, CONFERENCE));
    }

    /** A callback before it is signed. */
    private static final class Draft {
        private final Map<String, String> parameters = new LinkedHashMap<>();

        Draft with(String name, String value) {
            parameters.put(name, value);
            return this;
        }

        Draft without(String name) {
            parameters.remove(name);
            return this;
        }

        Draft paddedTo(int bytes) {
            // In pieces, for a single parameter must not be as long.
            for (int i = 0; bytes - body().length > PIECE + 100; i++) {
                with("Padding" + i, "x".repeat(PIECE));
            }
            with("Padding", "");
            return with("Padding", "x".repeat(bytes - body().length));
        }

        FakeRequest signed() {
            return signedBy(TOKEN);
        }

        FakeRequest signedBy(String token) {
            return signed(token, PUBLIC_URL + "/taskrouter");
        }

        FakeRequest signedFor(String url) {
            return signed(TOKEN, url);
        }

        private FakeRequest signed(String token, String url) {
            List<List<String>> pairs = parameters.entrySet().stream()
                    .map(parameter -> List.of(parameter.getKey(), parameter.getValue()))
                    .toList();
            FakeRequest request = new FakeRequest(body());
            request.headers.put("X-Twilio-Signature", SigningReference.sign(token, url, pairs));
            return request;
        }

        private byte[] body() {
            return parameters.entrySet().stream()
                    .map(parameter -> parameter.getKey() + "=" + URLEncoder.encode(parameter.getValue(), UTF_8))
                    .collect(Collectors.joining("&"))
                    .getBytes(UTF_8);
        }
    }
}
