package io.hangupby.internal.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Utf8Test {

    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "'',               nothing",
        "41,               an ASCII letter",
        "00,               the lowest code point",
        "C280,             the lowest of two bytes",
        "E0A080,           the lowest of three bytes",
        "ED9FBF,           the last one before the surrogates",
        "EE8080,           the first one after the surrogates",
        "F0908080,         the lowest of four bytes",
        "F48FBFBF,         the highest code point",
        "61C3A9E282ACF09F9880, a mixture"
    })
    void accepts(String hex, String description) {
        assertThat(isWellFormed(hex)).as(description).isTrue();
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "80,           a continuation alone",
        "C3,           a lead byte alone",
        "C341,         a lead byte and a letter",
        "E282,         two bytes of three",
        "F09F98,       three bytes of four",
        "C0AF,         an overlong slash of two bytes",
        "C1BF,         an overlong letter of two bytes",
        "E080AF,       an overlong slash of three bytes",
        "F08080AF,     an overlong slash of four bytes",
        "EDA080,       a high surrogate",
        "EDBFBF,       a low surrogate",
        "F4908080,     a code point that is too high",
        "F5808080,     a lead byte that is too high",
        "FF,           a byte that is never used"
    })
    void rejects(String hex, String description) {
        assertThat(isWellFormed(hex)).as(description).isFalse();
    }

    @Test
    void bytes_outside_the_range_are_ignored() {
        byte[] bytes = HexFormat.of().parseHex("FF41C3A9FF");

        assertThat(Utf8.isWellFormed(bytes, 1, 4)).isTrue();
        assertThat(Utf8.isWellFormed(bytes, 1, 3)).isFalse();
    }

    @Test
    void the_platforms_decoder_agrees_on_random_bytes() {
        Random random = new Random(8);
        int wellFormed = 0;
        for (int round = 0; round < 50_000; round++) {
            byte[] bytes = likelyBytes(random);
            boolean expected = platformDecodes(bytes);
            assertThat(Utf8.isWellFormed(bytes, 0, bytes.length))
                    .as(HexFormat.of().formatHex(bytes))
                    .isEqualTo(expected);
            wellFormed += expected ? 1 : 0;
        }
        assertThat(wellFormed).as("both kinds are met").isBetween(1_000, 49_000);
    }

    /** Returns bytes from the edges of the ranges, because uniformly random bytes are rarely well-formed. */
    private static byte[] likelyBytes(Random random) {
        byte[] edges = HexFormat.of().parseHex("417F808F909FA0BFC0C1C2DFE0E1ECEDEEEFF0F1F3F4F5FF");
        byte[] bytes = new byte[1 + random.nextInt(4)];
        for (int i = 0; i < bytes.length; i++) {
            // After the first byte, mostly continuation bytes.
            boolean continuation = i > 0 && random.nextInt(4) != 0;
            bytes[i] = edges[continuation ? 2 + random.nextInt(6) : random.nextInt(edges.length)];
        }
        return bytes;
    }

    private static boolean platformDecodes(byte[] bytes) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static boolean isWellFormed(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        return Utf8.isWellFormed(bytes, 0, bytes.length);
    }
}
