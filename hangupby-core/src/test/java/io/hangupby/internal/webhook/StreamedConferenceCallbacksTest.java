package io.hangupby.internal.webhook;

import static io.hangupby.internal.webhook.EventStreamRequests.ACCOUNT;
import static io.hangupby.internal.webhook.EventStreamRequests.PUBLIC_URL;
import static io.hangupby.internal.webhook.EventStreamRequests.TOKEN;
import static io.hangupby.internal.webhook.EventStreamRequests.WORKSPACE;
import static io.hangupby.internal.webhook.EventStreamRequests.batch;
import static io.hangupby.internal.webhook.EventStreamRequests.transfer;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hangupby.call.CallSid;
import io.hangupby.call.ConferenceSid;
import io.hangupby.call.ParticipantLeft;
import io.hangupby.call.TaskRef;
import io.hangupby.call.TaskSid;
import io.hangupby.internal.event.ConferenceEvent;
import io.hangupby.internal.event.EventReader;
import io.hangupby.internal.event.TaskRouterEvent.TransferEvent;
import io.hangupby.internal.event.TaskTimeline;
import io.hangupby.webhook.WebhookResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Conference status callbacks as Event Streams sends them to {@code /events}. */
class StreamedConferenceCallbacksTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ConferenceSid CONFERENCE = new ConferenceSid("CF" + "5".repeat(32));
    private static final CallSid LEG = new CallSid("CA" + "6".repeat(32));
    private static final Map<String, String> LEAVE = Map.of(
            "StatusCallbackEvent",
            "participant-leave",
            "AccountSid",
            ACCOUNT.value(),
            "FriendlyName",
            "WT" + "3".repeat(32),
            "ConferenceSid",
            CONFERENCE.value(),
            "CallSid",
            LEG.value(),
            "SequenceNumber",
            "4",
            "Timestamp",
            "Thu, 01 Jan 2026 00:00:00 +0000",
            "ReasonParticipantLeft",
            "participant_hung_up");

    private final ListJournal journal = new ListJournal();
    private final VerifyingWebhookHandler handler = new VerifyingWebhookHandler(
            new WebhookSettings(
                    List.of(new WebhookAccount(ACCOUNT, Optional.of(WORKSPACE), new SignatureVerifier(List.of(TOKEN)))),
                    Optional.of(PUBLIC_URL),
                    false),
            new EventReader(Set.of("voice")),
            journal);
    private final ConferenceEvent.LegLeft left = new ConferenceEvent.LegLeft(
            new ConferenceEvent.Origin(
                    new TaskRef(ACCOUNT, WORKSPACE, new TaskSid("WT" + "3".repeat(32))),
                    CONFERENCE,
                    4,
                    Instant.parse("2026-01-01T00:00:00Z"),
                    Optional.empty()),
            LEG,
            Optional.of(ParticipantLeft.Reason.PARTICIPANT_HUNG_UP),
            false,
            Optional.empty());

    private static ObjectNode streamed(String type, UnaryOperator<ObjectNode> inData) {
        ObjectNode event = JSON.createObjectNode().put("type", "com.twilio.voice.status-callback." + type);
        ObjectNode data = JSON.createObjectNode();
        data.putObject("request").put("method", "POST").set("parameters", JSON.valueToTree(LEAVE));
        event.set("data", inData.apply(data));
        return event;
    }

    private static ObjectNode asText(ObjectNode parent, String field) {
        return parent.put(field, parent.path(field).toString());
    }

    static List<UnaryOperator<ObjectNode>> forms() {
        return List.of(
                data -> data,
                data -> {
                    asText((ObjectNode) data.path("request"), "parameters");
                    return data;
                },
                data -> asText(data, "request"));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void is_recorded_as_if_it_had_come_by_form(UnaryOperator<ObjectNode> form) throws IOException {
        handler.handle(batch(streamed("conference.participant.updated", form)));
        handler.handle(batch(streamed("conference.updated", form)));

        assertThat(journal.events).containsExactly(left, left);
    }

    @Test
    void counts_once_by_two_ways() throws IOException {
        TaskTimeline timeline = TaskTimeline.of(left.task()).with(left);
        handler.handle(batch(streamed("conference.participant.updated", data -> data)));

        assertThat(timeline.with(journal.events.get(0))).isSameAs(timeline);
    }

    static List<UnaryOperator<ObjectNode>> useless() {
        return List.of(
                data -> (ObjectNode) data.without("request"),
                data -> data.put("request", "no JSON"),
                data -> data.put("request", 7),
                data -> {
                    ((ObjectNode) data.path("request")).remove("parameters");
                    return data;
                },
                data -> {
                    ((ObjectNode) data.path("request").path("parameters")).put("FriendlyName", "Monday meeting");
                    return data;
                });
    }

    @ParameterizedTest
    @MethodSource("useless")
    void that_names_no_task_is_accepted_and_not_recorded(UnaryOperator<ObjectNode> change) throws IOException {
        assertThat(handler.handle(batch(streamed("conference.updated", change), transfer())))
                .isEqualTo(new WebhookResponse(204, ""));
        assertThat(journal.events).singleElement().isInstanceOf(TransferEvent.class);
    }
}
