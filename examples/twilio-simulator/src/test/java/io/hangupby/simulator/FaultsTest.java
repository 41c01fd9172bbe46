package io.hangupby.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
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

class FaultsTest {

    private final TwilioSimulator twilio = TwilioSimulator.builder().start();
    private final ApiClient api = new ApiClient(twilio);
    private final SimulatedCall call = twilio.inboundCall();

    @AfterEach
    void stop() {
        twilio.close();
    }

    @Test
    void comeInTheOrderAskedForAndThenNoMore() throws Exception {
        twilio.faults().next(ApiKind.TASK_READ, Fault.unavailable(), Fault.serverError());
        assertThat(api.get(api.task(call)).statusCode()).isEqualTo(503);
        assertThat(api.get(api.task(call)).statusCode()).isEqualTo(500);
        assertThat(api.get(api.task(call)).statusCode()).isEqualTo(200);
        assertThat(twilio.faults().served()).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource
    void areAnsweredInTwiliosWords(Fault fault, int status, int code) throws Exception {
        twilio.faults().next(ApiKind.TASK_READ, fault);
        HttpResponse<String> answer = api.get(api.task(call));
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(api.json(answer).get("code").asInt()).isEqualTo(code);
        assertThat(api.get(api.task(call)).statusCode()).isEqualTo(200);
    }

    static Stream<Arguments> areAnsweredInTwiliosWords() {
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
    void canLetCallsThroughInBetween() throws Exception {
        twilio.faults().next(ApiKind.TASK_READ, Fault.none(), Fault.serverError());
        assertThat(api.get(api.task(call)).statusCode()).isEqualTo(200);
        assertThat(twilio.faults().served()).isZero();
        assertThat(api.get(api.task(call)).statusCode()).isEqualTo(500);
        assertThat(twilio.faults().served()).isEqualTo(1);
    }

    @Test
    void needNotSayWhenToComeBack() throws Exception {
        twilio.faults().next(ApiKind.TASK_READ, Fault.tooManyRequests());
        assertThat(api.get(api.task(call)).headers().firstValue("Retry-After")).isEmpty();
    }

    @Test
    void sayWhenToComeBack() throws Exception {
        twilio.faults().next(ApiKind.TASK_READ, Fault.tooManyRequests(Duration.ofSeconds(2)));
        HttpResponse<String> answer = api.get(api.task(call));
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).contains("2");
        assertThat(api.json(answer).get("code").asInt()).isEqualTo(20429);
    }

    @Test
    void hitOnlyTheTaskTheyAreMeantFor() throws Exception {
        SimulatedCall other = twilio.inboundCall();
        twilio.faults().nextOf(other.taskSid(), ApiKind.TASK_READ, Fault.serverError());
        assertThat(api.get(api.task(call)).statusCode()).isEqualTo(200);
        assertThat(api.get(api.task(other)).statusCode()).isEqualTo(500);
    }

    @Test
    void canBeResetsOfTheConnection() {
        twilio.faults().next(ApiKind.TASK_WRITE, Fault.reset());
        String before = call.task().attributes();
        assertThatThrownBy(() -> api.writeAttributes(call, "{}"))
                .isInstanceOf(IOException.class)
                .hasStackTraceContaining("reset");
        assertThat(call.task().attributes()).isEqualTo(before);
    }

    @Test
    void canComeAfterTheWriteTookEffect() throws Exception {
        twilio.faults().next(ApiKind.TASK_WRITE, Fault.appliedThenReset(), Fault.appliedThenServerError());
        assertThatThrownBy(() -> api.writeAttributes(call, "{\"n\":1}", "\"0\""))
                .isInstanceOf(IOException.class);
        assertThat(call.task().attributes()).isEqualTo("{\"n\":1}");
        assertThat(api.writeAttributes(call, "{\"n\":2}", "\"1\"").statusCode()).isEqualTo(500);
        assertThat(call.task().attributes()).isEqualTo("{\"n\":2}");
        assertThat(twilio.counters().taskWritesApplied()).isEqualTo(2);
    }

    @Test
    void canBeSlowness() throws Exception {
        twilio.faults().next(ApiKind.TASK_READ, Fault.slow(Duration.ofMillis(150)));
        long started = System.nanoTime();
        assertThat(api.get(api.task(call)).statusCode()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThanOrEqualTo(Duration.ofMillis(140));
    }

    @Test
    void canBeSilenceWithAndWithoutEffect() {
        Duration patience = Duration.ofMillis(200);
        twilio.faults().next(ApiKind.TASK_WRITE, Fault.noAnswer(), Fault.appliedThenNoAnswer());
        assertThatThrownBy(() -> api.patientFor(patience).writeAttributes(call, "{\"n\":1}", "\"0\""))
                .isInstanceOf(HttpTimeoutException.class);
        assertThat(call.task().version()).isZero();
        assertThatThrownBy(() -> api.patientFor(patience).writeAttributes(call, "{\"n\":1}", "\"0\""))
                .isInstanceOf(HttpTimeoutException.class);
        assertThat(call.task().attributes()).isEqualTo("{\"n\":1}");
    }

    @Test
    void canBeHtmlOfAProxy() throws Exception {
        twilio.faults().next(ApiKind.TASK_READ, Fault.unavailableHtml());
        HttpResponse<String> answer = api.get(api.task(call));
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    }

    @Test
    void canBeHtml() throws Exception {
        twilio.faults().next(ApiKind.TASK_READ, Fault.html());
        HttpResponse<String> answer = api.get(api.task(call));
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThatThrownBy(() -> api.json(answer)).isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void canBeHalfABody() {
        twilio.faults().next(ApiKind.TASK_READ, Fault.truncated());
        assertThatThrownBy(() -> api.get(api.task(call))).isInstanceOf(IOException.class);
    }

    @Test
    void comeAtARateThatTheSeedFixes() throws Exception {
        twilio.faults().rate(0.3, ApiKind.TASK_READ, Fault.unavailable());
        List<Integer> first = statuses(api, call);
        assertThat(first).contains(200, 503);
        try (TwilioSimulator again = TwilioSimulator.builder().start()) {
            again.faults().rate(0.3, ApiKind.TASK_READ, Fault.unavailable());
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
