package io.hangupby;

import io.hangupby.decision.Vocabulary;
import java.util.Locale;

/** Checks a {@link Vocabulary}. */
final class VocabularySettings {
    private VocabularySettings() {}

    /** What Flex Insights would cut off would make two values of one in its reports. */
    static Vocabulary checked(Vocabulary vocabulary) {
        vocabulary.values().forEach((endedBy, value) -> {
            if (value.length() > Vocabulary.MAX_LENGTH) {
                throw new HangUpByConfigurationException(
                        "hangupby.vocabulary.values."
                                + endedBy.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        "is longer than Flex Insights keeps it",
                        "set it to " + Vocabulary.MAX_LENGTH + " characters at the most");
            }
        });
        return vocabulary;
    }
}
