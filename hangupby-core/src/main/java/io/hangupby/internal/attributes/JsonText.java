package io.hangupby.internal.attributes;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.List;
import java.util.regex.Pattern;

/** Writes the compact JSON that an edit adds. */
final class JsonText {

    // A pattern treats a pair as one code point, so this matches only a surrogate without its other half.
    private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");

    private JsonText() {}

    /** Returns {@code "value"}. */
    static String string(String value) {
        String quoted = new String(JsonStringEncoder.getInstance().quoteAsString(value));
        return '"' + escapeLoneSurrogates(quoted) + '"';
    }

    /** Returns {@code "key":token}, or {@code "key":{"next":...}} if there are more keys. */
    static String member(List<String> keys, String token) {
        StringBuilder member = new StringBuilder(string(keys.get(0))).append(':');
        for (String key : keys.subList(1, keys.size())) {
            member.append('{').append(string(key)).append(':');
        }
        return member.append(token).append("}".repeat(keys.size() - 1)).toString();
    }

    /** Returns {@code {"key":token}}, or {@code {"key":{"next":...}}} if there are more keys. */
    static String object(List<String> keys, String token) {
        return '{' + member(keys, token) + '}';
    }

    /** A lone surrogate has no UTF-8 form: without an escape, Twilio would receive a question mark. */
    private static String escapeLoneSurrogates(String quoted) {
        return LONE_SURROGATE
                .matcher(quoted)
                .replaceAll(half -> "\\\\u%04x".formatted((int) half.group().charAt(0)));
    }

    /** Removes a member from an object, from the key's quote to the value's end, with one adjacent comma. */
    static EditResult withoutMember(String text, int member, int end) {
        int before = member;
        while (isSpace(text.charAt(before - 1))) {
            before--;
        }
        if (text.charAt(before - 1) == ',') {
            return without(text, before - 1, end);
        }
        int after = end;
        while (isSpace(text.charAt(after))) {
            after++;
        }
        return without(text, member, text.charAt(after) == ',' ? after + 1 : end);
    }

    private static EditResult without(String text, int start, int end) {
        return new EditResult.Edited(TaskAttributes.of(text.substring(0, start) + text.substring(end)));
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }
}
