package io.hangupby.simulator.events;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends requests to webhooks over HTTP, retries them, and counts the responses. Thread-safe. */
final class WebhookSender {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookSender.class);
    private static final int MAX_TEXT = 200;

    private final AttemptLog log;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final CountDownLatch stopped = new CountDownLatch(1);

    // All of the following are guarded by this.
    private final SortedMap<Integer, Integer> responses = new TreeMap<>();
    private int withoutResponse;
    private int attempts;

    /** @param log remembers each attempt */
    WebhookSender(AttemptLog log) {
        this.log = log;
    }

    /** Sends a request and retries it as the overrides say. */
    void send(WebhookDelivery delivery, ConnectionOverrides overrides) {
        int made = 0;
        AttemptResult result;
        do {
            result = attempt(delivery, overrides);
            made++;
        } while (result.failed() && overrides.allowRetry(made, result) && waited(overrides.pauseAfter(made)));
        LOG.debug("Delivered to {}: {} after {} attempts", delivery.kind(), result, made);
    }

    /** Returns whether the sender was not stopped during the pause. */
    private boolean waited(Duration pause) {
        try {
            return !stopped.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Sends a request once. */
    AttemptResult attempt(WebhookDelivery delivery, ConnectionOverrides overrides) {
        DeliveryAttempt attempt = delivery.target()
                .receiver()
                .map(receiver -> pass(delivery, receiver))
                .orElseGet(() -> exchange(delivery, delivery.request(overrides)));
        count(attempt.result());
        log.add(delivery.taskSid(), attempt);
        return attempt.result();
    }

    private static DeliveryAttempt pass(WebhookDelivery delivery, Consumer<byte[]> receiver) {
        try {
            receiver.accept(delivery.body().getBytes(StandardCharsets.UTF_8));
            return new DeliveryAttempt(
                    delivery.event(), delivery.target(), AttemptResult.TAKEN, "", Optional.empty(), "");
        } catch (RuntimeException e) {
            return new DeliveryAttempt(
                    delivery.event(),
                    delivery.target(),
                    AttemptResult.RECEIVER_FAILED,
                    "",
                    Optional.empty(),
                    e.toString());
        }
    }

    private DeliveryAttempt exchange(WebhookDelivery delivery, HttpRequest request) {
        try {
            HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            return new DeliveryAttempt(
                    delivery.event(),
                    delivery.target(),
                    new AttemptResult(response.statusCode()),
                    response.headers().firstValue("Content-Type").orElse(""),
                    response.headers().firstValue("Location"),
                    readBody(response));
        } catch (ConnectException e) {
            return without(AttemptResult.NO_CONNECTION, delivery);
        } catch (HttpTimeoutException e) {
            return without(AttemptResult.NO_RESPONSE, delivery);
        } catch (IOException e) {
            LOG.debug("No response from the webhook", e);
            return without(AttemptResult.NO_RESPONSE, delivery);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return without(AttemptResult.NO_RESPONSE, delivery);
        }
    }

    private static DeliveryAttempt without(AttemptResult response, WebhookDelivery delivery) {
        return new DeliveryAttempt(delivery.event(), delivery.target(), response, "", Optional.empty(), "");
    }

    /** Reads the whole body, because otherwise the connection cannot be used again, and returns its beginning. */
    private static String readBody(HttpResponse<InputStream> response) throws IOException {
        try (InputStream body = response.body()) {
            String beginning = new String(body.readNBytes(MAX_TEXT), StandardCharsets.UTF_8);
            long unused = body.transferTo(OutputStream.nullOutputStream());
            return beginning;
        }
    }

    private synchronized void count(AttemptResult result) {
        attempts++;
        if (result.hasResponse()) {
            responses.merge(result.status(), 1, Integer::sum);
        } else {
            withoutResponse++;
        }
    }

    synchronized Map<Integer, Integer> responses() {
        return Map.copyOf(responses);
    }

    synchronized int withoutResponse() {
        return withoutResponse;
    }

    synchronized int attempts() {
        return attempts;
    }

    /** Makes no more retries. */
    void stop() {
        stopped.countDown();
    }
}
