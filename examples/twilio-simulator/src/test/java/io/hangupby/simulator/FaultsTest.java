package io.hangupby.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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
