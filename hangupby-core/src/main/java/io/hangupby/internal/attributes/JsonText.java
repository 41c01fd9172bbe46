package io.hangupby.internal.attributes;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.List;
import java.util.regex.Pattern;

/** Writes the few pieces of compact JSON that an edit adds. */
final class JsonText {

    // A pair is one code point to a pattern, so this finds only surrogates that have lost their other half.
    private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");

    private JsonText() {}

    /** {@code "value"}. */
    static String string(String value) {
        String quoted = new String(JsonStringEncoder.getInstance().quoteAsString(value));
        return '"' + escapeLoneSurrogates(quoted) + '"';
    }

    /** {@code "key":"value"}, or {@code "key":{"next":...}} if there are more keys. */
    static String member(List<String> keys, String value) {
        StringBuilder member = new StringBuilder(string(keys.get(0))).append(':');
        for (String key : keys.subList(1, keys.size())) {
            member.append('{').append(string(key)).append(':');
        }
        return member.append(string(value)).append("}".repeat(keys.size() - 1)).toString();
    }

    /** {@code {"key":"value"}}, or {@code {"key":{"next":...}}} if there are more keys. */
    static String object(List<String> keys, String value) {
        return '{' + member(keys, value) + '}';
    }

    /** Half a pair has no UTF-8 form: unescaped it would reach Twilio as a question mark. */
    private static String escapeLoneSurrogates(String quoted) {
        return LONE_SURROGATE
                .matcher(quoted)
                .replaceAll(half -> "\\\\u%04x".formatted((int) half.group().charAt(0)));
    }

    /** Takes a member out of an object, from its key's quote to its value's end, together with one comma beside it. */
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
