package io.hangupby.internal.webhook;

import io.hangupby.internal.attributes.TaskAttributes;
import java.util.Optional;

/** A field of an event that is a JSON document: the attributes of a task or a worker. */
record InnerDocument(String field, TaskAttributes document) {

    static InnerDocument of(String field, String json) {
        return new InnerDocument(field, TaskAttributes.of(json));
    }

    /**
     * Returns the text at a path, if present.
     *
     * @throws BeyondLimitsException if the document nests too deep to be read
     */
    Optional<String> text(String... path) {
        Optional<String> text = document.string(path);
        if (text.isEmpty() && document.nestsTooDeep()) {
            throw new BeyondLimitsException(
                    field + " nests objects or arrays more than " + TaskAttributes.MAX_DEPTH + " deep");
        }
        return text;
    }

    /** Omits the document, which holds callers' data. */
    @Override
    public String toString() {
        return "InnerDocument[" + field + "]";
    }
}
