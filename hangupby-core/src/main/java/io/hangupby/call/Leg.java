package io.hangupby.call;

/**
 * One leg that Twilio lists in a running conference. Immutable.
 *
 * @param call the leg's call
 * @param connected whether somebody is on it; a leg that still rings is not there yet
 */
public record Leg(CallSid call, boolean connected) {}
