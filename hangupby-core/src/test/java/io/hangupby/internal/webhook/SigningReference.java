package io.hangupby.internal.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs by Twilio's documentation, with strings and sorted collections. Shares no code with the library. */
final class SigningReference {

    private SigningReference() {}

    static String sign(String token, String url, List<List<String>> parameters) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(token.getBytes(UTF_8), "HmacSHA1"));
            byte[] signature = mac.doFinal((url + signed(parameters)).getBytes(UTF_8));
            return Base64.getEncoder().encodeToString(signature);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static String signed(List<List<String>> parameters) {
        SortedMap<String, SortedSet<String>> sorted = new TreeMap<>(SigningReference::byCodePoint);
        for (List<String> parameter : parameters) {
            sorted.computeIfAbsent(parameter.get(0), name -> new TreeSet<>(SigningReference::byCodePoint))
                    .add(parameter.get(1));
        }
        StringBuilder text = new StringBuilder();
        sorted.forEach(
                (name, values) -> values.forEach(value -> text.append(name).append(value)));
        return text.toString();
    }

    /** Compares by code points, which sort like their UTF-8 bytes, unlike Java's characters. */
    private static int byCodePoint(String a, String b) {
        int[] left = a.codePoints().toArray();
        int[] right = b.codePoints().toArray();
        for (int i = 0; i < Math.min(left.length, right.length); i++) {
            if (left[i] != right[i]) {
                return Integer.compare(left[i], right[i]);
            }
        }
        return Integer.compare(left.length, right.length);
    }
}
