package io.hangupby.internal.attributes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A JSON text kept in pieces, so that an edit of it can be foretold without any parser: only the pieces on the path
 * change, and all others are printed as they were.
 */
final class RandomDocument {

    /** Few enough that a random path often exists and that keys often repeat; some need escapes. */
    private static final List<String> KEYS = List.of("conversations", "hang_up_by", "", "é\"\\/", "😀");

    private static final List<String> STRINGS = List.of("customer", "", "\"\\/\n", "é 😀", "\ud83d");

    private static final List<String> TOKENS = List.of(
            "null",
            "true",
            "false",
            "0",
            "-0",
            "-0.0",
            "1.10",
            "1e2",
            "1E+2",
            "9007199254740993",
            "1.0e-400",
            "7",
            "-12345678901234567890123456789",
            "\"\\ud83d\"",
            "\"\\u0000\"",
            "\"customer\"",
            "\"\"");

    private final RandomGenerator random;

    private RandomDocument(RandomGenerator random) {
        this.random = random;
    }

    static Root generate(RandomGenerator random) {
        RandomDocument document = new RandomDocument(random);
        return new Root(document.space(), document.object(4), document.space());
    }

    static List<String> path(RandomGenerator random) {
        return random.ints(1 + random.nextInt(3), 0, KEYS.size())
                .mapToObj(KEYS::get)
                .toList();
    }

    static String string(RandomGenerator random) {
        return STRINGS.get(random.nextInt(STRINGS.size()));
    }

    private Value value(int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 8)) {
            case 0 -> new Token("null");
            case 1 -> new Token(TOKENS.get(random.nextInt(TOKENS.size())));
            case 2, 3 -> new Token(quote(string(random)));
            case 4 -> new Token(array(depth - 1));
            default -> object(depth - 1);
        };
    }

    private Members object(int depth) {
        return new Members(
                IntStream.range(0, random.nextInt(6))
                        .mapToObj(i -> member(depth))
                        .toList(),
                space());
    }

    private Member member(int depth) {
        String key = KEYS.get(random.nextInt(KEYS.size()));
        return new Member(space(), key, quote(key), space() + ":" + space(), value(depth), space());
    }

    private String array(int depth) {
        return IntStream.range(0, random.nextInt(4))
                .mapToObj(i -> space() + value(depth).print() + space())
                .collect(Collectors.joining(",", "[", "]"));
    }

    private String space() {
        return random.nextInt(3) > 0
                ? ""
                : random.ints(random.nextInt(4), 0, 4)
                        .mapToObj(i -> " \t\r\n".substring(i, i + 1))
                        .collect(Collectors.joining());
    }

    /** Writes each character in one of the ways that JSON has for it. */
    private String quote(String decoded) {
        return decoded.chars().mapToObj(c -> escape((char) c)).collect(Collectors.joining("", "\"", "\""));
    }

    private String escape(char c) {
        if (random.nextInt(4) == 0 || Character.isSurrogate(c) || c < ' ') {
            return (random.nextBoolean() ? "\\u%04x" : "\\u%04X").formatted((int) c);
        }
        return c == '"' || c == '\\' || (c == '/' && random.nextBoolean()) ? "\\" + c : String.valueOf(c);
    }

    private static Value nested(List<String> path, String token) {
        if (path.isEmpty()) {
            return new Token(token);
        }
        return new Members(List.of(compact(path, token, "")), "");
    }

    private static Member compact(List<String> path, String token, String behind) {
        String key = path.get(0);
        return new Member("", key, JsonText.string(key), ":", nested(path.subList(1, path.size()), token), behind);
    }

    /** The whole text. */
    record Root(String before, Members object, String behind) {

        String print() {
            return before + object.print() + behind;
        }

        /** The same text with this token at this path; empty if something that is no object is in the way. */
        Optional<String> with(String token, List<String> path) {
            return object.with(token, path).map(value -> before + value.print() + behind);
        }
    }

    private sealed interface Value {

        String print();

        Optional<Value> with(String token, List<String> path);
    }

    private record Token(String text) implements Value {

        @Override
        public String print() {
            return text;
        }

        @Override
        public Optional<Value> with(String token, List<String> path) {
            return path.isEmpty() || text.equals("null") ? Optional.of(nested(path, token)) : Optional.empty();
        }
    }

    private record Members(List<Member> members, String inside) implements Value {

        @Override
        public String print() {
            return members.stream()
                    .map(Member::print)
                    .collect(Collectors.joining(",", "{", members.isEmpty() ? inside + "}" : "}"));
        }

        @Override
        public Optional<Value> with(String token, List<String> path) {
            if (path.isEmpty()) {
                return Optional.of(new Token(token));
            }
            int last = members.stream().map(Member::key).toList().lastIndexOf(path.get(0));
            return last < 0 ? Optional.of(added(token, path)) : replaced(last, token, path);
        }

        private Value added(String token, List<String> path) {
            List<Member> more = new ArrayList<>(members);
            String behind = inside;
            if (!more.isEmpty()) {
                Member last = more.remove(more.size() - 1);
                behind = last.behind();
                more.add(new Member(last.before(), last.key(), last.quoted(), last.colon(), last.value(), ""));
            }
            more.add(compact(path, token, behind));
            return new Members(more, inside);
        }

        private Optional<Value> replaced(int index, String token, List<String> path) {
            Member old = members.get(index);
            return old.value().with(token, path.subList(1, path.size())).map(value -> {
                List<Member> others = new ArrayList<>(members);
                others.set(index, new Member(old.before(), old.key(), old.quoted(), old.colon(), value, old.behind()));
                return new Members(others, inside);
            });
        }
    }

    private record Member(String before, String key, String quoted, String colon, Value value, String behind) {

        String print() {
            return before + quoted + colon + value.print() + behind;
        }
    }
}
