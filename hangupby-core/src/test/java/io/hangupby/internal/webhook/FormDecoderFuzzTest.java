package io.hangupby.internal.webhook;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Compares the decoder of forms with a slow decoder that works on strings. */
class FormDecoderFuzzTest {

    @FuzzTest(maxDuration = "20m")
    void a_form_is_read_like_by_another_decoder(byte[] body) {
        Optional<List<List<String>>> expected = decodedByTexts(body);
        Optional<FormBody> decoded = decoded(body.clone());

        assertThat(decoded.isPresent()).isEqualTo(expected.isPresent());
        if (decoded.isPresent()) {
            assertSame(decoded.get(), expected.get());
            assertSame(decoded(encoded(expected.get()).getBytes(UTF_8)).orElseThrow(), expected.get());
        }
    }

    private static void assertSame(FormBody form, List<List<String>> expected) {
        Map<String, String> first = new LinkedHashMap<>();
        expected.forEach(pair -> first.putIfAbsent(pair.get(0), pair.get(1)));

        assertThat(form.count()).isEqualTo(expected.size());
        assertThat(new String(form.signedParameters(), UTF_8)).isEqualTo(SigningReference.signed(expected));
        first.forEach((name, value) -> {
            boolean ascii = name.chars().allMatch(c -> c < 0x80);
            assertThat(form.value(name)).isEqualTo(ascii ? Optional.of(value) : Optional.empty());
            assertThat(form.is(name, value)).isEqualTo(ascii && value.chars().allMatch(c -> c < 0x80));
        });
    }

    private static Optional<FormBody> decoded(byte[] body) {
        try {
            return Optional.of(FormBody.decode(body, body.length));
        } catch (UndecodableBodyException undecodable) {
            assertThat(undecodable.reason()).matches("[a-zA-Z0-9 -]+");
            return Optional.empty();
        }
    }

    /** Returns pairs of a name and a value, or empty if the body is no form or exceeds the limits. */
    private static Optional<List<List<String>>> decodedByTexts(byte[] body) {
        List<List<String>> pairs = new ArrayList<>();
        for (String parameter : new String(body, ISO_8859_1).split("&", -1)) {
            if (parameter.isEmpty()) {
                continue;
            }
            String[] parts = parameter.split("=", 2);
            Optional<String> name = text(parts[0], 256);
            Optional<String> value = text(parts.length == 2 ? parts[1] : "", 65_536);
            if (name.isEmpty() || value.isEmpty()) {
                return Optional.empty();
            }
            pairs.add(List.of(name.get(), value.get()));
        }
        return Optional.of(pairs).filter(all -> all.size() <= 1_000);
    }

    private static Optional<String> text(String encoded, int longest) {
        if (!encoded.matches("(?s)([^%]|%[0-9a-fA-F]{2})*+")) {
            return Optional.empty();
        }
        String[] pieces = encoded.replace('+', ' ').split("%", -1);
        StringBuilder bytes = new StringBuilder(pieces[0]);
        for (int i = 1; i < pieces.length; i++) {
            bytes.append((char) HexFormat.fromHexDigits(pieces[i], 0, 2)).append(pieces[i].substring(2));
        }
        if (bytes.length() > longest) {
            return Optional.empty();
        }
        try {
            return Optional.of(UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toString().getBytes(ISO_8859_1)))
                    .toString());
        } catch (CharacterCodingException malformed) {
            return Optional.empty();
        }
    }

    private static String encoded(List<List<String>> pairs) {
        return pairs.stream()
                .map(pair -> URLEncoder.encode(pair.get(0), UTF_8) + "=" + URLEncoder.encode(pair.get(1), UTF_8))
                .collect(Collectors.joining("&"));
    }
}
