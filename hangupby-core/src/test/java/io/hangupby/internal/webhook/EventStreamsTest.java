package io.hangupby.internal.webhook;

import static io.hangupby.internal.webhook.EventStreamRequests.ACCOUNT;
import static io.hangupby.internal.webhook.EventStreamRequests.CALLERS_NUMBER;
import static io.hangupby.internal.webhook.EventStreamRequests.PUBLIC_URL;
import static io.hangupby.internal.webhook.EventStreamRequests.TOKEN;
import static io.hangupby.internal.webhook.EventStreamRequests.WORKSPACE;
import static io.hangupby.internal.webhook.EventStreamRequests.batch;
import static io.hangupby.internal.webhook.EventStreamRequests.body;
import static io.hangupby.internal.webhook.EventStreamRequests.event;
import static io.hangupby.internal.webhook.EventStreamRequests.inPayload;
import static io.hangupby.internal.webhook.EventStreamRequests.payload;
import static io.hangupby.internal.webhook.EventStreamRequests.sha256;
import static io.hangupby.internal.webhook.EventStreamRequests.signed;
import static io.hangupby.internal.webhook.EventStreamRequests.transfer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hangupby.call.AccountSid;
import io.hangupby.call.Address;
import io.hangupby.call.ConferenceSid;
import io.hangupby.call.ReservationSid;
import io.hangupby.call.TaskRef;
import io.hangupby.call.TaskSid;
import io.hangupby.call.Transfer;
import io.hangupby.call.WorkerSid;
import io.hangupby.internal.event.CallEvent;
import io.hangupby.internal.event.EventReader;
import io.hangupby.internal.event.EventType;
import io.hangupby.internal.event.TaskRouterEvent;
import io.hangupby.internal.event.TaskRouterEvent.ReservationEvent;
import io.hangupby.internal.event.TaskRouterEvent.TransferEvent;
import io.hangupby.journal.JournalException;
import io.hangupby.telemetry.Telemetry;
import io.hangupby.testing.CapturedLog;
import io.hangupby.webhook.WebhookResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TaskRouter's events as Event Streams sends them, several at once, to {@code /events}. */
class EventStreamsTest {
    private static final int LIMIT = 1024 * 1024;
    private static final Instant AT = Instant.ofEpochMilli(1_767_225_600_123L);
    private static final WebhookResponse ACCEPTED = new WebhookResponse(204, "");
    private static final String NOT_UNDERSTOOD_REASON =
            "no event of the batch can be understood; expected are CloudEvents of Event Streams";
    private static final WebhookResponse NOT_UNDERSTOOD = rejection(503, NOT_UNDERSTOOD_REASON);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ListJournal journal = new ListJournal();
    private final WebhookSettings settings = new WebhookSettings(
            List.of(new WebhookAccount(ACCOUNT, Optional.of(WORKSPACE), new SignatureVerifier(List.of(TOKEN)))),
            Optional.of(PUBLIC_URL),
            false);
    private final EventReader events = new EventReader(Set.of("voice"));
    private final VerifyingWebhookHandler handler = new VerifyingWebhookHandler(settings, events, journal);

    @Nested
    class ABatch {

        @Test
        void a_batch_is_recorded_in_order_and_gets_an_empty_response() throws IOException {
            assertThat(handler.handle(batch(event("reservation.wrapup"), transfer())))
                    .isEqualTo(ACCEPTED);

            assertThat(journal.events)
                    .containsExactly(
                            wrapUpAt(AT),
                            new TransferEvent(
                                    EventType.TRANSFER_INITIATED,
                                    task(),
                                    AT,
                                    Optional.of(new ReservationSid("WR" + "4".repeat(32))),
                                    Optional.of(Transfer.Mode.WARM)));
        }

        @Test
        void an_empty_batch_is_accepted() throws IOException {
            assertThat(handler.handle(batch())).isEqualTo(ACCEPTED);
            assertThat(journal.events).isEmpty();
        }

