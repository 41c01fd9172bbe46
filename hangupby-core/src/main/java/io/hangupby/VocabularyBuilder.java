package io.hangupby;

import io.hangupby.decision.Vocabulary;

/**
 * Collects how values are spelled in the task, see {@link HangUpByBuilder#vocabulary(java.util.function.Consumer)}. In code,
 * {@link Vocabulary} itself has the same, typed. Not thread-safe.
 */
public final class VocabularyBuilder {
    private Vocabulary vocabulary;

    VocabularyBuilder(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /**
     * Spells the values that are not overridden in this style: {@code lower} or {@code title}.
     *
     * @throws HangUpByConfigurationException if it is neither
     */
    public VocabularyBuilder style(String style) {
        vocabulary = vocabulary.with(VocabularySettings.style(style));
        return this;
    }

    /**
     * Overrides the text written for one value, such as {@code cold-transfer}. Leave it empty to write nothing.
     *
     * @throws HangUpByConfigurationException if no value has this name
     */
    public VocabularyBuilder value(String endedBy, String value) {
        vocabulary = vocabulary.with(VocabularySettings.endedBy(endedBy), value);
        return this;
    }

    Vocabulary build() {
        return vocabulary;
    }
}
