package io.hangupby.internal.twilio;

import io.hangupby.internal.attributes.TaskAttributes;

/**
 * A task as it was at one moment. Immutable.
 *
 * @param attributes its attributes
 * @param etag identifies this version of the task; an update sends it back unchanged
 * @param over whether the task is completed or canceled, so that a value written now is never read
 * @param presumed whether an event or our own write showed this version, so that only an update proves that the task has no later version
 */
public record TaskSnapshot(TaskAttributes attributes, String etag, boolean over, boolean presumed) {

    /** A version that was read. */
    public TaskSnapshot(TaskAttributes attributes, String etag, boolean over) {
        this(attributes, etag, over, false);
    }

    /** Returns an equal snapshot that does not share what is found in reading the attributes, which takes more memory than the text. */
    public TaskSnapshot unread() {
        return new TaskSnapshot(TaskAttributes.of(attributes.text()), etag, over, presumed);
    }

    /** Returns this version for a caller that did not read the task. */
    public TaskSnapshot asPresumed() {
        return new TaskSnapshot(attributes, etag, over, true);
    }
}
