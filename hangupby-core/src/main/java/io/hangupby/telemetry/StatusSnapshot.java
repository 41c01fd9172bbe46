package io.hangupby.telemetry;

import io.hangupby.twilio.Reachability;

/**
 * How hangupby gets on, as of one moment. Immutable.
 *
 * @param twilio how Twilio answered when it was last asked for something
 * @param circuitOpen whether requests to Twilio are held back, because too many failed just before
 * @param journalUp whether the journal answers; if not, nothing is known of what is due or parked
 * @param due how many tasks are due, waiting or being worked on
 * @param parked how many tasks were given up and wait to be put back
 * @param collisions how many agents completed with another agent's value in the task, since the start
 * @param recovered how many wrap-ups were found whose callbacks had not come, since the start
 */
public record StatusSnapshot(
        Reachability twilio,
        boolean circuitOpen,
        boolean journalUp,
        int due,
        int parked,
        long collisions,
        long recovered) {}
