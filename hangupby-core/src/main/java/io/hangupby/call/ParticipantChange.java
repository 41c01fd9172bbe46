package io.hangupby.call;

import java.time.Instant;

/**
 * A status callback that says that a leg joined the conference, or was muted, put on hold or otherwise modified.
 * Immutable.
 *
 * @param leg the leg
 * @param order the callback's sequence number in the conference; lower is earlier
 * @param at when the leg changed, in whole seconds
 * @param joins whether the leg joined with this callback
 * @param talking whether the leg can speak to everybody from now on: neither muted nor coaching
 * @param onHold whether the leg is on hold from now on
 * @param coaching whether the leg coaches an agent from now on, and only that agent is spoken to
 */
public record ParticipantChange(
        CallSid leg, int order, Instant at, boolean joins, boolean talking, boolean onHold, boolean coaching) {}
