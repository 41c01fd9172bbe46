package io.hangupby.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A form that is put together again from the parameters that a container parsed. Immutable. */
final class RebuiltForm {
    private final byte[] body;
    private final Optional<byte[]> other;

    private RebuiltForm(byte[] body, Optional<byte[]> other) {
        this.body = body;
        this.other = other;
    }

    /**
     * Rebuilds a form.
     *
     * @param request the request whose parameters are parsed
     * @param query the query, whose parameters are left out: their values come first in the container's parameters
     */
    static RebuiltForm of(HttpServletRequest request, Optional<String> query) {
        List<String[]> pairs = pairs(request.getParameterMap(), query);
        byte[] asParsed = encoded(pairs);
        return repaired(pairs, charset(request))
                .filter(repaired -> !Arrays.equals(repaired, asParsed))
                .map(repaired -> new RebuiltForm(repaired, Optional.of(asParsed)))
                .orElseGet(() -> new RebuiltForm(asParsed, Optional.empty()));
    }

    /** Returns whether there were no parameters. */
    boolean isEmpty() {
        return body.length == 0;
    }

    int length() {
        return body.length;
    }

    /** Returns the form, encoded. */
    InputStream stream() {
        return new ByteArrayInputStream(body);
    }

    /** Returns the form in the other charset in which Twilio may have sent it. */
    Optional<byte[]> other() {
        return other;
    }

    private static List<String[]> pairs(Map<String, String[]> parameters, Optional<String> query) {
        Map<String, Integer> ofQuery = names(query.orElse(""));
        List<String[]> pairs = new ArrayList<>();
        parameters.forEach((name, values) -> Arrays.stream(values)
                .skip(ofQuery.getOrDefault(name, 0))
                .forEach(value -> pairs.add(new String[] {name, value})));
        return pairs;
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

    private static byte[] encoded(List<String[]> pairs) {
        StringBuilder form = new StringBuilder();
        for (String[] pair : pairs) {
            form.append(form.isEmpty() ? "" : "&")
                    .append(URLEncoder.encode(pair[0], UTF_8))
                    .append('=')
                    .append(URLEncoder.encode(pair[1], UTF_8));
        }
        return form.toString().getBytes(US_ASCII);
    }

    /** Returns the charset in which a container may have misread a form in UTF-8: a form without a charset is in ISO 8859-1. */
    private static Charset charset(HttpServletRequest request) {
        try {
            return Optional.ofNullable(request.getCharacterEncoding())
                    .map(Charset::forName)
                    .filter(charset -> !charset.equals(UTF_8) && charset.canEncode())
                    .orElse(ISO_8859_1);
        } catch (IllegalArgumentException unknown) {
            return ISO_8859_1;
        }
    }

    /** Returns the form as Twilio sent it if the container misread all of it. A form has one charset. */
    private static Optional<byte[]> repaired(List<String[]> pairs, Charset misread) {
        try {
            List<String[]> repaired = new ArrayList<>(pairs.size());
            for (String[] pair : pairs) {
                repaired.add(new String[] {repaired(pair[0], misread), repaired(pair[1], misread)});
            }
            return Optional.of(encoded(repaired));
        } catch (CharacterCodingException readCorrectly) {
            return Optional.empty();
        }
    }

    private static String repaired(String text, Charset misread) throws CharacterCodingException {
        ByteBuffer bytes = misread.newEncoder().encode(CharBuffer.wrap(text));
        return UTF_8.newDecoder().decode(bytes).toString();
    }
}
