package io.hangupby.internal.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Creates forms of random parameters, each in one of the many valid encodings. */
final class RandomForms {

    static final List<String> ASCII_NAMES = List.of(
            "A", "a", "Aa", "AccountSid", "EventType", "TaskSid", "TaskSi", "Task Name", "x+y", "_", "p&q=r", "%41");
    static final List<String> ANY_NAMES = List.of(
            "A",
            "a",
            "Aa",
            "EventType",
            "TaskSid",
            "x+y",
            "p&q=r",
            "é",
            "Ünï",
            "東京",
            "\uFF21",
            "\uD83D\uDE00",
            "\u20AC");

    private static final List<String> PIECES = List.of(
            "a",
            "Z",
            "0",
            "wrapup",
            " ",
            "  ",
            "+",
            "&",
            "=",
            "%",
            "%2B",
            "%zz",
            "#",
            "?",
            "/",
            "\"",
            "{\"a\":1}",
            "\n",
            "\0",
            "\u007F",
            "é",
            "ß",
            "\u07FF",
            "\u0800",
            "東",
            "\uFFFD",
            "\uFFFF",
            "\uD83D\uDE00",
            "\uD800\uDC00",
            "\uDBFF\uDFFF");

    private RandomForms() {}

    /** Up to twelve pairs of a name and a value; names repeat, and sometimes values do. */
    static List<List<String>> parameters(Random random, List<String> names) {
        List<List<String>> parameters = new ArrayList<>();
        int count = random.nextInt(13);
        for (int i = 0; i < count; i++) {
            parameters.add(List.of(names.get(random.nextInt(names.size())), text(random)));
        }
        return parameters;
    }

    static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int pieces = random.nextInt(random.nextInt(8) == 0 ? 40 : 3);
        for (int i = 0; i < pieces; i++) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    static String encode(List<List<String>> parameters, Random random) {
        StringBuilder body = new StringBuilder();
        for (List<String> parameter : parameters) {
            body.append(encode(parameter.get(0), random));
            if (!parameter.get(1).isEmpty() || random.nextBoolean()) {
                body.append('=').append(encode(parameter.get(1), random));
            }
            body.append(random.nextInt(10) == 0 ? "&&" : "&");
        }
        return body.toString();
    }

    private static String encode(String text, Random random) {
        StringBuilder encoded = new StringBuilder();
        text.codePoints().forEach(codePoint -> {
            String character = Character.toString(codePoint);
            if (codePoint == ' ' && random.nextBoolean()) {
                encoded.append('+');
            } else if ("+&=% ".contains(character) || random.nextInt(3) == 0) {
                escape(character, random, encoded);
            } else {
                encoded.append(character);
            }
        });
        return encoded.toString();
    }

    private static void escape(String character, Random random, StringBuilder encoded) {
        for (byte octet : character.getBytes(UTF_8)) {
            encoded.append(String.format(random.nextBoolean() ? "%%%02X" : "%%%02x", octet));
        }
    }
}