        @ParameterizedTest(name = "{0} is {1}")
        @CsvSource({
            "'\"2026-01-01T00:00:00.123Z\"',      1767225600123",
            "'\"2026-01-01T01:00:00.123+01:00\"', 1767225600123",
            "'\"2026-01-01T00:00:00.123456Z\"',   1767225600123",
            "'\"2026-01-01T00:00:00Z\"',          1767225600000",
            "'\"1767225600123\"',                 1767225600123",
            "'1767225600123',                     1767225600123",
            "'1767225600',                        1767225600000"
        })
        void an_event_may_have_its_time_in_any_of_twilios_formats(String timestamp, long millis) throws IOException {
            ObjectNode event = event("reservation.wrapup");
            payload(event).set("timestamp", JSON.readTree(timestamp));

            handler.handle(batch(event));

            assertThat(journal.events).containsExactly(wrapUpAt(Instant.ofEpochMilli(millis)));
        }

        @Test
        void a_single_event_needs_no_array() throws IOException {
            byte[] body = event("reservation.wrapup").toString().getBytes(UTF_8);

            assertThat(handler.handle(signed(TOKEN, "", body))).isEqualTo(ACCEPTED);
            assertThat(journal.events).containsExactly(wrapUpAt(AT));
        }

        static List<UnaryOperator<ObjectNode>> texts() {
            return List.of(
                    event -> event.put("data", event.path("data").toString()),
                    event -> event.put("data", base64(event.path("data").toString())),
                    event ->
                            event.put("data_base64", base64(event.remove("data").toString())),
                    event -> event.set(
                            "data",
                            JSON.createObjectNode()
                                    .put("payload", payload(event).toString())),
                    event -> event.put(
                            "data",
                            JSON.createObjectNode()
                                    .put("payload", payload(event).toString())
                                    .toString()));
        }

        @ParameterizedTest(name = "{index}")
        @MethodSource("texts")
        void an_event_may_have_its_content_as_a_text(UnaryOperator<ObjectNode> change) throws IOException {
            assertThat(handler.handle(batch(change.apply(event("reservation.wrapup")))))
                    .isEqualTo(ACCEPTED);
            assertThat(journal.events).containsExactly(wrapUpAt(AT));
        }

        @ParameterizedTest
        @ValueSource(strings = {"[{}]", "[7]", "[{\"type\":\"com.twilio.taskrouter.reservation.wrapup\"}]"})
        void a_batch_in_which_nothing_can_be_understood_is_sent_again_and_logged_once(String body) throws IOException {
            try (CapturedLog log = new CapturedLog()) {
                for (int i = 0; i < 3; i++) {
                    assertThat(handler.handle(signed(TOKEN, "", body.getBytes(UTF_8))))
                            .isEqualTo(NOT_UNDERSTOOD);
                }
                assertThat(log.warnings())
                        .singleElement()
                        .asString()
                        .contains(NOT_UNDERSTOOD_REASON, "Event Streams sends it again for four hours");
            }
        }

        @Test
        void an_event_may_have_its_attributes_as_json() throws IOException {
            ObjectNode event = event("reservation.wrapup");
            payload(event)
                    .set(
                            "task_attributes",
                            JSON.readTree(payload(event).path("task_attributes").asText()));

            handler.handle(batch(event));

            assertThat(journal.events).containsExactly(wrapUpAt(AT));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "application/json",
                    "application/json; charset=utf-8",
                    " Application/JSON ;x=y",
                    "application/cloudevents-batch+json; charset=UTF-8"
                })
        void a_batch_must_have_the_content_type_json(String type) throws IOException {
            FakeRequest request = batch(event("reservation.wrapup"));
            request.headers.put("Content-Type", type);

            assertThat(handler.handle(request)).isEqualTo(ACCEPTED);
            assertThat(journal.events).hasSize(1);
        }

        @Test
        void a_batch_may_have_other_query_parameters_beside_the_hash() throws IOException {
            byte[] body = body(event("reservation.wrapup"));
            FakeRequest request = signed(TOKEN, "site=a%20b&", body);

            assertThat(handler.handle(request)).isEqualTo(ACCEPTED);
        }

