package io.hangupby.simulator.events;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One signed request to a webhook, ready to be sent and retried. Immutable. */
record WebhookDelivery(
        WebhookTarget target,
        String taskSid,
        String event,
        URI uri,
        String contentType,
        String body,
        Optional<String> signature,
        Optional<String> token) {

    /** Returns a callback: a form whose parameters are signed. */
    static WebhookDelivery form(
            WebhookTarget to, SortedMap<String, String> params, Optional<String> authToken, String token) {
        return new WebhookDelivery(
                to,
                params.getOrDefault("TaskSid", ""),
                params.getOrDefault("EventType", params.getOrDefault("StatusCallbackEvent", "")),
                to.uri(),
                "application/x-www-form-urlencoded; charset=UTF-8",
                params.entrySet().stream()
                        .map(param -> encode(param.getKey()) + "=" + encode(param.getValue()))
                        .collect(Collectors.joining("&")),
                authToken.map(key -> new TwilioSigner(key).signature(to.publicUrl(), params)),
                Optional.of(token));
    }

    /** Returns a request of Event Streams: a JSON array whose hash is signed. */
    static WebhookDelivery batch(WebhookTarget to, List<? extends CallbackEvent> events, String authToken) {
        String body = CloudEventBatch.of(events);
        String signed = TwilioSigner.withBodyHash(to.publicUrl(), body);
        return new WebhookDelivery(
                to,
                events.get(0).taskSid(),
                events.stream().map(CallbackEvent::type).distinct().collect(Collectors.joining(", ")),
                URI.create(TwilioSigner.withBodyHash(to.uri().toString(), body)),
                "application/json",
                body,
                Optional.of(new TwilioSigner(authToken).signature(signed, new TreeMap<>())),
                Optional.empty());
    }

    WebhookKind kind() {
        return target.kind();
    }

    HttpRequest request(ConnectionOverrides overrides) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(overrides.readTimeout())
                .header("Content-Type", contentType)
                .header("Accept", "*/*")
                .header("User-Agent", "TwilioProxy/1.1")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        token.ifPresent(value -> request.header("I-Twilio-Idempotency-Token", value));
        signature.ifPresent(value -> request.header("X-Twilio-Signature", value));
        return request.build();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
