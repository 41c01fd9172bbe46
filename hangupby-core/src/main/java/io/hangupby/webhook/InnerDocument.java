package io.hangupby.webhook;

import io.hangupby.internal.attributes.TaskAttributes;
import java.util.Optional;

/** A field of an event that is itself a JSON document: the attributes of a task or a worker, which are people's own. */
record InnerDocument(String field, String json) {

    /**
     * Returns the text at a path, if there is one.
     *
     * @throws BeyondLimitsException if the document nests too deep to be looked into
     */
    Optional<String> text(String... path) {
        TaskAttributes document = TaskAttributes.of(json);
        Optional<String> text = document.string(path);
        if (text.isEmpty() && document.nestsTooDeep()) {
            throw new BeyondLimitsException(
                    field + " nests objects or arrays more than " + TaskAttributes.MAX_DEPTH + " deep");
        }
        return text;
    }

    /** Leaves the document out: it holds callers' data. */
    @Override
    public String toString() {
        return "InnerDocument[" + field + "]";
    }
}
