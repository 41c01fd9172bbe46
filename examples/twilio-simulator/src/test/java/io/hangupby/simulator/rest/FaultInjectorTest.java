package io.hangupby.simulator.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.hangupby.simulator.ApiClient;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.TwilioSimulator;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FaultInjectorTest {

    private final TwilioSimulator twilio = TwilioSimulator.builder().start();
    private final ApiClient api = new ApiClient(twilio);
    private final SimulatedCall call = twilio.inboundCall();

    @AfterEach
    void stop() {
        twilio.close();
    }

    @Test
    void faults_occur_in_the_requested_order_and_then_no_more() throws Exception {
        twilio.faults().next(ApiOperation.TASK_READ, Fault.unavailable(), Fault.serverError());
        assertThat(api.get(api.task(call)).statusCode()).isEqualTo(503);
        assertThat(api.get(api.task(call)).statusCode()).isEqualTo(500);
        assertThat(api.get(api.task(call)).statusCode()).isEqualTo(200);
        assertThat(twilio.faults().injected()).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("errors")
    void a_fault_has_the_status_and_the_error_code_of_twilio(Fault fault, int status, int code) throws Exception {
        twilio.faults().next(ApiOperation.TASK_READ, fault);
        HttpResponse<String> response = api.get(api.task(call));
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(api.json(response).get("code").asInt()).isEqualTo(code);
        assertThat(api.get(api.task(call)).statusCode()).isEqualTo(200);
    }

    static Stream<Arguments> errors() {
        return Stream.of(
                Arguments.of(Fault.badRequest(), 400, 20001),
                Arguments.of(Fault.unauthorized(), 401, 20003),
                Arguments.of(Fault.forbidden(), 403, 20003),
                Arguments.of(Fault.notFound(), 404, 20404),
                Arguments.of(Fault.changedMeanwhile(), 412, 20412),
                Arguments.of(Fault.tooManyRequests(), 429, 20429),
                Arguments.of(Fault.serverError(), 500, 20500),
                Arguments.of(Fault.unavailable(), 503, 20503));
    }

    @Test
    void no_fault_lets_a_call_through_between_two_faults() throws Exception {
        twilio.faults().next(ApiOperation.TASK_READ, Fault.none(), Fault.serverError());
        assertThat(api.get(api.task(call)).statusCode()).isEqualTo(200);
        assertThat(twilio.faults().injected()).isZero();
        assertThat(api.get(api.task(call)).statusCode()).isEqualTo(500);
        assertThat(twilio.faults().injected()).isEqualTo(1);
    }

    @Test
    void a_429_response_can_lack_the_retry_after_header() throws Exception {
        twilio.faults().next(ApiOperation.TASK_READ, Fault.tooManyRequests());
        assertThat(api.get(api.task(call)).headers().firstValue("Retry-After")).isEmpty();
    }

    @Test
    void a_429_response_can_have_a_retry_after_header() throws Exception {
        twilio.faults().next(ApiOperation.TASK_READ, Fault.tooManyRequests(Duration.ofSeconds(2)));
        HttpResponse<String> response = api.get(api.task(call));
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValue("Retry-After")).contains("2");
        assertThat(api.json(response).get("code").asInt()).isEqualTo(20429);
    }

    @Test
    void a_fault_of_one_task_does_not_occur_for_another_task() throws Exception {
        SimulatedCall other = twilio.inboundCall();
        twilio.faults().nextOf(other.taskSid(), ApiOperation.TASK_READ, Fault.serverError());
        assertThat(api.get(api.task(call)).statusCode()).isEqualTo(200);
        assertThat(api.get(api.task(other)).statusCode()).isEqualTo(500);
    }

    @Test
    void a_fault_can_reset_the_connection() {
        twilio.faults().next(ApiOperation.TASK_WRITE, Fault.reset());
        String before = call.task().attributes();
        assertThatThrownBy(() -> api.writeAttributes(call, "{}"))
                .isInstanceOf(IOException.class)
                .hasStackTraceContaining("reset");
        assertThat(call.task().attributes()).isEqualTo(before);
    }

    @Test
    void a_fault_can_occur_after_the_write_took_effect() throws Exception {
        twilio.faults().next(ApiOperation.TASK_WRITE, Fault.appliedThenReset(), Fault.appliedThenServerError());
        assertThatThrownBy(() -> api.writeAttributes(call, "{\"n\":1}", "\"0\""))
                .isInstanceOf(IOException.class);
        assertThat(call.task().attributes()).isEqualTo("{\"n\":1}");
        assertThat(api.writeAttributes(call, "{\"n\":2}", "\"1\"").statusCode()).isEqualTo(500);
        assertThat(call.task().attributes()).isEqualTo("{\"n\":2}");
        assertThat(twilio.counters().taskWritesApplied()).isEqualTo(2);
    }

    @Test
    void a_fault_can_delay_the_response() throws Exception {
        twilio.faults().next(ApiOperation.TASK_READ, Fault.slow(Duration.ofMillis(150)));
        long started = System.nanoTime();
        assertThat(api.get(api.task(call)).statusCode()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThanOrEqualTo(Duration.ofMillis(140));
    }

    @Test
    void a_fault_can_send_no_response_with_and_without_an_effect() {
        Duration patience = Duration.ofMillis(200);
        twilio.faults().next(ApiOperation.TASK_WRITE, Fault.noResponse(), Fault.appliedThenNoResponse());
        assertThatThrownBy(() -> api.patientFor(patience).writeAttributes(call, "{\"n\":1}", "\"0\""))
                .isInstanceOf(HttpTimeoutException.class);
        assertThat(call.task().version()).isZero();
        assertThatThrownBy(() -> api.patientFor(patience).writeAttributes(call, "{\"n\":1}", "\"0\""))
                .isInstanceOf(HttpTimeoutException.class);
        assertThat(call.task().attributes()).isEqualTo("{\"n\":1}");
    }

    @Test
    void a_fault_can_be_a_503_response_with_html() throws Exception {
        twilio.faults().next(ApiOperation.TASK_READ, Fault.unavailableHtml());
        HttpResponse<String> response = api.get(api.task(call));
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    }

    @Test
    void a_fault_can_be_a_200_response_with_html() throws Exception {
        twilio.faults().next(ApiOperation.TASK_READ, Fault.html());
        HttpResponse<String> response = api.get(api.task(call));
        assertThat(response.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThatThrownBy(() -> api.json(response)).isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void a_fault_can_send_half_of_the_response() {
        twilio.faults().next(ApiOperation.TASK_READ, Fault.truncated());
        assertThatThrownBy(() -> api.get(api.task(call))).isInstanceOf(IOException.class);
    }

    @Test
    void the_seed_determines_the_faults_at_a_rate() throws Exception {
        twilio.faults().rate(0.3, ApiOperation.TASK_READ, Fault.unavailable());
        List<Integer> first = statuses(api, call);
        assertThat(first).contains(200, 503);
        try (TwilioSimulator again =
                TwilioSimulator.builder().seed(twilio.seed()).start()) {
            again.faults().rate(0.3, ApiOperation.TASK_READ, Fault.unavailable());
            assertThat(statuses(new ApiClient(again), again.inboundCall())).isEqualTo(first);
        }
    }

    private static List<Integer> statuses(ApiClient api, SimulatedCall call) throws Exception {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            statuses.add(api.get(api.task(call)).statusCode());
        }
        return statuses;
    }
}
