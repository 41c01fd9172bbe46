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
import io.hangupby.event.ConferenceEvent;
import io.hangupby.event.EventReader;
import io.hangupby.event.EventType;
import io.hangupby.event.TaskRouterEvent.ReservationEvent;
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
        void isJournalledAndThenAnsweredWithoutABody() throws IOException {
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
        void thatCannotMatterIsAnsweredAndNotKept(String field, String value) throws IOException {
            assertThat(handler.handle(wrapUp().with(field, value).signed())).isEqualTo(new WebhookResponse(204, ""));
            assertThat(journal.events).isEmpty();
        }

        @Test
        void thatNamesNoTypeIsAnsweredAndNotKept() throws IOException {
            assertThat(handler.handle(wrapUp().without("EventType").signed()).status())
                    .isEqualTo(204);
            assertThat(journal.events).isEmpty();
        }

        @Test
        void thatNamesNoChannelIsKept() throws IOException {
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
        void thatIsMalformedIsRefusedByTheFieldsName(String field, String value) throws IOException {
            assertThat(handler.handle(wrapUp().with(field, value).signed()))
                    .isEqualTo(refusal(400, field + " is missing or malformed"));
            assertThat(journal.events).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"TaskSid", "ReservationSid", "TimestampMs"})
        void thatLacksAFieldIsRefusedByTheFieldsName(String field) throws IOException {
            assertThat(handler.handle(wrapUp().without(field).signed()))
                    .isEqualTo(refusal(400, field + " is missing or malformed"));
        }

        @Test
        void thatLacksItsWorkspaceIsMalformedWhereAnyIsTaken() throws IOException {
            WebhookHandler anyWorkspace = handler(Optional.empty(), Optional.of(PUBLIC_URL));

            assertThat(anyWorkspace.handle(wrapUp().without("WorkspaceSid").signed()))
                    .isEqualTo(refusal(400, "WorkspaceSid is missing or malformed"));
        }

        @Test
        void ofAnyWorkspaceIsKeptWhereNoneIsSet() throws IOException {
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
        void isTakenWithAnyOfTheTokens(String token) throws IOException {
            assertThat(handler.handle(wrapUp().signedBy(token)).status()).isEqualTo(204);
        }

        @Test
        void isRefusedWithATokenThatIsNotOurs() throws IOException {
            assertThat(handler.handle(wrapUp().signedBy("the-token-before")).status())
                    .isEqualTo(403);
        }
    }

    /** What can be wrong, in the order in which it is answered. */
    enum Fault {
        OTHER_ENDPOINT(
                404,
                "no such endpoint; TaskRouter's event callbacks go to /taskrouter, conference status callbacks to /conference, Event Streams to /events"),
        OTHER_METHOD(405, "only POST is answered here"),
        OTHER_CONTENT_TYPE(415, "the content type must be application/x-www-form-urlencoded"),
        TOO_LARGE(413, "the body is larger than 256 KiB"),
        NO_SIGNATURE(403, "the X-Twilio-Signature header is missing"),
        UNDECODABLE(400, "the percent escape at byte 2 is not two hex digits"),
        WRONG_SIGNATURE(403, "the signature is not that of this URL, body and auth token"),
        FOREIGN_ACCOUNT(403, "the signature is not that of this URL, body and auth token"),
        FOREIGN_WORKSPACE(403, "the event is of another workspace"),
        MALFORMED(400, "TaskSid is missing or malformed"),
        JOURNAL_DOWN(503, "the event cannot be kept now; send it again");

        private final int status;
        private final String reason;

        Fault(int status, String reason) {
            this.status = status;
            this.reason = reason;
        }

        WebhookResponse answer() {
            return refusal(status, reason);
        }
    }

    @Nested
    class AConferencesStatusCallback {

        @Test
        void isJournalled() throws IOException {
            assertThat(handler.handle(leave()).status()).isEqualTo(204);
            assertThat(journal.events).singleElement().isInstanceOf(ConferenceEvent.LegLeft.class);
        }

        @Test
        void canLackItsWorkspaceButNotBeOfAnother() throws IOException {
            assertThat(handler.handle(leave(draft -> draft.without("WorkspaceSid")))
                            .status())
                    .isEqualTo(204);
            assertThat(handler.handle(leave(draft -> draft.with("WorkspaceSid", "WS" + "f".repeat(32))))
                            .status())
                    .isEqualTo(403);
            assertThat(journal.events).hasSize(1);
        }

        @Test
        void isBelievedAtItsOwnAddressOnly() throws IOException {
            FakeRequest request = leave();
            request.endpoint = "/taskrouter";

            assertThat(handler.handle(request)).isEqualTo(Fault.WRONG_SIGNATURE.answer());
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
        void isRefusedWithItsReason(Fault fault) throws IOException {
            assertThat(handler.handle(request(EnumSet.of(fault)))).isEqualTo(fault.answer());
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
        void inTwoWaysIsRefusedForTheFirst(List<Fault> pair) throws IOException {
            assertThat(handler.handle(request(EnumSet.copyOf(pair))))
                    .isEqualTo(pair.get(0).answer());
            assertThat(journal.events).isEmpty();
        }

        @ParameterizedTest
        @EnumSource
        void isNeitherShownNorLogged(Fault fault) throws IOException {
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
        void goesToAnEndpointThatIsNotThere(String endpoint) throws IOException {
            FakeRequest request = wrapUp().signed();
            request.endpoint = endpoint;

            assertThat(handler.handle(request)).isEqualTo(Fault.OTHER_ENDPOINT.answer());
        }

        @ParameterizedTest
        @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "OPTIONS", "post"})
        void hasAMethodThatIsNotAnswered(String method) throws IOException {
            FakeRequest request = wrapUp().signed();
            request.method = method;

            assertThat(handler.handle(request)).isEqualTo(Fault.OTHER_METHOD.answer());
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
        void hasAContentTypeThatIsNoForm(String contentType) throws IOException {
            FakeRequest request = wrapUp().signed();
            request.headers.put("Content-Type", contentType);

            assertThat(handler.handle(request)).isEqualTo(Fault.OTHER_CONTENT_TYPE.answer());
        }

        @Test
        void hasNoContentType() throws IOException {
            FakeRequest request = wrapUp().signed();
            request.headers.remove("Content-Type");

            assertThat(handler.handle(request)).isEqualTo(Fault.OTHER_CONTENT_TYPE.answer());
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "=", "not base64 at all", "0/KCTR6DLpKmkAf8muzZqo1nDgQ="})
        void hasASignatureThatIsNone(String signature) throws IOException {
            FakeRequest request = wrapUp().signed();
            request.headers.put("X-Twilio-Signature", signature);

            assertThat(handler.handle(request)).isEqualTo(Fault.WRONG_SIGNATURE.answer());
        }

        @Test
        void hasNoSignatureAndIsNotEvenRead() throws IOException {
            FakeRequest request = wrapUp().signed();
            request.headers.remove("X-Twilio-Signature");

            assertThat(handler.handle(request)).isEqualTo(Fault.NO_SIGNATURE.answer());
            assertThat(request.bytesRead).isZero();
        }

        @Test
        void breaksOffAndCannotBeAnswered() {
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
        void canBeSpeltInManyWays(String contentType) throws IOException {
            FakeRequest request = wrapUp().signed();
            request.headers.put("Content-Type", contentType);

            assertThat(handler.handle(request).status()).isEqualTo(204);
        }
    }

    @Nested
    class ALargeBody {

        @ParameterizedTest
        @ValueSource(longs = {-1, 0, 12, LIMIT})
        void isTakenUpToTheLimitWhateverItsAnnouncedLength(long announced) throws IOException {
            FakeRequest request = wrapUp().paddedTo(LIMIT).signed();
            request.announcedLength = announced;

            assertThat(handler.handle(request).status()).isEqualTo(204);
            assertThat(request.bytesRead).isEqualTo(LIMIT);
            assertThat(request.closed).isTrue();
            assertThat(journal.events).hasSize(1);
        }

        @ParameterizedTest
        @ValueSource(longs = {-1, 0, 12, LIMIT})
        void oneByteAboveTheLimitIsRefusedAndReadNoFurtherThanThat(long announced) throws IOException {
            FakeRequest request = wrapUp().paddedTo(LIMIT + 1).signed();
            request.body = Arrays.copyOf(request.body, 4 * LIMIT);
            request.announcedLength = announced;

            assertThat(handler.handle(request)).isEqualTo(Fault.TOO_LARGE.answer());
            assertThat(request.bytesRead).isEqualTo(LIMIT + 1);
            assertThat(request.closed).isTrue();
            assertThat(journal.events).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(longs = {LIMIT + 1, Long.MAX_VALUE})
        void isNotReadAtAllIfItAnnouncesItself(long announced) throws IOException {
            FakeRequest request = wrapUp().signed();
            request.announcedLength = announced;

            assertThat(handler.handle(request)).isEqualTo(Fault.TOO_LARGE.answer());
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
        void isTheSettingsHoweverItWasPasted(String pasted) throws IOException {
            assertThat(handler(Optional.of(pasted)).handle(wrapUp().signed()).status())
                    .isEqualTo(204);
        }

        @Test
        void keepsTheRequestsQueryAsItCame() throws IOException {
            FakeRequest request = wrapUp().signedFor(PUBLIC_URL + "/taskrouter?site=a%20b&x=%c3%A9+&empty=");
            request.query = Optional.of("site=a%20b&x=%c3%A9+&empty=");

            assertThat(handler.handle(request).status()).isEqualTo(204);
        }

        @Test
        void isTheRequestsOwnWhereNothingIsSet() throws IOException {
            FakeRequest request = wrapUp().signedFor("https://node-1.internal:8443/app/hangupby/taskrouter?a=b");
            request.url = "https://node-1.internal:8443/app/hangupby/taskrouter";
            request.query = Optional.of("a=b");

            assertThat(handler(Optional.empty()).handle(request).status()).isEqualTo(204);
        }

        @Test
        void isNotTheRequestsOwnWhereOneIsSet() throws IOException {
            FakeRequest request = wrapUp().signedFor("https://node-1.internal:8443/app/hangupby/taskrouter");
            request.url = "https://node-1.internal:8443/app/hangupby/taskrouter";

            assertThat(handler.handle(request)).isEqualTo(Fault.WRONG_SIGNATURE.answer());
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
        void isTheProxysWhereItsHeadersAreTrusted(
                String url, String proto, String host, String port, String prefix, String signed) throws IOException {
            FakeRequest request = wrapUp().signedFor(signed);
            request.url = url;
            request.headers.put("X-Forwarded-Proto", proto);
            request.headers.put("X-Forwarded-Host", host);
            request.headers.put("X-Forwarded-Port", port);
            request.headers.put("X-Forwarded-Prefix", prefix);
            WebhookResponse elsewhere =
                    url.equals(signed) ? new WebhookResponse(204, "") : Fault.WRONG_SIGNATURE.answer();

            assertThat(trusting(Optional.empty()).handle(request)).isEqualTo(new WebhookResponse(204, ""));
            assertThat(handler(Optional.empty()).handle(request)).isEqualTo(elsewhere);
            assertThat(trusting(Optional.of(PUBLIC_URL)).handle(request)).isEqualTo(Fault.WRONG_SIGNATURE.answer());
        }

        /** Each with what a signature would have to be for, if all that is sent were pasted together. */
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
        void isNoneWhereAPartOfItCannotBeOne(
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
                    assertThat(trusting.handle(request)).isEqualTo(Fault.WRONG_SIGNATURE.answer());
                }

                assertThat(request.bytesRead).isZero();
                assertThat(log.warnings())
                        .singleElement()
                        .asString()
                        .contains("holds what no part of a URL can hold", "set hangupby.public-url")
                        .doesNotContain("b.com", "hook");
            }
        }

        @Test
        void takesNoQueryThatEndsItBeforeItsEnd() throws IOException {
            FakeRequest request = wrapUp().signedFor(PUBLIC_URL + "/taskrouter?a=b");
            request.query = Optional.of("a=b#c");

            assertThat(handler.handle(request)).isEqualTo(Fault.WRONG_SIGNATURE.answer());
            assertThat(handler.watch(request, Optional.of(PUBLIC_URL + "/taskrouter")))
                    .isEqualTo(Fault.WRONG_SIGNATURE.answer());
        }

        private WebhookHandler trusting(Optional<String> publicUrl) {
            return new WebhookHandler(
                    new WebhookSettings(List.of(account(Optional.of(WORKSPACE), TOKEN)), publicUrl, true),
                    new EventReader(Set.of("voice")),
                    journal);
        }

        @Test
        void canHoldAPasswordThatSettingsDoNotShow() {
            WebhookSettings settings = new WebhookSettings(
                    List.of(account(Optional.empty(), TOKEN)),
                    Optional.of("https://user:hidden@cc.example.com/hangupby"),
                    false);

            assertThat(settings.toString()).contains(ACCOUNT.value()).doesNotContain("hidden");
        }
    }

    /** Two accounts, each with a token and a workspace of its own, and a third one that is not ours. */
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
            WebhookResponse wrong = Fault.WRONG_SIGNATURE.answer();
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
        void speaksForItselfAlone(String token, String account, String workspace, WebhookResponse answer)
                throws IOException {
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
        void isToldOnce() throws IOException {
            try (CapturedLog log = new CapturedLog()) {
                handler.handle(wrapUp().signedBy("another-token"));
                assertThat(log.at(Level.INFO)).isEmpty();

                handler.handle(wrapUp().with("EventType", "task.updated").signed());
                handler.handle(wrapUp().signed());

                assertThat(log.at(Level.INFO))
                        .containsExactly("hangupby is reached: the first request with a right signature has come");
            }
        }
    }

    @Nested
    class TheWarningOfAWrongSignature {

        @Test
        void isGivenOnceAndSaysWhatToLookAt() throws IOException {
            try (CapturedLog log = new CapturedLog()) {
                for (int i = 0; i < 3; i++) {
                    handler.handle(wrapUp().signedBy("another-token"));
                }

                assertThat(log.warnings())
                        .singleElement()
                        .asString()
                        .contains(
                                "that for " + PUBLIC_URL + "/taskrouter;",
                                "hangupby.public-url",
                                "hangupby.auth-token");
            }
        }

        @ParameterizedTest
        @CsvSource(
                nullValues = "none",
                value = {
                    "https://me:secret@backend.example.com/hangupby, https://backend.example.com/hangupby/taskrouter;, "
                            + "correct hangupby.public-url",
                    "https://backend.example.com:8443/hangupby, https://backend.example.com:8443/hangupby/taskrouter;, "
                            + "correct hangupby.public-url",
                    "none, the address by which it came;, set hangupby.public-url"
                })
        void tellsOfTheAddressWhatIsEverybodysBusiness(String publicUrl, String told, String remedy)
                throws IOException {
            FakeRequest request = wrapUp().signedBy("another-token");
            request.query = Optional.of("token=secret");
            try (CapturedLog log = new CapturedLog()) {
                handler(Optional.ofNullable(publicUrl)).handle(request);

                assertThat(log.warnings())
                        .singleElement()
                        .asString()
                        .contains("it is not that for " + told, remedy)
                        .doesNotContain("secret");
            }
        }

        @Test
        void isGivenOnceForAPathThatIsNoneOfOurs() throws IOException {
            try (CapturedLog log = new CapturedLog()) {
                for (int i = 0; i < 3; i++) {
                    FakeRequest astray = wrapUp().signed();
                    astray.endpoint = "";
                    assertThat(handler.handle(astray).status()).isEqualTo(404);
                }

                assertThat(log.warnings())
                        .singleElement()
                        .asString()
                        .contains("event callback URL ends in /taskrouter");
            }
        }

        @Test
        void isNotGivenForAMissingOne() throws IOException {
            try (CapturedLog log = new CapturedLog()) {
                handler.handle(unsigned());

                assertThat(log.text()).isEmpty();
            }
        }

        /** What answers a missing one is the application then, and nobody else says so. */
        @Test
        void isGivenOnceForAMissingOneWhereSomebodyElseAnswers() throws IOException {
            FakeRequest other = unsigned();
            other.headers.put("Content-Type", "application/json");
            try (CapturedLog log = new CapturedLog()) {
                assertThat(handler.watches(other)).isFalse();
                assertThat(log.text()).isEmpty();

                assertThat(handler.watches(unsigned())).isFalse();
                assertThat(handler.watches(unsigned())).isFalse();
                assertThat(handler.watches(wrapUp().signed())).isTrue();

                assertThat(log.warnings())
                        .singleElement()
                        .asString()
                        .startsWith("a form without X-Twilio-Signature was passed on unseen;");
            }
        }

        private FakeRequest unsigned() {
            FakeRequest unsigned = wrapUp().signed();
            unsigned.headers.remove("X-Twilio-Signature");
            return unsigned;
        }

        @ParameterizedTest
        @CsvSource({
            "AccountSid, AC, 'signature unchecked: the account that it names', hangupby.account-sid",
            "WorkspaceSid, WS, right signature was refused, hangupby.workspace-sid"
        })
        void isGivenOnceForAnEventOfSomebodyElses(String field, String kind, String words, String setting)
                throws IOException {
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
        void inAJournalIsAnEventThatIsNotKept() throws IOException {
            journal.refuses = event -> {
                throw new IllegalStateException(CALLERS_NUMBER);
            };
            try (CapturedLog log = new CapturedLog()) {
                assertThat(handler.handle(wrapUp().signed())).isEqualTo(Fault.JOURNAL_DOWN.answer());

                assertThat(log.text())
                        .startsWith("WARN task " + TASK
                                + ": its event is not kept: java.lang.IllegalStateException\nINFO ");
            }
        }

        @Test
        void isAnsweredAndLoggedWithoutItsWords() throws IOException {
            FakeRequest request = wrapUp().signed();
            request.fails = Optional.of(new IllegalStateException(CALLERS_NUMBER));
            try (CapturedLog log = new CapturedLog()) {
                assertThat(handler.handle(request)).isEqualTo(refusal(500, "an error of our own; send it again"));

                assertThat(log.text())
                        .contains("java.lang.IllegalStateException", "FakeRequest")
                        .doesNotContain(CALLERS_NUMBER);
            }
        }
    }

    @Nested
    class AJournalThatCannotKeepAnEvent {

        @Test
        void isNamedInTheLogWithTheTaskAndNotInTheAnswer() throws IOException {
            journal.down = true;
            try (CapturedLog log = new CapturedLog()) {
                WebhookResponse response = handler.handle(wrapUp().signed());

                assertThat(response).isEqualTo(Fault.JOURNAL_DOWN.answer());
                assertThat(response.body()).doesNotContain(ListJournal.PROBLEM);
                assertThat(log.warnings())
                        .containsExactly("task " + TASK + ": its event is not kept: " + ListJournal.PROBLEM);
            }
        }

        @Test
        void isNotAskedToKeepWhatCannotMatter() throws IOException {
            journal.down = true;

            assertThat(handler.handle(wrapUp().with("EventType", "task.updated").signed())
                            .status())
                    .isEqualTo(204);
        }
    }

    @Nested
    class ACallbackThatSomebodyElseAnswers {
        private static final String THEIR_URL = "https://cc.example.com/callbacks?tenant=a%20b";

        private WebhookResponse watch(FakeRequest callback) throws IOException {
            return handler.watch(callback, Optional.of(THEIR_URL + "#rc=3&rp=5xx"));
        }

        @Test
        void isKeptAsOurOwn() throws IOException {
            assertThat(watch(wrapUp().signedFor(THEIR_URL))).isEqualTo(new WebhookResponse(204, ""));

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
        void isSignedForItsOwnAddress(@Nullable String publicUrl, @Nullable String query, String signed)
                throws IOException {
            FakeRequest callback = wrapUp().signedFor(signed);
            callback.query = Optional.ofNullable(query);

            assertThat(handler.watch(callback, Optional.ofNullable(publicUrl)).status())
                    .isEqualTo(204);
            assertThat(journal.events).hasSize(1);
        }

        @Test
        void isNotKeptIfItIsSignedForAnotherWhichIsToldOnce() throws IOException {
            try (CapturedLog log = new CapturedLog()) {
                for (int i = 0; i < 3; i++) {
                    assertThat(watch(wrapUp().signed())).isEqualTo(Fault.WRONG_SIGNATURE.answer());
                }

                assertThat(log.warnings())
                        .singleElement()
                        .asString()
                        .contains("passed on", "hangupby.filter.public-url", "hangupby.auth-token");
            }
            assertThat(journal.events).isEmpty();
            assertThat(handler.missedEvents()).isZero();
        }

        @Test
        void isGivenUpIfTheJournalFails() throws IOException {
            journal.down = true;
            try (CapturedLog log = new CapturedLog()) {
                assertThat(watch(wrapUp().signedFor(THEIR_URL))).isEqualTo(Fault.JOURNAL_DOWN.answer());

                assertThat(log.warnings())
                        .containsExactly("task " + TASK + ": its event is not kept: " + ListJournal.PROBLEM);
            }
            assertThat(handler.missedEvents()).isEqualTo(1);
            assertThat(handler.refusedEvents()).isZero();
        }

        @Test
        void isGivenUpIfTheJournalHangs() throws Exception {
            CountDownLatch recovered = new CountDownLatch(1);
            journal.refuses = event -> {
                await(recovered);
                return false;
            };
            try (CapturedLog log = new CapturedLog()) {
                assertThat(watch(wrapUp().signedFor(THEIR_URL))).isEqualTo(Fault.JOURNAL_DOWN.answer());

                assertThat(log.warnings())
                        .containsExactly(
                                "task " + TASK + ": its event is not kept: the journal takes longer than 250 ms");
            }
            recovered.countDown();
            assertThat(handler.missedEvents()).isEqualTo(1);
        }

        @Test
        void isGivenUpOnceHangUpByIsClosed() throws IOException {
            handler.stopWatching();

            assertThat(watch(wrapUp().signedFor(THEIR_URL))).isEqualTo(Fault.JOURNAL_DOWN.answer());
            assertThat(handler.missedEvents()).isEqualTo(1);
        }

        @Test
        void isGivenUpIfSomethingHappensThatNobodyForesaw() throws IOException {
            FakeRequest callback = wrapUp().signedFor(THEIR_URL);
            callback.fails = Optional.of(new IllegalStateException(CALLERS_NUMBER));
            try (CapturedLog log = new CapturedLog()) {
                assertThat(watch(callback)).isEqualTo(refusal(500, "an error of our own; send it again"));

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

    private static WebhookResponse refusal(int status, String reason) {
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
