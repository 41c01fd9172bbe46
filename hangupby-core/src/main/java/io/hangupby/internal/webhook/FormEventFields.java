package io.hangupby.internal.webhook;

import io.hangupby.internal.event.EventFields;
import io.hangupby.internal.facts.LiveFacts;
import java.util.Optional;

/** The fields of a TaskRouter event callback. */
record FormEventFields(FormBody form) implements EventFields {
    @Override
    public Optional<String> text(String name) {
        return form.value(name);
    }

    @Override
    public boolean is(String name, String text) {
        return form.is(name, text);
    }

    @Override
    public Optional<String> within(String name, String... path) {
        return form.value(name).flatMap(json -> new InnerDocument(name, json).text(path));
    }

    /**
     * Notes what the event is like.
     *
     * @param hasToken whether the request had an idempotency token
     */
    void noteIn(LiveFacts facts, Endpoint endpoint, boolean hasToken) {
        if (endpoint == Endpoint.CONFERENCE) {
            facts.conferenceCallback(this);
        } else {
            facts.callback(this, hasToken);
        }
    }
}
