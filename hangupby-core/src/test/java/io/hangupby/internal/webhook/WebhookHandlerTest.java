package io.hangupby.internal.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.call.AccountSid;
import io.hangupby.call.Address;
import io.hangupby.call.TaskRef;
import io.hangupby.call.WorkspaceSid;
import io.hangupby.internal.event.ConferenceEvent;
import io.hangupby.internal.event.EventReader;
import io.hangupby.internal.event.EventType;
import io.hangupby.internal.event.TaskRouterEvent.ReservationEvent;
import io.hangupby.webhook.WebhookResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookHandlerTest extends WebhookFixture {
    @Nested
    class AnEventOfTwilios {

        @Test
        void an_event_is_recorded_and_gets_an_empty_response() throws IOException {
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
        void an_irrelevant_event_is_accepted_and_not_recorded(String field, String value) throws IOException {
            assertThat(handler.handle(wrapUp().with(field, value).signed())).isEqualTo(new WebhookResponse(204, ""));
            assertThat(journal.events).isEmpty();
        }

        @Test
        void an_event_without_a_type_is_accepted_and_not_recorded() throws IOException {
            assertThat(handler.handle(wrapUp().without("EventType").signed()).status())
                    .isEqualTo(204);
            assertThat(journal.events).isEmpty();
        }

        @Test
        void an_event_without_a_channel_is_recorded() throws IOException {
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
        void a_malformed_field_is_rejected_by_its_name(String field, String value) throws IOException {
            assertThat(handler.handle(wrapUp().with(field, value).signed()))
                    .isEqualTo(rejection(400, field + " is missing or malformed"));
            assertThat(journal.events).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"TaskSid", "ReservationSid", "TimestampMs"})
        void a_missing_field_is_rejected_by_its_name(String field) throws IOException {
            assertThat(handler.handle(wrapUp().without(field).signed()))
                    .isEqualTo(rejection(400, field + " is missing or malformed"));
        }

        @Test
        void an_event_without_a_workspace_is_malformed_if_every_workspace_is_accepted() throws IOException {
            VerifyingWebhookHandler anyWorkspace = handler(Optional.empty(), Optional.of(PUBLIC_URL));

            assertThat(anyWorkspace.handle(wrapUp().without("WorkspaceSid").signed()))
                    .isEqualTo(rejection(400, "WorkspaceSid is missing or malformed"));
        }

        @Test
        void an_event_of_any_workspace_is_recorded_if_no_workspace_is_set() throws IOException {
            VerifyingWebhookHandler anyWorkspace = handler(Optional.empty(), Optional.of(PUBLIC_URL));
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
        void an_event_signed_with_any_of_the_tokens_is_accepted(String token) throws IOException {
            assertThat(handler.handle(wrapUp().signedBy(token)).status()).isEqualTo(204);
        }

        @Test
        void an_event_signed_with_an_unknown_token_is_rejected() throws IOException {
            assertThat(handler.handle(wrapUp().signedBy("the-token-before")).status())
                    .isEqualTo(403);
        }
    }

    @Nested
    class AConferencesStatusCallback {

        @Test
        void a_conference_status_callback_is_recorded() throws IOException {
            assertThat(handler.handle(leave()).status()).isEqualTo(204);
            assertThat(journal.events).singleElement().isInstanceOf(ConferenceEvent.LegLeft.class);
        }

        @Test
        void a_conference_status_callback_may_lack_its_workspace_but_not_name_another() throws IOException {
            assertThat(handler.handle(leave(draft -> draft.without("WorkspaceSid")))
                            .status())
                    .isEqualTo(204);
            assertThat(handler.handle(leave(draft -> draft.with("WorkspaceSid", "WS" + "f".repeat(32))))
                            .status())
                    .isEqualTo(403);
            assertThat(journal.events).hasSize(1);
        }

        @Test
        void a_conference_status_callback_is_accepted_only_at_its_own_endpoint() throws IOException {
            FakeRequest request = leave();
            request.endpoint = "/taskrouter";

            assertThat(handler.handle(request)).isEqualTo(Fault.WRONG_SIGNATURE.response());
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
        void the_content_type_may_have_any_spelling(String contentType) throws IOException {
            FakeRequest request = wrapUp().signed();
            request.headers.put("Content-Type", contentType);

            assertThat(handler.handle(request).status()).isEqualTo(204);
        }
    }

    @Nested
    class ALargeBody {

        @ParameterizedTest
        @ValueSource(longs = {-1, 0, 12, LIMIT})
        void a_body_is_accepted_up_to_the_limit_whatever_length_it_announces(long announced) throws IOException {
            FakeRequest request = wrapUp().paddedTo(LIMIT).signed();
            request.announcedLength = announced;

            assertThat(handler.handle(request).status()).isEqualTo(204);
            assertThat(request.bytesRead).isEqualTo(LIMIT);
            assertThat(request.closed).isTrue();
            assertThat(journal.events).hasSize(1);
        }

        @ParameterizedTest
        @ValueSource(longs = {-1, 0, 12, LIMIT})
        void a_body_above_the_limit_is_rejected_after_one_byte_more(long announced) throws IOException {
            FakeRequest request = wrapUp().paddedTo(LIMIT + 1).signed();
            request.body = Arrays.copyOf(request.body, 4 * LIMIT);
            request.announcedLength = announced;

            assertThat(handler.handle(request)).isEqualTo(Fault.TOO_LARGE.response());
            assertThat(request.bytesRead).isEqualTo(LIMIT + 1);
            assertThat(request.closed).isTrue();
            assertThat(journal.events).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(longs = {LIMIT + 1, Long.MAX_VALUE})
        void a_body_that_announces_too_much_is_rejected_unread(long announced) throws IOException {
            FakeRequest request = wrapUp().signed();
            request.announcedLength = announced;

            assertThat(handler.handle(request)).isEqualTo(Fault.TOO_LARGE.response());
            assertThat(request.bytesRead).isZero();
        }
    }

    /** Two accounts, each with its own token and workspace, and a third, unknown account. */
    @Nested
    class OneOfSeveralAccounts {
        private static final String OTHER = "AC" + "7".repeat(32);
        private static final String NOT_OURS = "AC" + "9".repeat(32);
        private static final String OTHERS_WORKSPACE = "WS" + "8".repeat(32);
        private static final String OTHERS_TOKEN = "the-auth-token-of-the-other-account";

        private final VerifyingWebhookHandler both = new VerifyingWebhookHandler(
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
            WebhookResponse wrong = Fault.WRONG_SIGNATURE.response();
            return Stream.of(
                    Arguments.of(TOKEN, ACCOUNT.value(), WORKSPACE.value(), accepted),
                    Arguments.of(OTHERS_TOKEN, OTHER, OTHERS_WORKSPACE, accepted),
                    Arguments.of(OTHERS_TOKEN, ACCOUNT.value(), WORKSPACE.value(), wrong),
                    Arguments.of(TOKEN, OTHER, OTHERS_WORKSPACE, wrong),
                    Arguments.of(TOKEN, ACCOUNT.value(), OTHERS_WORKSPACE, Responses.OTHER_WORKSPACE),
                    Arguments.of(OTHERS_TOKEN, OTHER, WORKSPACE.value(), Responses.OTHER_WORKSPACE),
                    Arguments.of(OTHERS_TOKEN, NOT_OURS, WORKSPACE.value(), wrong),
                    Arguments.of("a-token-of-nobody", NOT_OURS, WORKSPACE.value(), wrong));
        }

        @ParameterizedTest
        @MethodSource("requests")
        void a_token_signs_only_for_its_own_account(
                String token, String account, String workspace, WebhookResponse answer) throws IOException {
            FakeRequest request = wrapUp().with("AccountSid", account)
                    .with("WorkspaceSid", workspace)
                    .signedBy(token);

            assertThat(both.handle(request)).isEqualTo(answer);
            assertThat(journal.events)
                    .extracting(event -> event.task().account().value())
                    .isEqualTo(answer.status() == 204 ? List.of(account) : List.of());
        }
    }
}
