package io.hangupby.servlet;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.hangupby.internal.webhook.VerifyingWebhookHandler;
import io.hangupby.testing.CapturedLog;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Copies of bodies take a bounded share of the heap. */
class BodyTapTest {
    private static final String TASK = "WT" + "3".repeat(32);
    private static final String URL = "https://a.example/callback";
    private static final int LIMIT = 256 * 1024;
    private static final int ROOM = 200_000;
    private static final Duration SOON = Duration.ofSeconds(5);

    private final TaskListJournal journal = new TaskListJournal();
    private final VerifyingWebhookHandler webhook = FilterHandlersTest.webhook(journal);
    private final CopyBudget copies = new CopyBudget(ROOM);
    private final CallbackObserver observer = new CallbackObserver(() -> webhook, Optional.of(URL), copies);
    private final byte[] large = Message.A_CALLBACK_OF_150_KB.content(TASK).getBytes(US_ASCII);
    private final byte[] small = Message.A_CALLBACK.content(TASK).getBytes(US_ASCII);

    @SuppressWarnings("JdkObsolete") // The Servlet API returns a StringBuffer.
    private BodyTap tap(byte[] body, long announced) {
        Map<String, String> headers = Map.of(
                "Content-Type",
                "application/x-www-form-urlencoded",
                "X-Twilio-Signature",
                Message.signature(Message.TOKEN, URL, new String(body, US_ASCII)));
        HttpServletRequest request = mock();
        when(request.getMethod()).thenReturn("POST");
        when(request.getRequestURL()).thenReturn(new StringBuffer(URL));
        when(request.getHeader(anyString())).thenAnswer(call -> headers.get(call.<String>getArgument(0)));
        when(request.getContentLengthLong()).thenReturn(announced);
        return new BodyTap(new ObservedCallback(new ServletWebhookRequest(request)), observer);
    }

    private void assertAllRoomIsFree() {
        assertThat(copies.take(ROOM)).isTrue();
    }

    @Test
    void a_copy_takes_room_until_its_event_is_recorded() throws Exception {
        BodyTap tap = tap(large, large.length);
        tap.read(large, 0, 20_000);
        assertThat(copies.take(ROOM - large.length)).isFalse();

        tap.read(large, 20_000, large.length - 20_000);

        journal.await(TASK, SOON);
        assertThat(journal.tasks()).containsExactly(TASK);
        assertAllRoomIsFree();
    }

    @Test
    void a_copy_takes_room_until_it_is_given_up() {
        BodyTap tap = tap(large, large.length);
        tap.read(large, 0, 20_000);

        tap.miss("on purpose");

        assertAllRoomIsFree();
    }

    @Test
    void a_copy_takes_room_until_something_goes_wrong() {
        BodyTap tap = tap(large, large.length);
        tap.read(large, 0, 20_000);

        tap.attempt(() -> {
            throw new IllegalStateException("on purpose");
        });

        assertAllRoomIsFree();
    }

    @Test
    void without_room_a_large_callback_is_missed_and_a_small_one_is_not() throws Exception {
        tap(large, large.length).read(large, 0, 20_000);

        tap(large, large.length).read(large, 0, large.length);
        assertThat(webhook.missedEvents()).isEqualTo(1);
        assertThat(journal.tasks()).isEmpty();

        tap(small, small.length).read(small, 0, small.length);
        journal.await(TASK, SOON);
        assertThat(journal.tasks()).containsExactly(TASK);
        assertThat(webhook.missedEvents()).isEqualTo(1);
    }

    @Test
    void a_body_above_the_limit_is_missed_and_not_copied() {
        CallbackObserver roomy = new CallbackObserver(() -> webhook, Optional.of(URL), new CopyBudget(LIMIT + 1));
        BodyTap tap = new BodyTap(tap(large, -1).callback(), roomy);
        byte[] piece = new byte[LIMIT / 4];
        try (CapturedLog log = new CapturedLog()) {
            for (int i = 0; i < 4; i++) {
                tap.read(piece, 0, piece.length);
            }
            assertThat(tap.isDone()).isFalse();
            assertThat(roomy.copies().take(1)).isFalse();

            tap.read(piece, 0, 1);

            assertThat(tap.isDone()).isTrue();
            assertThat(log.lines()).anyMatch(line -> line.contains("its body is larger than a callback's"));
        }
        assertThat(webhook.missedEvents()).isEqualTo(1);
        assertThat(roomy.copies().take(LIMIT + 1)).isTrue();
    }
}
