package io.hangupby.call;

/**
 * A row of the Participants resource: one leg in a running conference. Immutable.
 *
 * @param call the participant's leg
 * @param connected whether the leg is connected; a leg that still rings is not
 * @param talking whether the participant can speak to everybody: neither muted nor coaching
 */
public record Participant(CallSid call, boolean connected, boolean talking) {}
