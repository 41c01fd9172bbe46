package io.hangupby.internal.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.hangupby.testing.CapturedLog;
import io.hangupby.webhook.WebhookResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RejectedRequestsTest extends WebhookFixture {

    @ParameterizedTest
    @EnumSource
    void a_fault_is_rejected_with_its_reason(Fault fault) throws IOException {
        assertThat(handler.handle(request(EnumSet.of(fault)))).isEqualTo(fault.response());
        assertThat(journal.events).isEmpty();
    }

    static List<List<Fault>> pairs() {
        return pairs(Fault.values());
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void a_request_with_two_faults_is_rejected_for_the_first(List<Fault> pair) throws IOException {
        assertThat(handler.handle(request(EnumSet.copyOf(pair))))
                .isEqualTo(pair.get(0).response());
        assertThat(journal.events).isEmpty();
    }

    /** A sink whose address has the wrong path can be corrected within the four hours. */
    @ParameterizedTest
    @ValueSource(strings = {"/taskrouter", "/event", ""})
    void a_batch_of_event_streams_at_another_endpoint_is_sent_again(String endpoint) throws IOException {
        FakeRequest request = EventStreamRequests.batch(EventStreamRequests.event("reservation.wrapup"));
        request.endpoint = endpoint;

        assertThat(handler.handle(request).status()).isEqualTo(503);
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
    @ValueSource(strings = {"", "/", "/taskrouter//", "/TaskRouter", "/taskrouter/x"})
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
}
