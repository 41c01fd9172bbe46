package io.hangupby.internal.webhook;

import io.hangupby.internal.event.EventFields;
import java.util.Optional;

/** The fields of one callback. Used by one thread. */
final class FormEventFields implements EventFields {
    private final FormBody form;

    /** A wrap-up is asked for several texts of one document, one after the other. */
    private Optional<InnerDocument> latest = Optional.empty();

    FormEventFields(FormBody form) {
        this.form = form;
    }

    @Override
    public Optional<String> text(String name) {
        return form.value(name);
    }

    @Override
    public boolean has(String name) {
        return form.has(name);
    }

    @Override
    public boolean is(String name, String text) {
        return form.is(name, text);
    }

    @Override
    public Optional<String> within(String name, String... path) {
        latest = latest.filter(document -> document.field().equals(name))
                .or(() -> form.value(name).map(json -> InnerDocument.of(name, json)));
        return latest.flatMap(document -> document.text(path));
    }
}
