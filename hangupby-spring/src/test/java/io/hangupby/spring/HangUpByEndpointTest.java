package io.hangupby.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.HangUpBy;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.account.Agent;
import io.hangupby.simulator.rest.ApiOperation;
import io.hangupby.simulator.rest.Fault;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The actuator endpoint, by HTTP. */
class HangUpByEndpointTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String EXPOSED = "management.endpoints.web.exposure.include=hangupby";

    @Test
    void is_not_on_the_web_unless_it_is_exposed() throws Exception {
        try (RunningApplication application = start()) {
            assertThat(application.get("/actuator/hangupby").statusCode()).isEqualTo(404);
            assertThat(application.context().getBean(HangUpBy.class).status().due())
                    .isZero();
        }
    }

    @Test
    void shows_the_status_and_explains_a_task_without_numbers() throws Exception {
        try (RunningApplication application = start(EXPOSED)) {
            Agent ada = application.twilio().browserAgent("Ada");
            SimulatedCall call = application.twilio().inboundCall().accepts(ada).customerHangsUp();
            call.task().awaitHangUpBy("customer", SOON);
            String workspace = application.twilio().workspaceSid();
            String task = call.taskSid();

            String explained = body(application, "/actuator/hangupby/explain/" + workspace + "/" + task);
            String status = body(application, "/actuator/hangupby");

            assertThat(status)
                    .contains(
                            "\"status\":\"UP\"", "\"journal\":\"UP\"", "\"parked\":0", "\"values\":{", "\"facts\":[\"");
            assertThat(body(application, "/actuator/hangupby/audit")).startsWith("{\"lines\":[\"");
            assertThat(explained)
                    .contains("\"task\":\"" + task + "\"", "\"endedBy\":\"CUSTOMER\"", "\"rule\":\"customer-left\"")
                    .contains("\"decisive\":[{", "\"rules\":[\"");
            assertThat(status + explained)
                    .doesNotContain(application.twilio().authToken(), "conversations\":")
                    .doesNotContainPattern("\\+\\d{7,15}");
        }
    }

    @Test
    void rejects_what_is_no_sid_and_what_is_no_part() throws Exception {
        try (RunningApplication application = start(EXPOSED)) {
            assertThat(application.get("/actuator/hangupby/explain/nonsense").statusCode())
                    .isEqualTo(400);
            assertThat(application.get("/actuator/hangupby/nonsense").statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void lists_parked_tasks_and_retries_one() throws Exception {
        try (RunningApplication application = start(EXPOSED)) {
            application.twilio().faults().rate(1, ApiOperation.TASK_WRITE, Fault.badRequest());
            Agent ada = application.twilio().browserAgent("Ada");
            SimulatedCall call = application.twilio().inboundCall().accepts(ada).customerHangsUp();
            String parked = awaitParked(application, call.taskSid());
            application.twilio().faults().clear();
            String path = "/actuator/hangupby/parked/" + application.twilio().workspaceSid() + "/" + call.taskSid();

            HttpResponse<String> retried = post(application, path);

            assertThat(parked).contains("\"reason\":");
            assertThat(retried.statusCode()).isEqualTo(200);
            assertThat(retried.body()).isEqualTo("{\"wasParked\":true}");
            call.task().awaitHangUpBy("customer", SOON);
        }
    }

    @Test
    void checks_the_setup() throws Exception {
        try (RunningApplication application = start(EXPOSED, "hangupby.public-url=http://127.0.0.1:1/hangupby")) {
            String report = body(application, "/actuator/hangupby/check");

            assertThat(report)
                    .startsWith("{\"status\":\"WRONG\",\"lines\":[{\"check\":\"journal\",\"status\":\"OK\"")
                    .contains("\"check\":\"public-url\",\"account\":\"AC", "accepts no connection")
                    .doesNotContain(application.twilio().authToken());
        }
    }

    @Test
    void the_filters_address_counts_as_the_callback_and_is_tried() throws Exception {
        try (RunningApplication application = start(
                EXPOSED,
                "hangupby.public-url=",
                "hangupby.filter.enabled=true",
                "hangupby.filter.url-patterns=/own/*",
                "hangupby.filter.public-url=http://127.0.0.1:1/own/callback")) {
            application.twilio().setup().eventCallbackUrl("http://127.0.0.1:1/own/callback#rc=3&rp=ct,rt,5xx");

            assertThat(body(application, "/actuator/hangupby/check"))
                    .contains("\"check\":\"callback-url\",\"account\":\""
                            + application.twilio().accountSid() + "\",\"status\":\"OK\"")
                    .contains("http://127.0.0.1:1/own/callback accepts no connection");
        }
    }

    private static String awaitParked(RunningApplication application, String task) throws Exception {
        long deadline = System.nanoTime() + SOON.toNanos();
        application.twilio().delivery().awaitQuiet(SOON);
        String parked = "";
        boolean quiet = false;
        while (!(quiet && parked.contains(task)) && System.nanoTime() < deadline) {
            parked = body(application, "/actuator/hangupby/parked");
            quiet = body(application, "/actuator/hangupby").contains("\"due\":0,");
        }
        assertThat(parked).contains(task);
        return parked;
    }

    private static String body(RunningApplication application, String path) throws Exception {
        HttpResponse<String> response = application.get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    private static HttpResponse<String> post(RunningApplication application, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + application.port() + path))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static RunningApplication start(String... properties) {
        return new RunningApplication(WebApplicationType.SERVLET, Application.class, properties);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(OpenToAll.class)
    static class Application {}
}
