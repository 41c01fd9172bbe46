package io.hangupby.simulator.events;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests as Twilio does, so that a test can send them to a handler that checks signatures. Immutable and thread-safe.
 *
 * <pre>{@code
 * TwilioSigner signer = new TwilioSigner(authToken);
 * HttpRequest callback = signer.form(
 *         URI.create("http://127.0.0.1:8080/callbacks"), "https://backend.example.com/callbacks", Map.of("EventType", "task.created"));
 * int status = HttpClient.newHttpClient().send(callback, BodyHandlers.discarding()).statusCode();
 * }</pre>
 */
public final class TwilioSigner {

    private static final String HEADER = "X-Twilio-Signature";
    private static final String ALGORITHM = "HmacSHA1";

    private final SecretKeySpec key;

    /** Creates a signer with an account's auth token. */
    public TwilioSigner(String authToken) {
        this.key = new SecretKeySpec(authToken.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    /** Returns the {@code X-Twilio-Signature} of a form with these parameters, for the URL as Twilio knows it. */
    public String signature(String publicUrl, Map<String, String> form) {
        StringBuilder signed = new StringBuilder(publicUrl);
        new TreeMap<>(form).forEach((name, value) -> signed.append(name).append(value));
        return signature(signed.toString());
    }

    /** Returns the {@code X-Twilio-Signature} of a request without a form, whose URL has {@link #withBodyHash} if it has a body. */
    public String signature(String publicUrl) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Base64.getEncoder().encodeToString(mac.doFinal(publicUrl.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /** Returns the URL with the parameter {@code bodySHA256}, by which a signature covers a body of JSON. */
    public static String withBodyHash(String url, String body) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
            return url + (url.contains("?") ? "&" : "?") + "bodySHA256="
                    + HexFormat.of().formatHex(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * Returns a signed callback: a form, as TaskRouter and conferences send it.
     *
     * @param target where the request is sent
     * @param publicUrl the URL as Twilio knows it, which is signed
     */
    public HttpRequest form(URI target, String publicUrl, Map<String, String> params) {
        String body = params.entrySet().stream()
                .map(param -> encode(param.getKey()) + "=" + encode(param.getValue()))
                .collect(Collectors.joining("&"));
        return post(target, "application/x-www-form-urlencoded; charset=UTF-8", signature(publicUrl, params), body);
    }

    /**
     * Returns a signed batch of CloudEvents, as Event Streams sends it.
     *
     * @param target where the request is sent, without the hash of the body
     * @param publicUrl the URL as Twilio knows it, which is signed, without the hash of the body
     * @param json the body, an array of CloudEvents
     */
    public HttpRequest cloudEvents(URI target, String publicUrl, String json) {
        return post(
                URI.create(withBodyHash(target.toString(), json)),
                "application/json",
                signature(withBodyHash(publicUrl, json)),
                json);
    }

    private static HttpRequest post(URI target, String contentType, String signature, String body) {
        return HttpRequest.newBuilder(target)
                .header("Content-Type", contentType)
                .header(HEADER, signature)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Shows no token. */
    @Override
    public String toString() {
        return "TwilioSigner";
    }
}
