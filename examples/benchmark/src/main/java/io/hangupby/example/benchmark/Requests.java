package io.hangupby.example.benchmark;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.IntSummaryStatistics;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes requests of parameters, signed as Twilio does. Used by one thread. */
final class Requests {
    private static final String HEAD = """
            POST %s HTTP/1.1
            Host: hooks.example.com
            Content-Type: application/x-www-form-urlencoded; charset=UTF-8
            Accept: */*
            User-Agent: TwilioProxy/1.1
            I-Twilio-Idempotency-Token: 00000000-0000-4000-8000-000000000000
            X-Twilio-Signature: %s
            Content-Length: %d

            """.replace("\n", "\r\n");
    private static final String SIGNED_URL = Invented.PUBLIC_URL + "/taskrouter";

    private final String path;
    private final Mac mac;
    private final IntSummaryStatistics bodySizes = new IntSummaryStatistics();

    Requests(String path) {
        this.path = path;
        try {
            this.mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(Invented.AUTH_TOKEN.getBytes(StandardCharsets.UTF_8), mac.getAlgorithm()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has HmacSHA1", e);
        }
    }

    byte[] of(Map<String, String> parameters) {
        String body = parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue()))
                .collect(Collectors.joining("&"));
        bodySizes.accept(body.length());
        return (HEAD.formatted(path, signature(parameters), body.length()) + body)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    IntSummaryStatistics bodySizes() {
        return bodySizes;
    }

    private String signature(Map<String, String> parameters) {
        StringBuilder signed = new StringBuilder(SIGNED_URL);
        new TreeMap<>(parameters).forEach((name, value) -> signed.append(name).append(value));
        return Base64.getEncoder().encodeToString(mac.doFinal(signed.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
