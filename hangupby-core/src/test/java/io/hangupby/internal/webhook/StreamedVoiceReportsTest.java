package io.hangupby.internal.webhook;

import static io.hangupby.internal.webhook.EventStreamRequests.ACCOUNT;
import static io.hangupby.internal.webhook.EventStreamRequests.PUBLIC_URL;
import static io.hangupby.internal.webhook.EventStreamRequests.TOKEN;
import static io.hangupby.internal.webhook.EventStreamRequests.WORKSPACE;
import static io.hangupby.internal.webhook.EventStreamRequests.batch;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hangupby.call.BrowserSign;
import io.hangupby.call.CallSid;
import io.hangupby.call.TaskRef;
import io.hangupby.call.TaskSid;
import io.hangupby.internal.event.EventReader;
import io.hangupby.internal.event.VoiceReport.BrowserEvent;
import io.hangupby.internal.event.VoiceReport.EndedFrom;
import io.hangupby.internal.event.VoiceReport.LegSummary;
import io.hangupby.internal.event.VoiceReport.ParticipantSummary;
import io.hangupby.internal.event.VoiceReport.Stage;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Reports of Voice Insights as Event Streams sends them to {@code /events}. */
class StreamedVoiceReportsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final CallSid LEG = new CallSid("CA" + "6".repeat(32));
    private static final String CONFERENCE = "CF" + "5".repeat(32);
    private static final TaskRef TASK = new TaskRef(ACCOUNT, WORKSPACE, new TaskSid("WT" + "3".repeat(32)));
    private static final Instant AT = Instant.parse("2026-01-01T00:30:00Z");
    private static final Instant ENDED = Instant.parse("2026-01-01T00:00:02Z");

    private final ListJournal journal = new ListJournal();
    private final VerifyingWebhookHandler handler = new VerifyingWebhookHandler(
            new WebhookSettings(
                    List.of(new WebhookAccount(ACCOUNT, Optional.of(WORKSPACE), new SignatureVerifier(List.of(TOKEN)))),
                    Optional.of(PUBLIC_URL),
                    false),
            new EventReader(Set.of("voice")),
            journal);

    @Test
    void a_summary_is_stored_with_the_task_of_its_leg() throws IOException {
        journal.owners.put(LEG.value(), List.of(TASK));

        int status = send(summary());

        assertThat(status).isEqualTo(204);
        assertThat(journal.events)
                .containsExactly(new LegSummary(
                        TASK,
                        LEG,
                        AT,
                        Stage.COMPLETE,
                        EndedFrom.CALLER,
                        Optional.of(true),
                        Optional.of(ENDED),
                        Optional.of(200)));
    }

    @Test
    void what_a_browser_reported_is_stored() throws IOException {
        journal.owners.put(LEG.value(), List.of(TASK));
        ObjectNode event = event("call-event.sdk");
        data(event).put("group", "network-quality-warning-raised").put("name", "ice-connectivity-lost");
        ObjectNode useless = event("call-event.sdk");
        data(useless).put("group", "settings").put("name", "edge");

        int status = send(event, useless);

        assertThat(status).isEqualTo(204);
        assertThat(journal.events).containsExactly(new BrowserEvent(TASK, LEG, AT, BrowserSign.NETWORK_LOST));
    }

    @Test
    void a_participants_summary_finds_its_task_by_the_conference() throws IOException {
        journal.owners.put(CONFERENCE, List.of(TASK));
        ObjectNode event = event("conference-participant-summary.complete");
        data(event).put("conference_sid", CONFERENCE).put("leave_time", ENDED.toString());

        int status = send(event);

        assertThat(status).isEqualTo(204);
        assertThat(journal.events).containsExactly(new ParticipantSummary(TASK, LEG, AT, Optional.of(ENDED)));
    }

    @Test
    void a_report_on_a_strangers_call_is_accepted_and_not_stored() throws IOException {
        int status = send(summary());

        assertThat(status).isEqualTo(204);
        assertThat(journal.events).isEmpty();
    }

    @Test
    void a_report_comes_again_while_the_journal_is_down() throws IOException {
        journal.down = true;

        int status = send(summary());

        assertThat(status).isEqualTo(503);
    }

    private int send(ObjectNode... events) throws IOException {
        return handler.handle(batch(events)).status();
    }

    private static ObjectNode summary() {
        ObjectNode event = event("call-summary.complete");
        data(event)
                .put("call_state", "completed")
                .put("end_time", ENDED.toString())
                .putObject("properties")
                .put("direction", "inbound")
                .put("disconnected_by", "caller")
                .put("last_sip_response_num", 200);
        return event;
    }

    private static ObjectNode data(ObjectNode event) {
        return (ObjectNode) event.path("data");
    }

    private static ObjectNode event(String type) {
        ObjectNode event = JSON.createObjectNode()
                .put("specversion", "1.0")
                .put("type", "com.twilio.voice.insights." + type)
                .put("id", "EV" + "8".repeat(32))
                .put("time", AT.toString());
        event.putObject("data").put("account_sid", ACCOUNT.value()).put("call_sid", LEG.value());
        return event;
    }
}
