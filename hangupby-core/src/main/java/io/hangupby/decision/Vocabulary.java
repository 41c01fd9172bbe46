package io.hangupby.decision;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the answers are called in {@code conversations.hang_up_by}: {@code Vocabulary.DEFAULT.with(Style.TITLE)} writes
 * {@code Cold Transfer}. Immutable and thread-safe.
 *
 * @param style how answers are spelled that have no name of their own
 * @param values the answers that have one; two may share it, and nothing is written for an answer whose name is empty
 */
public record Vocabulary(Style style, Map<EndedBy, String> values) {
    /** {@code customer}, {@code agent}, {@code cold transfer}, …. */
    public static final Vocabulary DEFAULT = new Vocabulary(Style.LOWER, Map.of());

    /** The most characters of a value that Flex Insights keeps. */
    public static final int MAX_LENGTH = 128;

    /** A way to spell all answers. */
    public enum Style {
        /** {@code cold transfer}. */
        LOWER,
        /** {@code Cold Transfer}, as Twilio's own Flex templates have it. */
        TITLE
    }

    /** Copies the map; space around a name is no part of it. */
    public Vocabulary {
        values = values.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, named -> named.getValue().strip()));
    }

    /** Returns this vocabulary in another style. */
    public Vocabulary with(Style style) {
        return new Vocabulary(style, values);
    }

    /** Returns this vocabulary with a name for one answer; nothing is written for it if the name is empty. */
    public Vocabulary with(EndedBy endedBy, String value) {
        Map<EndedBy, String> more = new HashMap<>(values);
        more.put(endedBy, value);
        return new Vocabulary(style, more);
    }

    /** Returns the text to write for an answer, if any; nothing is ever written for {@link EndedBy#UNKNOWN}. */
    public Optional<String> value(EndedBy endedBy) {
        return endedBy == EndedBy.UNKNOWN
                ? Optional.empty()
                : Optional.of(values.getOrDefault(endedBy, styled(endedBy))).filter(value -> !value.isEmpty());
    }

    private String styled(EndedBy endedBy) {
        String words = endedBy.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return switch (style) {
            case LOWER -> words;
            case TITLE ->
                Arrays.stream(words.split(" "))
                        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                        .collect(Collectors.joining(" "));
        };
    }
}
