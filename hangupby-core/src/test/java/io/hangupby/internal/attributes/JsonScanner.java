package io.hangupby.internal.attributes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;

/** Foretells what becomes of a JSON text by going through its characters. The text has to be one; nothing is checked. */
final class JsonScanner {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String text;

    JsonScanner(String text) {
        this.text = text;
    }

    /** The text with a value at a path, if it can have one there. */
    Optional<String> with(List<String> path, String raw) {
        return with(space(0), path, 0, raw);
    }

    private Optional<String> with(int value, List<String> path, int depth, String raw) {
        if (depth == path.size()) {
            return Optional.of(text.substring(0, value) + raw + text.substring(end(value)));
        }
        if (text.charAt(value) == 'n') {
            return Optional.of(
                    text.substring(0, value) + "{" + member(path, depth, raw) + "}" + text.substring(value + 4));
        }
        if (text.charAt(value) != '{') {
            return Optional.empty();
        }
        int found = -1;
        int behind = value + 1;
        boolean first = true;
        for (int at = space(value + 1); text.charAt(at) != '}'; ) {
            int keyEnd = end(at);
            int its = space(space(keyEnd) + 1);
            if (decoded(text.substring(at, keyEnd)).equals(path.get(depth))) {
                found = its;
            }
            behind = end(its);
            first = false;
            int comma = space(behind);
            at = text.charAt(comma) == ',' ? space(comma + 1) : comma;
        }
        if (found >= 0) {
            return with(found, path, depth + 1, raw);
        }
        String added = (first ? "" : ",") + member(path, depth, raw);
        return Optional.of(text.substring(0, behind) + added + text.substring(behind));
    }

    private static String member(List<String> path, int depth, String raw) {
        String key = JsonText.string(path.get(depth)) + ":";
        return depth == path.size() - 1 ? key + raw : key + "{" + member(path, depth + 1, raw) + "}";
    }

    private int end(int value) {
        char first = text.charAt(value);
        if (first == '"') {
            int at = value + 1;
            while (text.charAt(at) != '"') {
                at += text.charAt(at) == '\\' ? 2 : 1;
            }
            return at + 1;
        }
        int at = value;
        int depth = 0;
        do {
            char c = text.charAt(at);
            depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
            at = c == '"' ? end(at) : at + 1;
        } while (at < text.length() && (depth > 0 || (first != '{' && first != '[' && isScalar(text.charAt(at)))));
        return at;
    }

    private static boolean isScalar(char c) {
        return Character.isLetterOrDigit(c) || c == '.' || c == '+' || c == '-';
    }

    private int space(int from) {
        int at = from;
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    private static String decoded(String literal) {
        try {
            return MAPPER.readValue(literal, String.class);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
