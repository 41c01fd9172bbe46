package io.hangupby.example.contactcenter.report;

import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Vocabulary;
import java.util.Locale;
import java.util.Optional;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** The value of each category in the task, according to hangupby's settings. Immutable. */
@Component
final class WireValues {
    private final Vocabulary vocabulary;

    WireValues(Environment settings) {
        String style = settings.getProperty("hangupby.vocabulary.style", "lower");
        Vocabulary named =
                Vocabulary.DEFAULT.with(Vocabulary.Style.valueOf(style.strip().toUpperCase(Locale.ROOT)));
        for (EndedBy category : EndedBy.values()) {
            String name = settings.getProperty("hangupby.vocabulary.values." + key(category));
            named = name == null ? named : named.with(category, name);
        }
        vocabulary = named;
    }

    private static String key(EndedBy category) {
        return category.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Optional<String> of(EndedBy category) {
        return vocabulary.value(category);
    }
}
