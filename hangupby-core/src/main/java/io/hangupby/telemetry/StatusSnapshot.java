package io.hangupby.telemetry;

import io.hangupby.twilio.Reachability;

/**
 * The status of one hangupby account at one moment. Immutable.
 *
 * @param twilio the result of the last request to Twilio
 * @param circuitOpen whether requests to Twilio are suspended because too many failed
 * @param journalUp whether the journal responds; if not, {@code due} and {@code parked} are not known
 * @param due the number of tasks that are due, waiting or in progress
 * @param parked the number of parked tasks
 * @param collisions the number of agents who completed with another agent's value in the task, since the start
 * @param recovered the number of wrap-ups found at Twilio whose callback was missing, since the start
 */
public record StatusSnapshot(
        Reachability twilio,
        boolean circuitOpen,
        boolean journalUp,
        int due,
        int parked,
        long collisions,
        long recovered) {}
