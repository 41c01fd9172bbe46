package io.hangupby.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.hangupby.decision.rules.DecisionRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of {@code docs/rules.md} say what the code does. */
class DocumentedTablesTest {

    @Test
    void the_rules_are_ours_in_their_order() throws IOException {
        Stream<String> ours = DecisionRules.defaults().stream().map(DecisionRule::id);

        assertThat(rows("## The rules"))
                .extracting(cells -> code(cells.get(0)))
                .containsExactlyElementsOf(
                        Stream.concat(ours, Stream.of("undecided")).toList());
    }

    @Test
    void the_rules_end_in_values_of_the_enum() throws IOException {
        assertThat(rows("## The rules"))
                .extracting(cells -> cells.get(2))
                .allMatch(cell -> cell.startsWith("none")
                        || Arrays.stream(EndedBy.values()).anyMatch(endedBy -> cell.startsWith("`" + endedBy + "`")));
    }

    @Test
    void the_values_are_all_there_are_in_their_default_spelling() throws IOException {
        Stream<List<String>> all = Arrays.stream(EndedBy.values())
                .map(endedBy -> List.of(
                        "`" + endedBy + "`",
                        Vocabulary.DEFAULT
                                .value(endedBy)
                                .map(value -> "`" + value + "`")
                                .orElse("nothing")));

        assertThat(rows("## The values"))
                .extracting(cells -> cells.subList(0, 2))
                .containsExactlyElementsOf(Stream.concat(all, Stream.of(List.of("none", "nothing")))
                        .toList());
    }

    /** The cells of the first table below a heading, without the table's own heading. */
    private static List<List<String>> rows(String heading) throws IOException {
        return Files.readString(Path.of("../docs/rules.md"))
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

    private static String code(String cell) {
        return cell.replace("`", "");
    }
}
