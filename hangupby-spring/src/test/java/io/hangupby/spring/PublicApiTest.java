package io.hangupby.spring;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the public API of each published module to the record in {@code api.txt}. */
class PublicApiTest {
    private static final String ACCEPT = "api.accept";

    /** A type as {@code javap} shows it: kind, name, supertypes and members. */
    private static final Pattern TYPE = Pattern.compile(
            "^(public [a-z ]*)(io\\.[\\w.$]+)([^{]*)\\{\\R(.*?)^}$", Pattern.MULTILINE | Pattern.DOTALL);

    private static final Pattern PACKAGE = Pattern.compile("\\b(?:[a-z]\\w*\\.)+(?=[A-Z])");

    private static final Pattern EVERY_OBJECT_HAS =
            Pattern.compile(".* (equals\\(Object\\)|hashCode\\(\\)|toString\\(\\));");

    @ParameterizedTest
    @ValueSource(strings = {"hangupby-core", "hangupby-servlet", "hangupby-spring", "examples/twilio-simulator"})
    void the_public_api_is_as_recorded(String module) throws IOException {
        Path record = Path.of("..", module, "api.txt");
        String api = api(Path.of("..", module, "target", "classes"));
        if (Boolean.getBoolean(ACCEPT)) {
            Files.writeString(record, api);
        }

        assertThat(api)
                .as(
                        "the public API of %s differs from %s; if the change is intended, run the command in CONTRIBUTING.md"
                                + " that records it, and add the change to CHANGELOG.md",
                        module, record)
                .isEqualTo(Files.readString(record));
    }

    private static String api(Path classes) throws IOException {
        Map<String, String> types = new TreeMap<>();
        Matcher shown = TYPE.matcher(javap(classes, typesIn(classes)));
        while (shown.find()) {
            String ancestors = PACKAGE.matcher(shown.group(3).stripTrailing()).replaceAll("");
            types.put(shown.group(2), shown.group(1) + shown.group(2) + ancestors + "\n" + members(shown.group(4)));
        }
        types.keySet()
                .removeIf(name -> name.contains("$") && !types.containsKey(name.substring(0, name.lastIndexOf('$'))));
        return String.join("\n", types.values()).replace('$', '.');
    }

    private static String members(String shown) {
        return PACKAGE.matcher(shown)
                .replaceAll("")
                .lines()
                .filter(line -> !EVERY_OBJECT_HAS.matcher(line).matches())
                .sorted(Comparator.comparing(PublicApiTest::name).thenComparing(Comparator.naturalOrder()))
                .map(line -> line + "\n")
                .collect(joining());
    }

    private static String name(String member) {
        String upToName = member.split("[(;]", 2)[0];
        return upToName.substring(upToName.lastIndexOf(' ') + 1);
    }

    private static List<String> typesIn(Path classes) throws IOException {
        try (Stream<Path> files = Files.walk(classes)) {
            return files.map(file -> classes.relativize(file).toString())
                    .filter(file -> file.endsWith(".class") && !file.contains("/internal/"))
                    .map(file ->
                            file.substring(0, file.length() - ".class".length()).replace('/', '.'))
                    .toList();
        }
    }

    private static String javap(Path classes, List<String> types) {
        String[] arguments = Stream.concat(Stream.of("-protected", "-cp", classes.toString()), types.stream())
                .toArray(String[]::new);
        StringWriter shown = new StringWriter();
        PrintWriter out = new PrintWriter(shown);
        int exit = ToolProvider.findFirst("javap").orElseThrow().run(out, out, arguments);
        assertThat(exit).as("javap: %s", shown).isZero();
        return shown.toString();
    }
}
