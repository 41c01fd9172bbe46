package io.hangupby.internal.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.hangupby.call.AccountSid;
import io.hangupby.internal.event.EventReader;
import io.hangupby.telemetry.Telemetry;
import io.hangupby.webhook.MalformedEventException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Events from a queue, in the envelope in which its client or a function receives them. */
class QueueEnvelopesTest {
    private static final String EVENT = """
            {"specversion":"1.0","type":"com.twilio.taskrouter.reservation.wrapup","source":"/WS","id":"EZ1",\
            "data":{"payload":{"account_sid":"AC%s","workspace_sid":"WS%s","task_sid":"WT%s","reservation_sid":"WR%s",\
            "task_channel_unique_name":"voice","timestamp":"2026-01-01T00:00:00.123Z"}}}""".formatted("1".repeat(32), "2".repeat(32), "3".repeat(32), "4".repeat(32));

    private final ListJournal journal = new ListJournal();
    private final InboundEvents inbound = new InboundEvents(
            new WebhookSettings(
                    List.of(new WebhookAccount(
                            new AccountSid("AC" + "1".repeat(32)),
                            Optional.empty(),
                            new SignatureVerifier(List.of("a-token")))),
                    Optional.empty(),
                    false),
            new EventReader(Set.of("voice")),
            journal,
            Telemetry.NOOP);

    /** {@code E} is an event, {@code T} its text in JSON, {@code B} its text in Base64; {@code S} is SNS's notification as a text. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            quoteCharacter = '~',
            delimiter = '|',
            value = {
                "Kafka's value                  | E",
                "an array                       | [E]",
                "a text                         | T",
                "SQS ReceiveMessage             | {`Messages`:[{`MessageId`:`1`,`Body`:T}]}",
                "a message of SQS               | {`MessageId`:`1`,`Body`:T}",
                "SQS in a function              | {`Records`:[{`messageId`:`1`,`body`:T,`eventSource`:`aws:sqs`}]}",
                "SNS                            | {`Type`:`Notification`,`MessageId`:`1`,`Message`:T}",
                "SNS in SQS                     | {`Messages`:[{`Body`:S}]}",
                "SNS in SQS in a function       | {`Records`:[{`body`:S}]}",
                "SNS in a function              | {`Records`:[{`EventSource`:`aws:sns`,`Sns`:{`Type`:`Notification`,`Message`:T}}]}",
                "EventBridge                    | {`version`:`0`,`detail-type`:`call`,`source`:`twilio`,`detail`:E}",
                "EventBridge in SQS             | {`Body`:{`detail-type`:`call`,`detail`:E}}",
                "Kinesis GetRecords             | {`MillisBehindLatest`:0,`Records`:[{`SequenceNumber`:`1`,`Data`:B}]}",
                "Kinesis in a function          | {`Records`:[{`kinesis`:{`partitionKey`:`1`,`data`:B},`eventSource`:`aws:kinesis`}]}",
                "Firehose in a function         | {`deliveryStreamArn`:`d`,`records`:[{`recordId`:`1`,`data`:B}]}",
                "a pipe of EventBridge          | [{`messageId`:`1`,`body`:T,`eventSource`:`aws:sqs`}]",
                "an HTTP API in SQS             | {`Body`:{`rawPath`:`/events`,`isBase64Encoded`:true,`body`:B}}",
                "Kafka in a function            | {`eventSource`:`aws:kafka`,`records`:{`calls-0`:[{`topic`:`calls`,`value`:B}]}}",
                "Kafka's REST proxy             | {`records`:[{`key`:null,`value`:E}]}",
                "Kafka Connect with a schema    | {`schema`:{`type`:`string`},`payload`:T}",
                "Pub/Sub                        | {`message`:{`data`:B,`messageId`:`1`},`subscription`:`s`}",
            })
    void an_event_is_taken_out_of_its_envelope(String name, String message) {
        assertThat(inbound.takeCloudEvents(filled(message))).isTrue();
        assertThat(journal.events).hasSize(1);
    }

    /** The listings of {@code docs/getting-started/own-queue.md}, with an event in place of what they leave out. */
    static List<String> documented() throws IOException {
        String page = Files.readString(Path.of("../docs/getting-started/own-queue.md"));
        return Pattern.compile("```json\n(.*?)\n```", Pattern.DOTALL)
                .matcher(page.substring(page.indexOf("## Envelopes of queues")))
                .results()
                .map(listing -> listing.group(1))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("documented")
    void a_documented_envelope_is_opened(String listing) {
        String message = listing.replace(
                        "{\"specversion\": \"1.0\", \"type\": \"com.twilio.taskrouter.…\", \"data\": {…}}", EVENT)
                .replace("\"{\\\"specversion\\\": …}\"", text(EVENT))
                .replace("eyJzcGVj…", Base64.getEncoder().encodeToString(EVENT.getBytes(UTF_8)));

        assertThat(inbound.takeCloudEvents(message.getBytes(UTF_8))).isTrue();
        assertThat(journal.events).hasSize(1);
    }

    @Test
    void every_event_of_an_envelope_is_taken() {
        String both = "{`Records`:[{`body`:T},{`body`:[E,E]}]}";

        assertThat(inbound.takeCloudEvents(filled(both))).isTrue();
        assertThat(journal.events).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "7",
                "`text`",
                "[E,{`hello`:`world`}]",
                "{`Records`:[{`s3`:{`bucket`:`b`}},{`body`:T}]}",
                "{`Type`:`SubscriptionConfirmation`,`Message`:`You have chosen to subscribe`}",
                "[`software.amazon.payloadoffloading.PayloadS3Pointer`,{`s3BucketName`:`b`,`s3Key`:`k`}]",
                "{`body`:{`body`:{`body`:{`body`:{`body`:{`body`:{`body`:E}}}}}}}",
            })
    void another_message_is_malformed_after_its_events_are_recorded(String message) {
        assertThatThrownBy(() -> inbound.takeCloudEvents(filled(message)))
                .isInstanceOf(MalformedEventException.class)
                .hasMessageNotContaining("hello");
        assertThat(journal.events).hasSize(message.contains("[E") || message.contains("T}]") ? 1 : 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{`Records`:[]}",
                "{`Records`:[{`body`:{`type`:`com.twilio.voice.insights.call-summary.complete`,`data`:{}}}]}"
            })
    void a_message_without_events_of_taskrouter_is_of_no_use(String message) {
        assertThat(inbound.takeCloudEvents(filled(message))).isFalse();
    }

    private static byte[] filled(String message) {
        String notification = "{\"Type\":\"Notification\",\"Message\":" + text(EVENT) + "}";
        StringBuilder filled = new StringBuilder();
        boolean inName = false;
        for (int i = 0; i < message.length(); i++) {
            char letter = message.charAt(i);
            inName ^= letter == '`';
            switch (inName ? ' ' : letter) {
                case 'E' -> filled.append(EVENT);
                case 'T' -> filled.append(text(EVENT));
                case 'S' -> filled.append(text(notification));
                case 'B' ->
                    filled.append('"')
                            .append(Base64.getEncoder().encodeToString(EVENT.getBytes(UTF_8)))
                            .append('"');
                default -> filled.append(letter == '`' ? '"' : letter);
            }
        }
        return filled.toString().getBytes(UTF_8);
    }

    private static String text(String json) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(json)) + '"';
    }
}
