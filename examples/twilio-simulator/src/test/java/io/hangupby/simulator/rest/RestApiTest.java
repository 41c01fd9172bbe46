package io.hangupby.simulator.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hangupby.simulator.ApiClient;
import io.hangupby.simulator.CallOptions;
import io.hangupby.simulator.ExpectedOutcome;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.TwilioSimulator;
import io.hangupby.simulator.account.Agent;
import io.hangupby.simulator.account.TaskWrite;
import io.hangupby.simulator.events.WorkspaceEvent;
import io.hangupby.testing.HandClock;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestApiTest {

    private final HandClock clock = new HandClock();
    private final TwilioSimulator twilio =
            TwilioSimulator.builder().clock(clock).checkCredentials().start();
    private final ApiClient api = new ApiClient(twilio);
    private final Agent agent = twilio.browserAgent("Ann Example");

    @AfterEach
    void stop() {
        twilio.close();
    }

    private static List<String> published(String resource) throws IOException {
        Properties fields = new Properties();
        try (InputStream in = RestApiTest.class.getResourceAsStream("/twilio-fields.properties")) {
            fields.load(Optional.ofNullable(in).orElseThrow());
        }
        return List.of(fields.getProperty(resource).split(" ", -1));
    }

    private static List<String> names(JsonNode json) {
        List<String> names = new ArrayList<>();
        json.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Nested
    class FieldNames {

        private final SimulatedCall call = twilio.inboundCall().accepts(agent);

        @Test
        void a_conference_has_the_fields_that_twilio_publishes() throws Exception {
            assertThat(names(api.read(api.conference(call)))).hasSameElementsAs(published("conference"));
        }

        @Test
        void a_participant_has_the_fields_that_twilio_publishes() throws Exception {
            JsonNode participant =
                    api.read(api.participants(call)).get("participants").get(0);
            assertThat(names(participant)).hasSameElementsAs(published("participant"));
        }

        @Test
        void a_call_has_the_fields_that_twilio_publishes() throws Exception {
            assertThat(names(api.read(api.customerCall(call)))).hasSameElementsAs(published("call"));
        }

        @Test
        void a_task_has_the_fields_that_twilio_publishes() throws Exception {
            assertThat(names(api.read(api.task(call)))).hasSameElementsAs(published("task"));
        }

        @Test
        void a_reservation_has_the_fields_that_twilio_publishes() throws Exception {
            JsonNode one = api.read(api.task(call) + "/Reservations/" + call.reservationSid(agent));
            assertThat(names(one)).hasSameElementsAs(published("reservation"));
            assertThat(api.read(api.task(call) + "/Reservations")
                            .get("reservations")
                            .get(0))
                    .isEqualTo(one);
        }

        @Test
        void an_event_has_the_fields_that_twilio_publishes() throws Exception {
            JsonNode event = api.read(api.workspace("/Events")).get("events").get(0);
            assertThat(names(event)).hasSameElementsAs(published("event"));
        }
    }

    @Nested
    class Access {

        private final SimulatedCall call = twilio.inboundCall();

        @Test
        void a_request_without_credentials_is_rejected() throws Exception {
            HttpResponse<String> response = api.getWithout(api.task(call));
            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(api.json(response).get("code").asInt()).isEqualTo(20003);
            assertThat(twilio.counters().unauthenticated()).isEqualTo(1);
        }

        @Test
        void a_request_with_a_wrong_token_is_rejected() throws Exception {
            assertThat(api.getAs(twilio.accountSid(), "wrong", api.task(call)).statusCode())
                    .isEqualTo(401);
        }

        @ParameterizedTest
        @ValueSource(strings = {"/", "/2010-04-01/Accounts/ACx/Calls.json", "/v1/Workspaces/WSx/Tasks/WTx"})
        void an_unknown_path_is_not_found(String path) throws Exception {
            assertThat(api.get(path).statusCode()).isEqualTo(404);
            assertThat(twilio.counters().of(ApiOperation.OTHER)).isEqualTo(1);
        }

        @Test
        void an_unknown_sid_is_not_found_in_the_error_format_of_twilio() throws Exception {
            HttpResponse<String> response = api.get(api.workspace("/Tasks/WT" + "0".repeat(32)));
            assertThat(response.statusCode()).isEqualTo(404);
            JsonNode error = api.json(response);
            assertThat(names(error)).containsExactlyInAnyOrder("code", "message", "more_info", "status");
            assertThat(error.get("code").asInt()).isEqualTo(20404);
            assertThat(error.get("status").asInt()).isEqualTo(404);
        }

        @Test
        void another_account_is_not_found() throws Exception {
            String other = api.customerCall(call).replace(twilio.accountSid(), "AC" + "c".repeat(32));
            assertThat(api.get(other).statusCode()).isEqualTo(404);
        }
    }

    @Nested
    class Tasks {

        private final SimulatedCall call =
                twilio.inboundCall(CallOptions.builder().trickyAttributes().build());

        @Test
        void the_etag_of_a_task_is_its_version_in_quotes() throws Exception {
            assertThat(api.get(api.task(call)).headers().firstValue("ETag"))
                    .contains("\"" + call.task().version() + "\"");
        }

        @Test
        void a_task_shows_its_attributes_byte_for_byte() throws Exception {
            assertThat(api.read(api.task(call)).get("attributes").textValue())
                    .isEqualTo(call.task().attributes())
                    .contains("1.10", "-0.0", "9007199254740993", "\\u017d", "日本語", "\"z\":null");
        }

        @Test
        void a_task_keeps_written_attributes_byte_for_byte() throws Exception {
            String text = "{ \"a\" :1.10,\"b\":\"\\u00e9 é & + % \uD83D\uDC0E\",\"c\":1e2 }";
            HttpResponse<String> response = api.writeAttributes(call, text, "\"0\"");
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("ETag")).contains("\"1\"");
            assertThat(call.task().attributes()).isEqualTo(text);
            assertThat(twilio.counters().taskWritesApplied()).isEqualTo(1);
        }

        @Test
        void an_update_for_another_version_is_rejected() throws Exception {
            String before = call.task().attributes();
            call.task().edit("7", "crm", "case_id");
            HttpResponse<String> response = api.writeAttributes(call, "{}", "\"0\"");
            assertThat(response.statusCode()).isEqualTo(412);
            assertThat(call.task().attributes()).isEqualTo(before.replace("9007199254740993", "7"));
            assertThat(twilio.counters().preconditionFailed()).isEqualTo(1);
            assertThat(call.task().writes()).extracting(TaskWrite::status).containsExactly(412);
        }

        @Test
        void an_update_can_have_an_unquoted_version_or_none() throws Exception {
            assertThat(api.writeAttributes(call, "{}", "0").statusCode()).isEqualTo(200);
            assertThat(api.writeAttributes(call, "{\"last\":1}").statusCode()).isEqualTo(200);
            assertThat(call.task().attributes()).isEqualTo("{\"last\":1}");
        }

        @Test
        void attributes_that_are_not_json_are_rejected() throws Exception {
            HttpResponse<String> response = api.writeAttributes(call, "{\"a\":}");
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(api.json(response).get("code").asInt()).isEqualTo(20001);
        }

        @Test
        void attributes_over_4096_characters_are_rejected() throws Exception {
            String longest = "{\"a\":\"" + "x".repeat(4096 - 8) + "\"}";
            assertThat(api.writeAttributes(call, longest).statusCode()).isEqualTo(200);
            assertThat(api.writeAttributes(call, longest + " ").statusCode()).isEqualTo(400);
        }

        @Test
        void a_deleted_task_is_not_found() throws Exception {
            call.task().delete();
            assertThat(api.get(api.task(call)).statusCode()).isEqualTo(404);
            assertThat(api.writeAttributes(call, "{}").statusCode()).isEqualTo(404);
        }

        @Test
        void another_writer_can_edit_a_task_after_a_read() throws Exception {
            call.task().editAfterReads(1, "\"theirs\"", "other");
            assertThat(api.get(api.task(call)).headers().firstValue("ETag")).contains("\"0\"");
            assertThat(api.writeAttributes(call, "{}", "\"0\"").statusCode()).isEqualTo(412);
            assertThat(api.get(api.task(call)).headers().firstValue("ETag")).contains("\"1\"");
            assertThat(api.writeAttributes(call, "{}", "\"1\"").statusCode()).isEqualTo(200);
            assertThat(call.task().baseline()).endsWith(",\"other\":\"theirs\"\t}");
        }

        @Test
        void another_writer_can_edit_a_task_before_any_call_about_it() throws Exception {
            call.task().editBeforeCall(3, "\"theirs\"", "other");
            assertThat(api.get(api.task(call)).headers().firstValue("ETag")).contains("\"0\"");
            assertThat(api.get(api.customerCall(call)).statusCode()).isEqualTo(200);
            assertThat(api.writeAttributes(call, "{}", "\"0\"").statusCode()).isEqualTo(412);
            assertThat(api.writeAttributes(call, "{}", "\"1\"").statusCode()).isEqualTo(200);
            assertThat(call.task().version()).isEqualTo(2);
            assertThat(call.task().baseline()).endsWith(",\"other\":\"theirs\"\t}");
        }

        @Test
        void each_update_emits_an_event() throws Exception {
            api.writeAttributes(call, "{\"by\":\"us\"}");
            WorkspaceEvent last = call.events().get(call.events().size() - 1);
            assertThat(last.type()).isEqualTo("task.updated");
            assertThat(last.param("TaskAttributes")).isEqualTo("{\"by\":\"us\"}");
        }
    }

    @Nested
    class Conferences {

        private final SimulatedCall call = twilio.inboundCall().accepts(agent);

        @Test
        void a_conference_in_progress_lists_its_legs() throws Exception {
            JsonNode legs = api.read(api.participants(call)).get("participants");
            assertThat(legs).hasSize(2);
            assertThat(legs.get(1).get("call_sid").textValue())
                    .isEqualTo(call.customerCallSid().orElseThrow());
            assertThat(legs.findValuesAsText("status")).containsOnly("connected");
            assertThat(api.read(api.conference(call))
                            .get("reason_conference_ended")
                            .isNull())
                    .isTrue();
        }

        @Test
        void an_ended_conference_lists_no_leg() throws Exception {
            call.customerHangsUp();
            assertThat(api.read(api.participants(call)).get("participants")).isEmpty();
            assertThat(api.read(api.conference(call)).get("status").textValue()).isEqualTo("completed");
        }

        @Test
        void a_conference_is_found_by_its_name_which_is_the_task() throws Exception {
            twilio.inboundCall().accepts(twilio.browserAgent("Bob"));
            JsonNode found = api.read(api.account("/Conferences.json?FriendlyName=" + call.taskSid()));
            assertThat(found.get("conferences")).hasSize(1);
            assertThat(found.get("conferences").get(0).get("sid").textValue())
                    .isEqualTo(call.conferenceSid().orElseThrow());
        }

        @Test
        void a_conference_shows_the_previous_state_for_some_time() throws Exception {
            SimulatedCall lagging = twilio.inboundCall(
                            CallOptions.builder().apiLag(Duration.ofMillis(400)).build())
                    .accepts(agent)
                    .customerHangsUp();
            clock.step(Duration.ofMillis(399));
            assertThat(api.read(api.conference(lagging)).get("status").textValue())
                    .isEqualTo("in-progress");
            assertThat(api.read(api.participants(lagging)).get("participants")).hasSize(2);
            clock.step(Duration.ofMillis(1));
            assertThat(api.read(api.conference(lagging)).get("status").textValue())
                    .isEqualTo("completed");
        }

        @Test
        void a_conference_shows_the_previous_state_for_some_reads() throws Exception {
            SimulatedCall lagging = twilio.inboundCall(
                            CallOptions.builder().apiLagReads(2).build())
                    .accepts(agent)
                    .customerHangsUp();
            List<String> seen = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                seen.add(api.read(api.conference(lagging)).get("status").textValue());
            }
            assertThat(seen).containsExactly("in-progress", "in-progress", "completed");
        }

        @Test
        void a_conference_can_hide_what_ended_it() throws Exception {
            SimulatedCall silent = twilio.inboundCall(
                            CallOptions.builder().evidenceHidden().build())
                    .accepts(agent)
                    .customerHangsUp();
            JsonNode conference = api.read(api.conference(silent));
            assertThat(conference.get("status").textValue()).isEqualTo("completed");
            assertThat(conference.get("reason_conference_ended").isNull()).isTrue();
            assertThat(conference.get("call_sid_ending_conference").isNull()).isTrue();
            assertThat(silent.expectedOutcomes().get(silent.reservationSid(agent)))
                    .isEqualTo(new ExpectedOutcome(ExpectedOutcome.Cause.CUSTOMER_HUNG_UP, Optional.empty()));
        }
    }

    @Nested
    class Events {

        private final SimulatedCall call =
                twilio.inboundCall().accepts(agent).customerHangsUp().completes(agent);

        private List<String> types(String filters) throws Exception {
            List<String> types = new ArrayList<>();
            api.read(api.workspace("/Events?" + filters))
                    .get("events")
                    .forEach(event -> types.add(event.get("event_type").textValue()));
            return types;
        }

        @Test
        void events_are_listed_newest_first() throws Exception {
            assertThat(types("TaskSid=" + call.taskSid()))
                    .containsExactly(
                            "task.completed",
                            "reservation.completed",
                            "task.wrapup",
                            "reservation.wrapup",
                            "task.updated",
                            "reservation.accepted",
                            "reservation.created",
                            "workflow.entered",
                            "task.created");
        }

        @Test
        void events_are_filtered_by_type_task_and_reservation() throws Exception {
            twilio.inboundCall().accepts(agent);
            assertThat(types("EventType=reservation.accepted")).hasSize(2);
            assertThat(types("EventType=reservation.accepted&TaskSid=" + call.taskSid()))
                    .hasSize(1);
            assertThat(types("ReservationSid=" + call.reservationSid(agent)))
                    .containsExactly(
                            "reservation.completed",
                            "reservation.wrapup",
                            "reservation.accepted",
                            "reservation.created");
        }

        @Test
        void events_are_listed_for_the_requested_minutes() throws Exception {
            clock.step(Duration.ofMinutes(20));
            assertThat(types("")).isEmpty();
            assertThat(types("Minutes=30")).hasSize(9);
        }

        @Test
        void events_are_listed_in_pages() throws Exception {
            JsonNode first = api.read(api.workspace("/Events?PageSize=4"));
            assertThat(first.get("events")).hasSize(4);
            String next = first.get("meta").get("next_page_url").textValue();
            assertThat(next).startsWith("https://taskrouter.twilio.com/v1/");
            JsonNode last = api.read(api.workspace("/Events?PageSize=4&Page=2"));
            assertThat(last.get("events")).hasSize(1);
            assertThat(last.get("meta").get("next_page_url").isNull()).isTrue();
        }

        @Test
        void the_data_of_an_event_is_in_snake_case() throws Exception {
            JsonNode data = api.read(api.workspace("/Events?EventType=reservation.wrapup"))
                    .get("events")
                    .get(0)
                    .get("event_data");
            assertThat(data.get("reservation_sid").textValue()).isEqualTo(call.reservationSid(agent));
            assertThat(data.get("worker_attributes").textValue()).contains("\"contact_uri\":\"client:ann_example\"");
        }
    }

    @Test
    void the_port_can_be_chosen() {
        int port = twilio.baseUrl().getPort();
        twilio.close();
        try (TwilioSimulator again = TwilioSimulator.builder().port(port).start()) {
            assertThat(again.baseUrl().getPort()).isEqualTo(port);
        }
    }

    @Test
    void calls_are_counted_by_operation_and_task() throws Exception {
        SimulatedCall call = twilio.inboundCall().accepts(agent);
        SimulatedCall other = twilio.inboundCall().accepts(agent);
        api.get(api.conference(call));
        api.get(api.participants(call));
        api.get(api.customerCall(call));
        api.get(api.task(call));
        api.writeAttributes(call, "{}");
        api.get(api.workspace("/Events?TaskSid=" + call.taskSid()));
        api.get(api.task(other));
        assertThat(twilio.counters().total()).isEqualTo(7);
        assertThat(twilio.counters().totalOfTask(call.taskSid())).isEqualTo(6);
        assertThat(twilio.counters().ofTask(call.taskSid()))
                .containsEntry(ApiOperation.TASK_READ, 1)
                .containsEntry(ApiOperation.TASK_WRITE, 1)
                .containsEntry(ApiOperation.EVENTS, 1);
        assertThat(twilio.counters().of(ApiOperation.TASK_READ)).isEqualTo(2);
    }
}
