package io.hangupby.call;

/**
 * One leg that Twilio lists in a running conference. Immutable.
 *
 * @param call the leg's call
 * @param connected whether somebody is on it; a leg that still rings is not there yet
 * @param talking whether it is heard by all: neither muted nor only coaching the agent
 */
public record Leg(CallSid call, boolean connected, boolean talking) {}
