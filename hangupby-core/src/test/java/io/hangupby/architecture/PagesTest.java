package io.hangupby.architecture;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The pages can be read once, and lead where they say. */
class PagesTest {
    private static final int WORDS_AT_MOST = 30;
    private static final int LINES_OF_README_AT_MOST = 200;

    private static final Path README = Path.of("../README.md");
    private static final Pattern END_OF_SENTENCE = Pattern.compile("(?<=[.!?])[*)\"]*\\s+");
    private static final Pattern LINK = Pattern.compile("\\[([^\\]]*)]\\(([^)\\s]+)\\)");
    private static final Pattern BLOCK = Pattern.compile("^\\s*([-*] |\\d+\\. |#+ |> ?)");

    @Test
    void no_sentence_has_more_than_30_words() {
        List<String> offences = new ArrayList<>();
        for (Path page : Prose.files(".md")) {
            for (String block : blocks(page)) {
                Arrays.stream(END_OF_SENTENCE.split(block))
                        .filter(sentence -> words(sentence) > WORDS_AT_MOST)
                        .forEach(sentence -> offences.add(page + ": " + sentence));
            }
        }

        assertThat(offences).isEmpty();
    }

    @Test
    void no_link_is_dead() {
        List<String> dead = new ArrayList<>();
        int links = 0;
        for (Path page : Prose.files(".md")) {
            for (String line : withoutListings(page)) {
                Matcher link = LINK.matcher(line.replaceAll("`[^`]*`", "Code"));
                while (link.find()) {
                    links++;
                    if (!leadsSomewhere(page, link.group(2))) {
                        dead.add(page + ": " + link.group(2));
                    }
                }
            }
        }

        assertThat(links).isGreaterThan(200);
        assertThat(dead).isEmpty();
    }

    @Test
    void every_page_is_reached_from_the_readme() {
        Set<Path> reached = new HashSet<>(Set.of(README.normalize()));
        List<Path> next = new ArrayList<>(reached);
        while (!next.isEmpty()) {
            Path page = next.remove(next.size() - 1);
            LINK.matcher(String.join("\n", withoutListings(page)))
                    .results()
                    .map(link -> target(page, link.group(2)))
                    .filter(target -> target.toString().endsWith(".md") && Files.exists(target))
                    .filter(reached::add)
                    .forEach(next::add);
        }

        assertThat(reached)
                .containsAll(Prose.files(".md").stream().map(Path::normalize).toList());
    }

    @Test
    void the_readme_is_short() {
        assertThat(Prose.lines(README)).hasSizeLessThanOrEqualTo(LINES_OF_README_AT_MOST);
    }

    private static boolean leadsSomewhere(Path page, String link) {
        if (link.matches("https?://.*")) {
            return true;
        }
        Path target = target(page, link);
        String anchor = link.contains("#") ? link.substring(link.indexOf('#') + 1) : "";
        return Files.exists(target) && (anchor.isEmpty() || anchors(target).contains(anchor));
    }

    private static Path target(Path page, String link) {
        String path = link.replaceFirst("#.*", "");
        return path.isEmpty() ? page.normalize() : page.resolveSibling(path).normalize();
    }

    /** Returns the anchors that a repository's host makes of the headings. */
    private static Set<String> anchors(Path page) {
        return withoutListings(page).stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .collect(toCollection(HashSet::new));
    }

    /** Returns what is read without a pause: a paragraph, an item of a list, a cell of a table. */
    private static List<String> blocks(Path page) {
        List<String> blocks = new ArrayList<>();
        StringBuilder block = new StringBuilder();
        for (String raw : withoutListings(page)) {
            String line = LINK.matcher(raw.replaceAll("`[^`]*`", "Code")).replaceAll("$1");
            if (line.isBlank() || line.startsWith("|") || BLOCK.matcher(line).find()) {
                blocks.add(block.toString());
                block.setLength(0);
            }
            if (line.startsWith("|")) {
                blocks.addAll(Arrays.asList(line.split("\\|")));
            } else {
                block.append(BLOCK.matcher(line).replaceFirst("").strip()).append(' ');
            }
        }
        blocks.add(block.toString());
        return blocks;
    }

    private static long words(String sentence) {
        return Arrays.stream(sentence.split("\\s+"))
                .filter(word -> word.matches(".*[\\p{L}\\p{N}].*"))
                .count();
    }

    private static List<String> withoutListings(Path page) {
        List<String> lines = new ArrayList<>();
        boolean listing = false;
        for (String line : Prose.lines(page)) {
            boolean fence = line.stripLeading().startsWith("```");
            listing ^= fence;
            if (!listing && !fence) {
                lines.add(line);
            }
        }
        return lines;
    }
}
