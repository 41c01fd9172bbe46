package io.hangupby.simulator;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One message to a backend, ready to be sent and sent again. Immutable. */
record Post(Hook hook, URI uri, String contentType, String body, Optional<String> signature, Optional<String> token) {

    /** A callback: a form whose parameters are signed. */
    static Post form(Target to, SortedMap<String, String> params, Optional<String> authToken, String token) {
        return new Post(
                to.hook(),
                to.uri(),
                "application/x-www-form-urlencoded; charset=UTF-8",
                params.entrySet().stream()
                        .map(param -> encode(param.getKey()) + "=" + encode(param.getValue()))
                        .collect(Collectors.joining("&")),
                authToken.map(key -> Signature.of(key, to.publicUrl(), params)),
                Optional.of(token));
    }

    /** What Event Streams sends at once: JSON whose hash is signed. */
    static Post batch(Target to, List<WorkspaceEvent> events, String authToken) {
        String body = CloudEvents.batch(events);
        String signed = Signature.withBodyHash(to.publicUrl(), body);
        return new Post(
                to.hook(),
                URI.create(Signature.withBodyHash(to.uri().toString(), body)),
                "application/json",
                body,
                Optional.of(Signature.of(authToken, signed, new TreeMap<>())),
                Optional.empty());
    }

    HttpRequest request(Retries rules) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(rules.readTimeout())
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

    /** Where messages of one kind are posted to, and the URL that their signatures are computed over. */
    record Target(Hook hook, URI uri, String publicUrl) {}
}
