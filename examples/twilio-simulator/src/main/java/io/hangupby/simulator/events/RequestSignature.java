package io.hangupby.simulator.events;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.SortedMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Computes {@code X-Twilio-Signature}, and the hash that it covers if the body is JSON. */
public final class RequestSignature {

    private static final String ALGORITHM = "HmacSHA1";

    private RequestSignature() {}

    /** Returns the URL with the hash of the body that is sent to it. */
    public static String withBodyHash(String url, String body) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
            return url + (url.contains("?") ? "&" : "?") + "bodySHA256="
                    + HexFormat.of().formatHex(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Returns the signature of a request with these form parameters. */
    public static String of(String authToken, String url, SortedMap<String, String> params) {
        StringBuilder signed = new StringBuilder(url);
        params.forEach((name, value) -> signed.append(name).append(value));
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(authToken.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal(signed.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
