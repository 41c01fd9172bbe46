package io.hangupby.internal.twilio;

import io.hangupby.internal.attributes.TaskAttributes;

/**
 * A task as it was at one moment. Immutable.
 *
 * @param attributes its attributes
 * @param etag the mark of this version, to be sent back untouched with an update; a task has no version of its own
 * @param over whether the task is completed or canceled, so that no value written now is ever read
 */
public record TaskSnapshot(TaskAttributes attributes, String etag, boolean over) {}
