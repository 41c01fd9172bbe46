package io.hangupby.example.contactcenter.report;

import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Vocabulary;
import java.util.Locale;
import java.util.Optional;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** What the answers are called in the task, by the settings of hangupby. Immutable. */
@Component
final class WireValues {
    private final Vocabulary vocabulary;

    WireValues(Environment settings) {
        String style = settings.getProperty("hangupby.vocabulary.style", "lower");
        Vocabulary named =
                Vocabulary.DEFAULT.with(Vocabulary.Style.valueOf(style.strip().toUpperCase(Locale.ROOT)));
        for (EndedBy answer : EndedBy.values()) {
            String name = settings.getProperty("hangupby.vocabulary.values." + key(answer));
            named = name == null ? named : named.with(answer, name);
        }
        vocabulary = named;
    }

    private static String key(EndedBy answer) {
        return answer.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Optional<String> of(EndedBy answer) {
        return vocabulary.value(answer);
    }
}
