package io.hangupby.simulator.internal.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Edits JSON text in place: nothing changes but the value that is set. */
public final class InPlaceJson {

    /** Reads and writes JSON trees. */
    public static final ObjectMapper MAPPER = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final String text;

    private InPlaceJson(String text) {
        this.text = text;
    }

    /** Sets the value at a path of member names to raw JSON; missing members are added at the end. */
    public static String set(String text, String raw, String... path) {
        InPlaceJson json = new InPlaceJson(text);
        return json.set(json.skipSpace(0), List.of(path), raw);
    }

    /** Removes a member with its comma; the text does not change if there is no such member. */
    public static String remove(String text, String... path) {
        InPlaceJson json = new InPlaceJson(text);
        return json.remove(json.skipSpace(0), List.of(path));
    }

    /** Returns whether the text is valid JSON. */
    public static boolean isValid(String text) {
        try {
            return !MAPPER.readTree(text).isMissingNode();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /** Returns the string at a path, or empty if there is another value or none. */
    public static Optional<String> readText(String text, String... path) {
        try {
            JsonNode node = MAPPER.readTree(text);
            for (String name : path) {
                node = node.path(name);
            }
            return node.isTextual() ? Optional.of(node.textValue()) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** Returns the value at a path as JSON, or empty if there is none. */
    public static Optional<String> read(String text, String... path) {
        try {
            JsonNode node = MAPPER.readTree(text);
            for (String name : path) {
                node = node.path(name);
            }
            return node.isMissingNode() ? Optional.empty() : Optional.of(node.toString());
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** Returns a string as JSON. */
    public static String quote(String value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not a text: " + value, e);
        }
    }

    private String set(int start, List<String> path, String raw) {
        if (path.isEmpty() || text.startsWith("null", start)) {
            return replace(start, endOfValue(start), nest(path, raw));
        }
        if (text.charAt(start) != '{') {
            throw new IllegalArgumentException("No object to set " + path + " in");
        }
        List<Member> members = members(start);
        // A name that occurs twice means its last value.
        for (int i = members.size() - 1; i >= 0; i--) {
            if (members.get(i).name().equals(path.get(0))) {
                return set(members.get(i).start(), path.subList(1, path.size()), raw);
            }
        }
        int at = members.isEmpty() ? start + 1 : members.get(members.size() - 1).end();
        String added = quote(path.get(0)) + ":" + nest(path.subList(1, path.size()), raw);
        return replace(at, at, members.isEmpty() ? added : "," + added);
    }

    private String remove(int start, List<String> path) {
        if (text.charAt(start) != '{') {
            return text;
        }
        List<Member> members = members(start);
        for (int i = members.size() - 1; i >= 0; i--) {
            if (members.get(i).name().equals(path.get(0))) {
                return path.size() > 1
                        ? remove(members.get(i).start(), path.subList(1, path.size()))
                        : without(members, i);
            }
        }
        return text;
    }

    private String without(List<Member> members, int index) {
        Member gone = members.get(index);
        if (index > 0) {
            return replace(members.get(index - 1).end(), gone.end(), "");
        }
        return replace(gone.from(), members.size() > 1 ? members.get(1).from() : gone.end(), "");
    }

    private static String nest(List<String> path, String raw) {
        return path.isEmpty() ? raw : "{" + quote(path.get(0)) + ":" + nest(path.subList(1, path.size()), raw) + "}";
    }

    private String replace(int from, int to, String by) {
        return text.substring(0, from) + by + text.substring(to);
    }

    private List<Member> members(int open) {
        List<Member> members = new ArrayList<>();
        int at = skipSpace(open + 1);
        while (text.charAt(at) == '"') {
            int nameEnd = endOfString(at);
            int start = skipSpace(skipSpace(nameEnd) + 1);
            int end = endOfValue(start);
            members.add(new Member(text.substring(at + 1, nameEnd - 1), at, start, end));
            int next = skipSpace(end);
            at = text.charAt(next) == ',' ? skipSpace(next + 1) : next;
        }
        return members;
    }

    private int endOfValue(int start) {
        return switch (text.charAt(start)) {
            case '"' -> endOfString(start);
            case '{', '[' -> endOfContainer(start);
            default -> endOfScalar(start);
        };
    }

    private int endOfString(int start) {
        int at = start + 1;
        while (text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    private int endOfContainer(int start) {
        int depth = 0;
        int at = start;
        do {
            char c = text.charAt(at);
            if (c == '"') {
                at = endOfString(at);
                continue;
            }
            depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
            at++;
        } while (depth > 0);
        return at;
    }

    private int endOfScalar(int start) {
        int at = start;
        while (at < text.length() && ",]} \t\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    private int skipSpace(int start) {
        int at = start;
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    /**
     * @param from where the name begins
     * @param start where the value begins
     * @param end where the value ends
     */
    private record Member(String name, int from, int start, int end) {}
}
