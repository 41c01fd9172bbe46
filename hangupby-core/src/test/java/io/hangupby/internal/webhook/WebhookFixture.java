package io.hangupby.internal.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hangupby.call.AccountSid;
import io.hangupby.call.ConferenceSid;
import io.hangupby.call.ReservationSid;
import io.hangupby.call.TaskSid;
import io.hangupby.call.WorkerSid;
import io.hangupby.call.WorkspaceSid;
import io.hangupby.internal.event.EventReader;
import io.hangupby.webhook.WebhookResponse;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A handler with a journal of its own, and the callbacks that are sent to it. */
abstract class WebhookFixture {
    static final AccountSid ACCOUNT = new AccountSid("AC" + "1".repeat(32));
    static final WorkspaceSid WORKSPACE = new WorkspaceSid("WS" + "2".repeat(32));
    static final TaskSid TASK = new TaskSid("WT" + "3".repeat(32));
    static final ReservationSid RESERVATION = new ReservationSid("WR" + "4".repeat(32));
    static final WorkerSid WORKER = new WorkerSid("WK" + "5".repeat(32));
    static final ConferenceSid CONFERENCE = new ConferenceSid("CF" + "6".repeat(32));
    static final String TOKEN = "the-auth-token-of-the-account";
    static final String NEXT_TOKEN = "the-auth-token-to-come";
    static final String PUBLIC_URL = "https://cc.example.com/hangupby";
    static final String CALLERS_NUMBER = "+15550100";
    static final int LIMIT = 256 * 1024;
    static final int PIECE = 60_000;

    final ListJournal journal = new ListJournal();
    final VerifyingWebhookHandler handler = handler(Optional.of(PUBLIC_URL));

    VerifyingWebhookHandler handler(Optional<String> publicUrl) {
        return handler(Optional.of(WORKSPACE), publicUrl);
    }

    VerifyingWebhookHandler handler(Optional<WorkspaceSid> workspace, Optional<String> publicUrl) {
        return new VerifyingWebhookHandler(
                new WebhookSettings(List.of(account(workspace, TOKEN, NEXT_TOKEN)), publicUrl, false),
                new EventReader(Set.of("voice")),
                journal);
    }

    static WebhookAccount account(Optional<WorkspaceSid> workspace, String... tokens) {
        return new WebhookAccount(ACCOUNT, workspace, new SignatureVerifier(List.of(tokens)));
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

    static WebhookResponse rejection(int status, String reason) {
        return new WebhookResponse(status, "{\"error\":\"" + reason + "\"}");
    }

    /** A reservation's wrap-up, as Twilio sends it. */
    static Draft wrapUp() {
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
    static final class Draft {
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
