package io.hangupby.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.decision.rules.DecisionRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/rules.md} says what the code does. */
class DocumentedTablesTest {
    private static final Path PAGE = Path.of("../docs/rules.md");
    private static final String UNDECIDED = "undecided";
    private static final Map<String, DecisionRule> OURS =
            DecisionRules.defaults().stream().collect(Collectors.toMap(DecisionRule::id, Function.identity()));

    private static final Pattern SECTION = Pattern.compile("(?ms)^### ([a-z-]+)\n(.*?)(?=^##)");

    /** What a reader looks for in each section, in this order. */
    private static final Pattern PARTS = Pattern.compile(
            "(?s)\n\n- \\*\\*Matches when\\*\\* .*\n- \\*\\*Does not match when\\*\\* "
                    + ".*\n- \\*\\*Needs\\*\\* .*\n- \\*\\*Can it still change\\?\\*\\* (Yes|No).*\n- \\*\\*Example\\*\\*: "
                    + ".*\n- \\*\\*Source\\*\\*: \\[(\\w+)]\\(\\.\\./hangupby-core/src/main/java/io/hangupby/decision/rules/\\2\\.java\\)");

    @Test
    void the_rules_are_ours_in_their_order() throws IOException {
        assertThat(rows("## The rules"))
                .extracting(cells -> cells.get(0))
                .containsExactlyElementsOf(
                        ids().map(id -> "[`" + id + "`](#" + id + ")").toList());
    }

    @Test
    void the_table_says_which_verdicts_can_change() throws IOException {
        assertThat(rows("## The rules").stream().limit(OURS.size()))
                .allSatisfy(cells -> assertThat(cells.get(2)).isEqualTo(canChange(id(cells.get(0))) ? "yes" : "no"));
    }

    @Test
    void the_rules_end_in_values_of_the_enum() throws IOException {
        assertThat(rows("## The rules"))
                .extracting(cells -> cells.get(1))
                .allMatch(cell -> cell.startsWith("none")
                        || Arrays.stream(EndedBy.values()).anyMatch(endedBy -> cell.startsWith("`" + endedBy + "`")));
    }

    @Test
    void each_id_has_a_section_in_the_order_of_the_rules() throws IOException {
        assertThat(sections().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(ids(), Stream.of(Verdict.TASK_GONE, Verdict.ATTRIBUTES_UNREADABLE))
                                .toList());
        assertThat(SECTION.matcher(Files.readString(PAGE)).results().map(found -> found.group(1)))
                .startsWith(ids().toArray(String[]::new));
    }

    @Test
    void each_section_has_its_parts_and_says_what_its_class_does() throws IOException {
        Map<String, String> sections = sections();

        assertThat(ids()).allSatisfy(id -> {
            Matcher parts = PARTS.matcher(sections.getOrDefault(id, ""));
            assertThat(parts.find()).as(id).isTrue();
            assertThat(parts.group(1)).as(id).isEqualTo(canChange(id) ? "Yes" : "No");
            assertThat(parts.group(2)).isEqualTo(className(id));
        });
    }

    @Test
    void the_values_are_all_there_are_in_their_default_spelling() throws IOException {
        assertThat(rows("## The values"))
                .extracting(cells -> cells.subList(0, 2))
                .containsExactlyElementsOf(Stream.concat(spelled(), Stream.of(List.of("none", "(no value)")))
                        .toList());
    }

    @Test
    void the_readme_has_all_values_too() throws IOException {
        assertThat(rows(Path.of("../README.md"), "## The values"))
                .extracting(cells -> cells.subList(0, 2))
                .containsExactlyElementsOf(spelled().toList());
    }

    private static Stream<List<String>> spelled() {
        return Arrays.stream(EndedBy.values())
                .map(endedBy -> List.of(
                        "`" + endedBy + "`",
                        Vocabulary.DEFAULT
                                .value(endedBy)
                                .map(value -> "`" + value + "`")
                                .orElse("(no value)")));
    }

    private static Stream<String> ids() {
        return Stream.concat(DecisionRules.defaults().stream().map(DecisionRule::id), Stream.of(UNDECIDED));
    }

    private static boolean canChange(String id) {
        return id.equals(UNDECIDED) || rule(id).isProvisional();
    }

    private static DecisionRule rule(String id) {
        return Objects.requireNonNull(OURS.get(id), id);
    }

    private static String className(String id) {
        return id.equals(UNDECIDED) ? "Undecided" : rule(id).getClass().getSimpleName();
    }

    private static String id(String text) {
        return text.replaceAll("^\\[`|`].*$", "");
    }

    private static Map<String, String> sections() throws IOException {
        return SECTION.matcher(Files.readString(PAGE))
                .results()
                .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2)));
    }

    private static List<List<String>> rows(String heading) throws IOException {
        return rows(PAGE, heading);
    }

    /** Returns the cells of the first table below a heading, without the table's own heading. */
    private static List<List<String>> rows(Path page, String heading) throws IOException {
        return Files.readString(page)
                .lines()
                .dropWhile(line -> !line.equals(heading))
                .dropWhile(line -> !line.startsWith("| ---"))
                .skip(1)
                .takeWhile(line -> line.startsWith("|"))
                .map(line ->
                        Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
                .map(cells -> cells.subList(1, cells.size() - 1))
                .toList();
    }
}
