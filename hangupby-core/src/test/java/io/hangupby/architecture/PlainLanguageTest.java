package io.hangupby.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A reader meets the words of the field: in Javadoc, texts, public names and pages. */
class PlainLanguageTest {
    /** Twilio's own status {@code no-answer} and the setting {@code look-back} keep their names. */
    private static final Pattern BANNED = Pattern.compile(
            "\\b((?<!no[ _-])answer(s|ed|ing)?|tells?|told|eventsLost|telling|hears?|heard|stands?|stood|standing"
                    + "|look(?!-? ?back)(s|ed|ing)?|com(e|es|ing) to nothing|came to nothing|in vain"
                    + "|puts? (it |them )?back|puts? (it |them )?off|else"
                    + "|(another|each|every|the|this|that|no|only|last|right|wrong|same|own|an? \\w+) one(?=[.,;:)]|$)"
                    + "|ones?,? (that|who|whom|whose|which|is|are|has|have|of its own|of ours|of yours))\\b",
            Pattern.CASE_INSENSITIVE);

    @Test
    void sources_have_no_banned_word() {
        assertThat(offences(Prose.ofSources())).isEmpty();
    }

    @Test
    void pages_have_no_banned_word() {
        assertThat(offences(Prose.ofPages())).isEmpty();
    }

    private static List<String> offences(List<Prose.Piece> pieces) {
        assertThat(pieces).as("there is something to read").hasSizeGreaterThan(100);
        List<String> offences = new ArrayList<>();
        for (Prose.Piece piece : pieces) {
            BANNED.matcher(piece.text())
                    .results()
                    .map(MatchResult::group)
                    .forEach(word -> offences.add(piece.place() + ": " + word));
        }
        return offences;
    }
}
