package io.hangupby.decision;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Defines the value written into {@code conversations.hang_up_by} for each category. For example, {@code
 * Vocabulary.DEFAULT.with(Style.TITLE)} writes {@code Cold Transfer}. Immutable and thread-safe.
 *
 * @param style the spelling of all values that are not overridden
 * @param values the overridden values; two categories may share a value, and an empty value writes nothing
 */
public record Vocabulary(Style style, Map<EndedBy, String> values) {
    /** {@code customer}, {@code agent}, {@code cold transfer}, …. */
    public static final Vocabulary DEFAULT = new Vocabulary(Style.LOWER, Map.of());

    /** The maximum length of a value that Flex Insights keeps, in characters. */
    public static final int MAX_LENGTH = 128;

    /** The spelling of values. */
    public enum Style {
        /** {@code cold transfer}. */
        LOWER,
        /** {@code Cold Transfer}, the spelling of Twilio's Flex templates. */
        TITLE
    }

    /** Copies the map and strips space around each value. */
    public Vocabulary {
        values = values.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, named -> named.getValue().strip()));
    }

    /** Returns this vocabulary with another style. */
    public Vocabulary with(Style style) {
        return new Vocabulary(style, values);
    }

    /** Returns this vocabulary with an overridden value. An empty value writes nothing. */
    public Vocabulary with(EndedBy endedBy, String value) {
        Map<EndedBy, String> more = new HashMap<>(values);
        more.put(endedBy, value);
        return new Vocabulary(style, more);
    }

    /** Returns the value to write, if any. {@link EndedBy#UNKNOWN} never has a value. */
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
