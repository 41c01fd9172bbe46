package io.hangupby.internal.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hangupby.call.AccountSid;
import io.hangupby.call.WorkspaceSid;
import io.hangupby.internal.event.CallEvent;
import io.hangupby.internal.event.EventReader;
import io.hangupby.internal.event.TaskRouterEvent;
import io.hangupby.internal.facts.LiveFacts;
import io.hangupby.telemetry.Telemetry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Compares the reader of Event Streams with a parser of bytes that has no limits. */
class EventBatchFuzzTest {
    private static final AccountSid ACCOUNT = new AccountSid("AC" + "1".repeat(32));
    private static final WorkspaceSid WORKSPACE = new WorkspaceSid("WS" + "2".repeat(32));
    private static final ListJournal JOURNAL = new ListJournal();
    private static final WebhookDiagnostics DIAGNOSTICS =
            new WebhookDiagnostics(JOURNAL::append, Telemetry.NOOP, "Rejected", "hangupby.public-url");

    private static final ObjectMapper UNLIMITED = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(Integer.MAX_VALUE)
                            .maxNumberLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    @DictionaryEntries({
        "com.twilio.taskrouter.reservation.accepted",
        "com.twilio.taskrouter.task.transfer-initiated",
        "data",
        "payload",
        "account_sid",
        "AC11111111111111111111111111111111",
        "workspace_sid",
        "WS22222222222222222222222222222222",
        "task_sid",
        "reservation_sid",
        "timestamp",
        "task_attributes",
        "conference"
    })
    @FuzzTest(maxDuration = "20m")
    void a_batch_is_read_like_by_another_parser(byte[] body) {
        Optional<List<JsonNode>> expected = readByAnother(body);
        Optional<List<CloudEventFields>> read = read(body);

        if (isUtf8(body) && !isBeyondLimits(body)) {
            assertThat(read.map(fields ->
                            fields.stream().map(CloudEventFields::event).toList()))
                    .isEqualTo(expected);
        }
        read.ifPresent(fields -> assertRecorded(fields, body));
    }

    /** Every batch gets a response, and a recorded event belongs to the account and has the fields of the batch. */
    private static void assertRecorded(List<CloudEventFields> fields, byte[] body) {
        JOURNAL.events.clear();
        WebhookAccount sender =
                new WebhookAccount(ACCOUNT, Optional.of(WORKSPACE), new SignatureVerifier(List.of("token")));
        EventStreamBatch batch = new EventStreamBatch(
                List.of(sender), new EventReader(Set.of("voice")), DIAGNOSTICS, new LiveFacts(Clock.systemUTC()));

        assertThat(batch.record(fields).status()).isIn(204, 400, 403);

        String text = new String(body, UTF_8);
        for (CallEvent event : JOURNAL.events) {
            assertThat(event).isInstanceOf(TaskRouterEvent.class);
            assertThat(event.task().account()).isEqualTo(ACCOUNT);
            assertThat(event.task().workspace()).isEqualTo(WORKSPACE);
            if (!text.contains("\\") && fields.stream().allMatch(EventBatchFuzzTest::isPlain)) {
                assertThat(text).contains(event.task().task().value());
            }
        }
        assertThat(JOURNAL.events).hasSizeLessThanOrEqualTo(fields.size());
    }

    /** Returns whether an event has its content as JSON, and not in Base64. */
    private static boolean isPlain(CloudEventFields fields) {
        JsonNode data = fields.event().path("data");
        return data.isObject() && data.path("payload").isObject();
    }

    private static Optional<List<CloudEventFields>> read(byte[] body) {
        try {
            return Optional.of(EventBatch.read(body));
        } catch (UndecodableBodyException undecodable) {
            assertThat(undecodable.reason()).matches("[a-zA-Z0-9, -]+");
            return Optional.empty();
        }
    }

    private static boolean isBeyondLimits(byte[] body) {
        try {
            EventBatch.read(body);
            return false;
        } catch (UndecodableBodyException undecodable) {
            return undecodable.reason().startsWith("the JSON exceeds");
        }
    }

    private static Optional<List<JsonNode>> readByAnother(byte[] body) {
        try {
            JsonNode root = UNLIMITED.readTree(new String(body, UTF_8));
            List<JsonNode> elements = new ArrayList<>();
            root.forEach(elements::add);
            return root.isArray()
                    ? Optional.of(elements)
                    : Optional.of(List.of(root)).filter(single -> root.isObject());
        } catch (IOException malformed) {
            return Optional.empty();
        }
    }

    private static boolean isUtf8(byte[] body) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).hasArray();
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }
}
