package io.hangupby.internal.webhook;

import static io.hangupby.internal.webhook.EventStreamRequests.ACCOUNT;
import static io.hangupby.internal.webhook.EventStreamRequests.PUBLIC_URL;
import static io.hangupby.internal.webhook.EventStreamRequests.TOKEN;
import static io.hangupby.internal.webhook.EventStreamRequests.WORKSPACE;
import static io.hangupby.internal.webhook.EventStreamRequests.batch;
import static io.hangupby.internal.webhook.EventStreamRequests.transfer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hangupby.call.AccountSid;
import io.hangupby.internal.event.EventReader;
import io.hangupby.internal.facts.LiveFacts;
import io.hangupby.telemetry.Telemetry;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What requests show of Twilio goes into the facts. */
class NotedFactsTest {
    private static final Map<String, String> CREATED = new TreeMap<>(Map.of(
            "AccountSid",
            ACCOUNT.value(),
            "EventType",
            "task.created",
            "Sid",
            "EV1",
            "TaskSid",
            "WT" + "3".repeat(32),
            "TimestampMs",
            "1767225600000",
            "WorkspaceSid",
            WORKSPACE.value()));

    private final List<AccountSid> rateLimited = new ArrayList<>();
    private final LiveFacts facts = new LiveFacts(Clock.systemUTC(), rateLimited::add);
    private final VerifyingWebhookHandler handler = new VerifyingWebhookHandler(
            new WebhookSettings(
                    List.of(new WebhookAccount(ACCOUNT, Optional.of(WORKSPACE), new SignatureVerifier(List.of(TOKEN)))),
                    Optional.of(PUBLIC_URL),
                    false),
            new EventReader(Set.of("voice")),
            new ListJournal(),
            Telemetry.NOOP,
            facts);

    @Test
    void a_callback_is_noted_with_its_idempotency_token() throws IOException {
        FakeRequest request = form(TOKEN);
        request.headers.put("I-Twilio-Idempotency-Token", "some-token");

        handler.handle(request);

        assertThat(facts.text())
                .contains("callbacks of calls: 1; with Sid 1, with TaskVersion 0, with an idempotency token 1");
    }

    @Test
    void a_forged_callback_is_not_noted() throws IOException {
        handler.handle(form("another-token"));

        assertThat(facts.text()).contains("callbacks of calls: 0;");
    }

    @Test
    void a_chats_callback_is_not_noted() throws IOException {
        Map<String, String> ofChat = new TreeMap<>(CREATED);
        ofChat.put("TaskChannelUniqueName", "chat");

        int status = handler.handle(form(TOKEN, ofChat)).status();

        assertThat(status).isEqualTo(204);
        assertThat(facts.text()).contains("callbacks of calls: 0;", "callbacks arrived after: none");
    }

    @Test
    void an_event_of_event_streams_is_noted_with_the_spelling_of_transfers() throws IOException {
        handler.handle(batch(transfer()));

        assertThat(facts.text())
                .contains(
                        "events of calls by Event Streams: 1;",
                        "transfer fields: TransferInitiatingReservationSid, TransferMode=WARM");
    }

    @Test
    void only_an_account_whose_limit_is_used_up_is_reported() throws IOException {
        int status = handler.handle(batch(rateLimits(true), rateLimits(false))).status();

        assertThat(status).isEqualTo(204);
        assertThat(rateLimited).containsExactly(ACCOUNT);
    }

    private static ObjectNode rateLimits(boolean limited) {
        ObjectNode event = new ObjectMapper()
                .createObjectNode()
                .put("specversion", "1.0")
                .put("type", "com.twilio.apiusage.taskrouter.ratelimits")
                .put("id", "EV" + "8".repeat(32));
        event.putObject("data")
                .put("account_sid", ACCOUNT.value())
                .put("resource_key", "tasks")
                .put("current_rate", 21)
                .put("rate_limit", 20)
                .put("rate_limited", limited);
        return event;
    }

    private static FakeRequest form(String token) {
        return form(token, CREATED);
    }

    private static FakeRequest form(String token, Map<String, String> parameters) {
        String body = parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                .collect(Collectors.joining("&"));
        FakeRequest request = new FakeRequest(body.getBytes(UTF_8));
        request.endpoint = "/taskrouter";
        request.headers.put("Content-Type", "application/x-www-form-urlencoded");
        request.headers.put(
                "X-Twilio-Signature",
                SigningReference.sign(
                        token,
                        PUBLIC_URL + "/taskrouter",
                        parameters.entrySet().stream()
                                .map(parameter -> List.of(parameter.getKey(), parameter.getValue()))
                                .toList()));
        return request;
    }
}
