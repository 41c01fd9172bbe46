package io.hangupby;

import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Vocabulary;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How the settings name the parts of a {@link Vocabulary}. */
final class VocabularySettings {
    private static final String STYLE = "hangupby.vocabulary.style";
    private static final String VALUES = "hangupby.vocabulary.values.";

    private VocabularySettings() {}

    static Vocabulary.Style style(String text) {
        return Arrays.stream(Vocabulary.Style.values())
                .filter(style -> style.name().equalsIgnoreCase(text.strip()))
                .findFirst()
                .orElseThrow(() -> new HangUpByConfigurationException(
                        STYLE, "has a value that cannot be used", "set it to lower or title"));
    }

    /** Spring takes {@code coldTransfer} for {@code cold-transfer}, and from the environment gives {@code cold.transfer}. */
    static EndedBy endedBy(String name) {
        return Arrays.stream(EndedBy.values())
                .filter(endedBy -> letters(endedBy.name()).equals(letters(name)))
                .findFirst()
                .orElseThrow(() ->
                        new HangUpByConfigurationException(VALUES + name, "names no value", "use one of " + keys()));
    }

    /** What Flex Insights would cut off would make two values of one in its reports. */
    static Vocabulary checked(Vocabulary vocabulary) {
        vocabulary.values().forEach((endedBy, value) -> {
            if (value.length() > Vocabulary.MAX_LENGTH) {
                throw new HangUpByConfigurationException(
                        VALUES + key(endedBy),
                        "is longer than Flex Insights keeps it",
                        "set it to " + Vocabulary.MAX_LENGTH + " characters at the most");
            }
        });
        return vocabulary;
    }

    private static List<String> keys() {
        return Arrays.stream(EndedBy.values())
                .filter(endedBy -> endedBy != EndedBy.UNKNOWN)
                .map(VocabularySettings::key)
                .toList();
    }

    private static String key(EndedBy endedBy) {
        return endedBy.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String letters(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_. ]", "");
    }
}
