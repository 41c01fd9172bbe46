package io.hangupby.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Rebuilds a form from the parameters that a container parsed from a query and the form. */
final class RebuiltForm {

    private RebuiltForm() {}

    /** Returns the form without the query's parameters, whose values come first in the container's parameters. */
    static byte[] of(Map<String, String[]> parameters, Optional<String> query) {
        Map<String, Integer> ofQuery = names(query.orElse(""));
        StringBuilder form = new StringBuilder();
        parameters.forEach((name, values) -> Arrays.stream(values)
                .skip(ofQuery.getOrDefault(name, 0))
                .forEach(value -> form.append(form.isEmpty() ? "" : "&")
                        .append(encoded(name))
                        .append('=')
                        .append(encoded(value))));
        return form.toString().getBytes(US_ASCII);
    }

    private static Map<String, Integer> names(String query) {
        Map<String, Integer> names = new HashMap<>();
        Arrays.stream(query.split("&"))
                .filter(parameter -> !parameter.isEmpty())
                .map(parameter -> decoded(parameter.split("=", 2)[0]))
                .forEach(name -> names.merge(name, 1, Integer::sum));
        return names;
    }

    private static String decoded(String name) {
        try {
            return URLDecoder.decode(name, UTF_8);
        } catch (IllegalArgumentException malformed) {
            return name;
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(asSent(text), UTF_8);
    }

    /** Repairs a text of Twilio's in UTF-8 whose bytes the container decoded as single characters. */
    private static String asSent(String text) {
        if (text.chars().allMatch(character -> character < 0x80)) {
            return text;
        }
        try {
            ByteBuffer bytes = ISO_8859_1.newEncoder().encode(CharBuffer.wrap(text));
            return UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException decodedCorrectly) {
            return text;
        }
    }
}
