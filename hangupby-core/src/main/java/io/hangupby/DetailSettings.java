package io.hangupby;

import io.hangupby.decision.Detail;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Checks the fields of Flex Insights that a user names for details. Stateless. */
final class DetailSettings {
    private static final Pattern FIELD = Pattern.compile("conversation_(?:attribute|label|measure)_(?:[1-9]|10)");

    private DetailSettings() {}

    static Map<Detail, String> checked(Map<Detail, String> fields) {
        fields.forEach((detail, field) -> {
            if (!FIELD.matcher(field).matches()) {
                throw HangUpByBuilder.wrong(
                        property(detail),
                        "conversation_attribute_1 to _10, conversation_label_1 to _10 or conversation_measure_1 to _10");
            }
        });
        if (new HashSet<>(fields.values()).size() < fields.size()) {
            throw HangUpByBuilder.wrong("hangupby.details", "a field of its own for each detail");
        }
        return fields;
    }

    private static String property(Detail detail) {
        return "hangupby.details." + detail.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
