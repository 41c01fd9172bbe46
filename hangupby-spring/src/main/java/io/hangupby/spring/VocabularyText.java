package io.hangupby.spring;

import io.hangupby.HangUpByConfigurationException;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Vocabulary;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Reads the parts of a {@link Vocabulary} as properties and environment variables spell them. */
final class VocabularyText {
    private static final String PREFIX = "hangupby.vocabulary.";

    private VocabularyText() {}

    /** @throws HangUpByConfigurationException if no style has this name */
    static Vocabulary.Style style(String text) {
        return Arrays.stream(Vocabulary.Style.values())
                .filter(style -> style.name().equalsIgnoreCase(text.strip()))
                .findFirst()
                .orElseThrow(() -> new HangUpByConfigurationException(
                        PREFIX + "style", "has a value that cannot be used", "set it to lower or title"));
    }

    /**
     * Accepts {@code coldTransfer} for {@code cold-transfer}, and {@code cold.transfer}, which an environment variable becomes.
     *
     * @throws HangUpByConfigurationException if no value has this name
     */
    static EndedBy endedBy(String name) {
        return Arrays.stream(EndedBy.values())
                .filter(endedBy -> letters(endedBy.name()).equals(letters(name)))
                .findFirst()
                .orElseThrow(() -> new HangUpByConfigurationException(
                        PREFIX + "values." + name, "names no value", "use one of " + names()));
    }

    private static List<String> names() {
        return Arrays.stream(EndedBy.values())
                .filter(endedBy -> endedBy != EndedBy.UNKNOWN)
                .map(endedBy -> endedBy.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
    }

    private static String letters(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_. ]", "");
    }
}
