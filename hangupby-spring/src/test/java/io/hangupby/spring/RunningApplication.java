package io.hangupby.spring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.TwilioSimulator;
import io.hangupby.simulator.account.Agent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A simulated Twilio, and a Spring Boot application on a port of its own that Twilio reaches under a public address. */
final class RunningApplication implements AutoCloseable {
    static final String PUBLIC_URL = "https://hooks.example.com/hangupby";
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final TwilioSimulator twilio = TwilioSimulator.builder().start();
    private final ConfigurableApplicationContext context;

    RunningApplication(WebApplicationType type, Class<?> configuration, String... properties) {
        List<String> all = new ArrayList<>(List.of(
                "server.port=0",
                "server.address=127.0.0.1",
                "spring.main.banner-mode=off",
                "hangupby.public-url=" + PUBLIC_URL,
                "hangupby.account-sid=" + twilio.accountSid(),
                "hangupby.auth-token=" + twilio.authToken(),
                "hangupby.twilio.base-url=" + twilio.baseUrl()));
        all.addAll(List.of(properties));
        context = new SpringApplicationBuilder(configuration)
                .web(type)
                .properties(all.toArray(String[]::new))
                .run();
        twilio.callback(URI.create(address() + "/taskrouter"), PUBLIC_URL + "/taskrouter");
    }

    TwilioSimulator twilio() {
        return twilio;
    }

    ConfigurableApplicationContext context() {
        return context;
    }

    int port() {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    /** Returns the mount point of hangupby. */
    String address() {
        return "http://127.0.0.1:" + port() + "/hangupby";
    }

    /** Plays a call that the customer ends until the application has written its value, and received all events. */
    void assertGivesValue() {
        Agent agent = twilio.browserAgent("Alice");
        SimulatedCall call =
                twilio.inboundCall().waitsInQueue().rings(agent).accepts(agent).customerHangsUp();
        call.task().awaitHangUpBy("customer", SOON);
        twilio.delivery().awaitQuiet(SOON);
        assertThat(twilio.delivery().responses().keySet()).containsExactly(204);
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                        .timeout(Duration.ofSeconds(20))
                        .build(),
                BodyHandlers.ofString());
    }

    HttpResponse<String> post(String endpoint, String type, String signature, String body)
            throws IOException, InterruptedException {
        return post(endpoint, type, signature, BodyPublishers.ofString(body));
    }

    HttpResponse<String> post(String endpoint, String type, String signature, HttpRequest.BodyPublisher body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address() + endpoint))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", type)
                .POST(body);
        if (!signature.isEmpty()) {
            request.header("X-Twilio-Signature", signature);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    /** Returns Twilio's signature of a text: the address, and the sorted parameters of a form. */
    String signature(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(twilio.authToken().getBytes(UTF_8), mac.getAlgorithm()));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        context.close();
        twilio.close();
    }
}
