package io.hangupby.attributes;

import io.hangupby.decision.EndedBy;
import java.util.Locale;
import java.util.Optional;

/** What a verdict is called in {@code conversations.hang_up_by}. Immutable and thread-safe. */
public final class Vocabulary {
    private Vocabulary() {}

    /** Returns the text to write for an answer; nothing is ever written for {@link EndedBy#UNKNOWN}. */
    public static Optional<String> value(EndedBy endedBy) {
        return endedBy == EndedBy.UNKNOWN
                ? Optional.empty()
                : Optional.of(endedBy.name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }
}