        @Test
        void a_batch_may_have_one_mebibyte() throws IOException {
            ObjectNode[] events = new ObjectNode[100];
            Arrays.setAll(events, i -> event("reservation.wrapup"));
            byte[] body = Arrays.copyOf(body(events), LIMIT);
            Arrays.fill(body, body(events).length, LIMIT, (byte) ' ');

            assertThat(handler.handle(signed(TOKEN, "", body))).isEqualTo(ACCEPTED);
            assertThat(journal.events).hasSize(100);
        }
    }

    @Nested
    class WhatIsOfNoUseInABatch {

        static List<UnaryOperator<ObjectNode>> useless() {
            return List.of(
                    event -> event.put("type", "com.twilio.taskrouter.task.updated"),
                    event -> event.put("type", "com.twilio.taskrouter."),
                    event -> event.put("type", "com.twilio.voice.insights.call-summary.complete"),
                    event -> event.put("type", 7),
                    event -> event.without("type"),
                    event -> inPayload(event, payload -> payload.put("task_channel_unique_name", "chat")),
                    event -> inPayload(event, payload -> payload.put("account_sid", "AC" + "f".repeat(32))),
                    event -> inPayload(event, payload -> payload.put("workspace_sid", "WS" + "f".repeat(32))));
        }

        @ParameterizedTest
        @MethodSource("useless")
        void an_irrelevant_event_does_not_affect_the_others(UnaryOperator<ObjectNode> change) throws IOException {
            ObjectNode useless = change.apply(event("reservation.wrapup"));

            assertThat(handler.handle(batch(useless, transfer(), useless))).isEqualTo(ACCEPTED);

            assertThat(journal.events).extracting(CallEvent::at).containsExactly(AT);
            assertThat(journal.events).singleElement().isInstanceOf(TransferEvent.class);
        }

        @ParameterizedTest(name = "{0}: {1}")
        @CsvSource({
            "timestamp,       '\"tomorrow\"',     TimestampMs",
            "timestamp,       '\"+999999999-12-31T23:59:59-18:00\"', TimestampMs",
            "timestamp,       null,               TimestampMs",
            "timestamp,       -1,                 TimestampMs",
            "timestamp,       '{\"a\":1}',        TimestampMs",
            "task_sid,        '\"+15550100\"',    TaskSid",
            "task_sid,        null,               TaskSid",
            "reservation_sid, '[\"WR1\"]',        ReservationSid",
            "account_sid,     null,               AccountSid",
            "workspace_sid,   null,               WorkspaceSid"
        })
        void a_malformed_event_is_logged_by_its_field_and_accepted_among_others(
                String field, String value, String named) throws IOException {
            ObjectNode malformed = event("reservation.wrapup");
            payload(malformed).set(field, JSON.readTree(value));
            try (CapturedLog log = new CapturedLog()) {
                assertThat(handler.handle(batch(malformed, transfer()))).isEqualTo(ACCEPTED);
                assertThat(handler.handle(batch(malformed, malformed))).isEqualTo(NOT_UNDERSTOOD);

                String reason = " events of an Event Streams batch: " + named + " is missing or malformed";
                assertThat(log.warnings()).contains("Skipped 1 of 2" + reason, "Skipped 2 of 2" + reason);
            }
            assertThat(journal.events).hasSize(1);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"7", "null", "\"text\"", "[]", "{}", "{\"type\":\"com.twilio.taskrouter.task.updated\"}"})
        void an_event_may_be_any_json(String element) throws IOException {
            byte[] body = ("[" + element + "," + transfer() + "]").getBytes(UTF_8);

            assertThat(handler.handle(signed(TOKEN, "", body))).isEqualTo(ACCEPTED);
            assertThat(journal.events).hasSize(1);
        }

        @ParameterizedTest
        @ValueSource(strings = {"data", "payload"})
        void an_event_may_lack_its_content(String missing) throws IOException {
            ObjectNode event = event("reservation.wrapup");
            (missing.equals("data") ? event : (ObjectNode) event.path("data")).remove(missing);

            assertThat(handler.handle(batch(event, transfer()))).isEqualTo(ACCEPTED);
            assertThat(journal.events).hasSize(1);
        }
    }

    @Nested
    class AnEventThatCannotBeKept {

        @Test
        void an_unrecorded_event_rejects_the_batch_after_the_others_are_recorded() throws IOException {
            journal.rejects = ReservationEvent.class::isInstance;
            FakeRequest request = batch(transfer(), event("reservation.wrapup"), event("task.wrapup"));

            assertThat(handler.handle(request)).isEqualTo(Fault.JOURNAL_DOWN.response());
            assertThat(journal.events)
                    .extracting(event -> ((TaskRouterEvent) event).type())
                    .containsExactly(EventType.TRANSFER_INITIATED, EventType.TASK_WRAPUP);
        }

        @Test
        void an_unrecorded_event_of_a_queue_throws_after_the_others_are_recorded() throws IOException {
            journal.rejects = ReservationEvent.class::isInstance;
            InboundEvents inbound = new InboundEvents(settings, events, journal, Telemetry.NOOP);
            byte[] batch = body(event("reservation.wrapup"), transfer(), event("task.wrapup"));

            assertThatThrownBy(() -> inbound.takeCloudEvents(batch)).isInstanceOf(JournalException.class);
            assertThat(journal.events)
                    .extracting(event -> ((TaskRouterEvent) event).type())
                    .containsExactly(EventType.TRANSFER_INITIATED, EventType.TASK_WRAPUP);
        }
    }

    /** The faults of a request, in the order in which they are checked. Event Streams sends a batch again only after 503. */
    enum Fault {
        OTHER_METHOD(405, "the method must be POST"),
        OTHER_CONTENT_TYPE(
                503,
                "the content type must be application/json or application/cloudevents-batch+json or application/cloudevents+json"),
        TOO_LARGE(503, "the body is larger than 1024 KiB"),
        NO_SIGNATURE(503, "the X-Twilio-Signature header is missing"),
        WRONG_SIGNATURE(503, "the signature does not match this URL, body and auth token"),
        UNDECODABLE(503, "the body is not valid JSON"),
        FOREIGN_ACCOUNT(503, "the event is of another account"),
        FOREIGN_WORKSPACE(403, "the event is of another workspace"),
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
    class ARequestThatIsNotInOrder {

        @ParameterizedTest
        @EnumSource
        void a_fault_is_rejected_with_its_reason(Fault fault) throws IOException {
            assertThat(handler.handle(request(EnumSet.of(fault)))).isEqualTo(fault.response());
            assertThat(journal.events).isEmpty();
        }

        static List<List<Fault>> pairs() {
            return WebhookFixture.pairs(Fault.values());
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
                for (String text : List.of(CALLERS_NUMBER, "client:alice", signature, TOKEN, "secret")) {
                    assertThat(answer).doesNotContain(text);
                    assertThat(log.text()).doesNotContain(text);
                }
            }
        }

        private FakeRequest request(Set<Fault> faults) {
            ObjectNode event = event("reservation.wrapup");
            if (faults.contains(Fault.FOREIGN_ACCOUNT)) {
                payload(event).put("account_sid", "AC" + "f".repeat(32));
            }
            if (faults.contains(Fault.FOREIGN_WORKSPACE)) {
                payload(event).put("workspace_sid", "WS" + "f".repeat(32));
            }
            byte[] body = body(event);
            if (faults.contains(Fault.UNDECODABLE)) {
                body = Arrays.copyOf(body, body.length - 1);
            }
            if (faults.contains(Fault.TOO_LARGE)) {
                body = Arrays.copyOf(body, LIMIT + 1);
            }
            FakeRequest request = signed(faults.contains(Fault.WRONG_SIGNATURE) ? "another-token" : TOKEN, "", body);
            request.announcedLength = body.length;
            if (faults.contains(Fault.NO_SIGNATURE)) {
                request.headers.remove("X-Twilio-Signature");
            }
            if (faults.contains(Fault.OTHER_CONTENT_TYPE)) {
                request.headers.put("Content-Type", "application/x-www-form-urlencoded; secret");
            }
            if (faults.contains(Fault.OTHER_METHOD)) {
                request.method = "secret";
            }
            journal.down = faults.contains(Fault.JOURNAL_DOWN);
            return request;
        }
    }

    @Nested
    class ASignature {

        @Test
        void a_batch_with_another_hash_is_rejected() throws IOException {
            FakeRequest request = batch(event("reservation.wrapup"));
            request.body = body(event("task.wrapup"));

            assertThat(handler.handle(request)).isEqualTo(Fault.WRONG_SIGNATURE.response());
        }

        @Test
        void the_signature_of_a_batch_is_checked_before_its_body_is_read() throws IOException {
            FakeRequest request = signed("another-token", "", body(event("reservation.wrapup")));

            assertThat(handler.rejection(request)).contains(Fault.WRONG_SIGNATURE.response());
            assertThat(handler.handle(request)).isEqualTo(Fault.WRONG_SIGNATURE.response());
            assertThat(request.bytesRead).isZero();
            assertThat(handler.rejection(batch(event("reservation.wrapup")))).isEmpty();
        }

        @Test
        void the_signature_of_a_batch_covers_the_hash() throws IOException {
            FakeRequest request = batch(event("reservation.wrapup"));
            request.body = body(event("task.wrapup"));
            request.query = Optional.of("bodySHA256=" + sha256(request.body));

            assertThat(handler.handle(request)).isEqualTo(Fault.WRONG_SIGNATURE.response());
        }

        @Test
        void a_batch_without_a_hash_is_rejected() throws IOException {
            FakeRequest request = batch(event("reservation.wrapup"));
            request.query = Optional.empty();
            request.headers.put("X-Twilio-Signature", SigningReference.sign(TOKEN, PUBLIC_URL + "/events", List.of()));

            assertThat(handler.handle(request)).isEqualTo(Fault.WRONG_SIGNATURE.response());
        }

        @Test
        void a_batch_signed_for_another_endpoint_is_rejected() throws IOException {
            byte[] body = body(event("reservation.wrapup"));
            String query = "bodySHA256=" + sha256(body);
            FakeRequest request = signed(TOKEN, "", body);
            request.headers.put(
                    "X-Twilio-Signature", SigningReference.sign(TOKEN, PUBLIC_URL + "/taskrouter?" + query, List.of()));

            assertThat(handler.handle(request)).isEqualTo(Fault.WRONG_SIGNATURE.response());
        }
    }

    @Nested
    class ABodyThatCannotBeDecoded {

        static List<List<String>> undecodable() {
            String beyond =
                    "the JSON exceeds 100 levels, texts of 262144 characters, names of 1000 or numbers of 100 digits";
            String invalid = "the body is not valid JSON";
            return List.of(
                    List.of("", "the body is neither a JSON array of events nor an event"),
                    List.of(" ", "the body is neither a JSON array of events nor an event"),
                    List.of("{}", NOT_UNDERSTOOD_REASON),
                    List.of("null", "the body is neither a JSON array of events nor an event"),
                    List.of("\"[]\"", "the body is neither a JSON array of events nor an event"),
                    List.of("[", invalid),
                    List.of("[{]", invalid),
                    List.of("[1,]", invalid),
                    List.of("[]]", invalid),
                    List.of("[] x", invalid),
                    List.of("[NaN]", invalid),
                    List.of("[01]", invalid),
                    List.of("['secret']", invalid),
                    List.of("[\"\u0001\"]", invalid),
                    List.of("[\"\\ud800", invalid),
                    List.of("\uFEFF[]", invalid),
                    List.of("[".repeat(101) + "]".repeat(101), beyond),
                    List.of("[".repeat(500_000), beyond),
                    List.of("[\"" + "x".repeat(262_145) + "\"]", beyond),
                    List.of("[{\"" + "x".repeat(1_001) + "\":1}]", beyond),
                    List.of("[" + "9".repeat(101) + "]", beyond),
                    List.of("[0." + "9".repeat(101) + "]", beyond));
        }

        @ParameterizedTest(name = "{index}")
        @MethodSource("undecodable")
        void an_undecodable_body_is_rejected_with_a_reason_that_quotes_nothing(List<String> case_) throws IOException {
            byte[] body = case_.get(0).getBytes(UTF_8);

            assertThat(handler.handle(signed(TOKEN, "", body))).isEqualTo(rejection(503, case_.get(1)));
        }

        @Test
        void a_batch_in_another_charset_is_rejected() throws IOException {
            assertThat(handler.handle(signed(TOKEN, "", new byte[] {'[', '"', (byte) 0xE9, '"', ']'})))
                    .isEqualTo(rejection(503, "the body is not valid UTF-8"));
            assertThat(handler.handle(signed(TOKEN, "", new byte[] {0, '[', 0, ']'})))
                    .isEqualTo(rejection(503, "the body is not valid JSON"));
        }
    }

    @Test
    void a_batch_is_accepted_only_for_the_accounts_that_signed_it() throws IOException {
        String other = "AC" + "9".repeat(32);
        VerifyingWebhookHandler both = new VerifyingWebhookHandler(
                new WebhookSettings(
                        List.of(
                                new WebhookAccount(
                                        ACCOUNT, Optional.of(WORKSPACE), new SignatureVerifier(List.of(TOKEN))),
                                new WebhookAccount(
                                        new AccountSid(other),
                                        Optional.empty(),
                                        new SignatureVerifier(List.of("the-others-token")))),
                        Optional.of(PUBLIC_URL),
                        false),
                new EventReader(Set.of("voice")),
                journal);
        byte[] mixed = body(
                event("reservation.wrapup"),
                inPayload(event("reservation.wrapup"), payload -> payload.put("account_sid", other)));

        assertThat(both.handle(signed("the-others-token", "", mixed))).isEqualTo(ACCEPTED);
        assertThat(journal.events)
                .extracting(event -> event.task().account().value())
                .containsExactly(other);

        byte[] ofTheFirst = body(event("reservation.wrapup"));
        assertThat(both.handle(signed("the-others-token", "", ofTheFirst)))
                .isEqualTo(rejection(503, "the event is of another account"));
        assertThat(both.handle(signed(TOKEN, "", ofTheFirst))).isEqualTo(ACCEPTED);
        assertThat(journal.events).hasSize(2);
    }

    @Test
    void toString_of_fields_and_documents_omits_their_content() throws UndecodableBodyException {
        List<CloudEventFields> fields = EventBatch.read(body(event("reservation.wrapup")));
        byte[] form = "TaskAttributes=canary&Canary=x".getBytes(UTF_8);
        WebhookAccount canary = new WebhookAccount(ACCOUNT, Optional.empty(), new SignatureVerifier(List.of("canary")));

        assertThat(List.of(
                        fields.get(0),
                        InnerDocument.of("TaskAttributes", "canary"),
                        new FormEventFields(FormBody.decode(form, form.length)),
                        wrapUpAt(AT),
                        new WebhookSettings(List.of(canary), Optional.of("https://a:canary@b.c"), false),
                        canary,
                        canary.signatures(),
                        handler))
                .extracting(Object::toString)
                .allSatisfy(text -> assertThat(text).doesNotContainIgnoringCase("canary", "client:", CALLERS_NUMBER));
    }

    private static ReservationEvent wrapUpAt(Instant at) {
        return new ReservationEvent(
                EventType.RESERVATION_WRAPUP,
                task(),
                at,
                new ReservationSid("WR" + "4".repeat(32)),
                Optional.of(new WorkerSid("WK" + "5".repeat(32))),
                Optional.of(new Address("client:alice")),
                Optional.of(new ConferenceSid("CF" + "6".repeat(32))));
    }

    private static TaskRef task() {
        return new TaskRef(ACCOUNT, WORKSPACE, new TaskSid("WT" + "3".repeat(32)));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    private static WebhookResponse rejection(int status, String reason) {
        return new WebhookResponse(status, "{\"error\":\"" + reason + "\"}");
    }
}
