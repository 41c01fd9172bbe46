package io.hangupby.example.ownhandler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The backend's own tests of its handlers. They know nothing of hangupby, and run without it here. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CallbacksTest {
    static final String ACCOUNT = "AC" + "1".repeat(32);
    static final String TOKEN = "the-auth-token";

    private static final Map<String, String> CALLBACK = new TreeMap<>(Map.of(
            "AccountSid",
            ACCOUNT,
            "WorkspaceSid",
            "WS" + "2".repeat(32),
            "TaskSid",
            "WT" + "3".repeat(32),
            "EventType",
            "task.created",
            "TimestampMs",
            "1767225600123",
            "TaskAttributes",
            "{\"note\":\"café & + 100%\"}"));

    private final HttpClient http = HttpClient.newHttpClient();
    private ConfigurableApplicationContext backend;

    /** What the backend is started with. */
    List<String> settings() {
        return List.of("--hangupby.enabled=false");
    }

    @BeforeAll
    void start() {
        List<String> all = new ArrayList<>(settings());
        all.addAll(List.of("--server.port=0", "--server.address=127.0.0.1"));
        backend = SpringApplication.run(OldBackend.class, all.toArray(String[]::new));
    }

    @AfterAll
    void stop() {
        backend.close();
    }

    ConfigurableApplicationContext backend() {
        return backend;
    }

    @ParameterizedTest
    @ValueSource(strings = {"parameters", "form", "later"})
    void understands_a_callback(String handler) throws Exception {
        HttpResponse<String> answer = post(handler, body());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain;charset=UTF-8");
        assertThat(answer.body()).isEqualTo("task.created {\"note\":\"café & + 100%\"}");
    }

    @Test
    void reads_a_callback_by_hand() throws Exception {
        HttpResponse<String> answer = post("servlet", body());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(body());
    }

    @Test
    void takes_a_callback_for_text() throws Exception {
        HttpResponse<String> answer = post("text", body());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("EventType=task.created").contains("caf%C3%A9");
    }

    @Test
    void takes_a_callback_without_reading_it() throws Exception {
        assertThat(post("nothing", body()).statusCode()).isEqualTo(204);
    }

    @Test
    void refuses_a_callback_that_lacks_something() throws Exception {
        assertThat(post("parameters", "EventType=task.created").statusCode()).isEqualTo(400);
    }

    private HttpResponse<String> post(String handler, String body) throws Exception {
        String port = backend.getEnvironment().getRequiredProperty("local.server.port");
        URI address = URI.create("http://127.0.0.1:" + port + "/callbacks/" + handler);
        return http.send(
                HttpRequest.newBuilder(address)
                        .header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
                        .header("X-Twilio-Signature", signature(address))
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static String body() {
        return CALLBACK.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + URLEncoder.encode(parameter.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static String signature(URI address) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(TOKEN.getBytes(UTF_8), mac.getAlgorithm()));
        String parameters = CALLBACK.entrySet().stream()
                .map(parameter -> parameter.getKey() + parameter.getValue())
                .collect(Collectors.joining());
        return Base64.getEncoder().encodeToString(mac.doFinal((address + parameters).getBytes(UTF_8)));
    }
}
