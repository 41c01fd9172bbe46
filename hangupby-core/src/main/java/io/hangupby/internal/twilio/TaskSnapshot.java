package io.hangupby.internal.twilio;

import io.hangupby.internal.attributes.TaskAttributes;

/**
 * A task as it was at one moment. Immutable.
 *
 * @param attributes its attributes
 * @param etag identifies this version of the task; an update sends it back unchanged
 * @param over whether the task is completed or canceled, so that a value written now is never read
 */
public record TaskSnapshot(TaskAttributes attributes, String etag, boolean over) {

    /** Returns an equal snapshot that does not share what is found in reading the attributes, which takes more memory than the text. */
    public TaskSnapshot unread() {
        return new TaskSnapshot(TaskAttributes.of(attributes.text()), etag, over);
    }
}
