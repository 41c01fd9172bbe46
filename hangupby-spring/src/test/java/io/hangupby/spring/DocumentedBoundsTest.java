package io.hangupby.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the values in {@code docs/operations/bounds.md} to the constants in the code. */
class DocumentedBoundsTest {
    private static final Path PAGE = Path.of("../docs/operations/bounds.md");
    private static final Pattern IN_CODE = Pattern.compile("`([A-Z]\\w+)\\.([A-Z][A-Z_0-9]*)`");

    /** The names of constants that are bounds. */
    private static final Pattern BOUND = Pattern.compile(
            "static final \\w+ ((?:MAX|MOST|LONGEST)_\\w+|\\w+_(?:AT_MOST|AT_ONCE|WITHIN)(?:_MILLIS)?|(?:\\w+_)?(?:DEADLINE|ATTEMPTS)) =");

    /** A rule compares the first with events; the others are a power of two, a clock's and the size of a step. */
    private static final Set<String> NO_BOUNDS = Set.of(
            "SegmentProcessor.READ_WITHIN",
            "SegmentProcessor.PAUSE_EXPONENT_AT_MOST",
            "TwilioClock.DELIVERED_WITHIN",
            "TeeRequest.BYTES_AT_ONCE");

    @ParameterizedTest
    @MethodSource
    void a_row_has_the_value_of_its_constant(String cell, String type, String constant) throws Exception {
        assertThat(texts(value(type, constant), constant))
                .as("%s.%s", type, constant)
                .anyMatch(text -> Pattern.compile("(?<![\\d,.])" + Pattern.quote(text) + "(?!\\w|,\\d)")
                        .matcher(cell)
                        .find());
    }

    static Stream<Object[]> a_row_has_the_value_of_its_constant() throws IOException {
        return Files.readString(PAGE)
                .lines()
                .filter(line -> line.startsWith("| "))
                .map(line -> line.split("\\|", -1))
                .flatMap(cells -> IN_CODE.matcher(cells[cells.length - 2])
                        .results()
                        .map(named -> new Object[] {cells[2], named.group(1), named.group(2)}));
    }

    @Test
    void each_constant_that_is_called_a_bound_has_a_row() throws IOException {
        String page = Files.readString(PAGE);
        List<String> missing = new ArrayList<>();
        for (Path source : sources()) {
            String type = source.getFileName().toString().replace(".java", "");
            BOUND.matcher(Files.readString(source))
                    .results()
                    .map(named -> type + "." + named.group(1))
                    .filter(name -> !NO_BOUNDS.contains(name) && !page.contains("`" + name + "`"))
                    .forEach(missing::add);
        }

        assertThat(missing).isEmpty();
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String module : List.of("hangupby-core", "hangupby-servlet", "hangupby-spring")) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src/main/java"))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
            }
        }
        return sources;
    }

    private static Object value(String type, String constant) throws ReflectiveOperationException, IOException {
        List<String> names = sources().stream()
                .map(source -> source.subpath(5, source.getNameCount()).toString())
                .filter(name -> name.endsWith("/" + type + ".java"))
                .map(name -> name.replace(".java", "").replace('/', '.'))
                .toList();
        assertThat(names).as(type).hasSize(1);
        Field field = Class.forName(names.get(0)).getDeclaredField(constant);
        field.setAccessible(true);
        return field.get(null);
    }

    /** Returns the ways in which the page can write a value. */
    private static List<String> texts(Object value, String name) {
        if (value instanceof Number number) {
            long count = number.longValue();
            List<String> texts = new ArrayList<>(List.of(String.format(Locale.ROOT, "%,d", count)));
            if (name.contains("MILLIS")) {
                texts.addAll(texts(Duration.ofMillis(count)));
            } else if (name.contains("NANOS")) {
                texts.addAll(texts(Duration.ofNanos(count)));
            } else if (name.contains("SECONDS")) {
                texts.addAll(texts(Duration.ofSeconds(count)));
            }
            texts.add(count + " KiB");
            if (count % 1024 == 0) {
                texts.add(count / 1024 + " KiB");
                texts.add(count / 1024 / 1024 + " MiB");
            }
            return texts;
        }
        return texts(value instanceof Duration time ? time : Duration.ofMillis(millis(value)));
    }

    /** HTTP clients have types of their own, whose text is the number and the unit. */
    private static long millis(Object time) {
        String[] parts = time.toString().split(" ", 2);
        return Long.parseLong(parts[0]) * (parts[1].startsWith("MILLI") ? 1 : 1000);
    }

    private static List<String> texts(Duration time) {
        return Stream.of(
                        new Unit(Duration.ofMillis(1), "ms"),
                        new Unit(Duration.ofSeconds(1), "s"),
                        new Unit(Duration.ofMinutes(1), "min"),
                        new Unit(Duration.ofHours(1), "h"),
                        new Unit(Duration.ofDays(1), "d"))
                .filter(unit -> time.toMillis() % unit.size().toMillis() == 0)
                .map(unit -> time.dividedBy(unit.size()) + " " + unit.name())
                .toList();
    }

    private record Unit(Duration size, String name) {}
}
