package io.hangupby;

import io.hangupby.twilio.Reachability;
import java.time.Instant;

/**
 * How hangupby gets on, as of one moment; made without asking Twilio anything. Immutable.
 *
 * @param twilio how Twilio answered when it was last asked for something
 * @param since since when it has answered so, or of the start where it has not been asked yet
 * @param breakerOpen whether requests are held back, because too many failed just before; work waits meanwhile, and goes on by
 *     itself
 * @param journalUp whether the journal answers; if not, events are answered 503, and nothing is known of what is due
 * @param due how many tasks are due, waiting or being worked on
 * @param parked how many tasks were given up and wait to be put back, see {@link HangUpBy#parked}
 * @param collisions how many agents' values came too late since the start, see {@link HangUpBy#collisions}
 * @param recovered how many wrap-ups this node found at Twilio since the start whose callbacks had not come
 * @param refused how many events this node could not keep since the start, and answered 503
 * @param missed how many events this node gave up since the start that came by callbacks which the application answers itself,
 *     see {@code HangUpByFilter}: nobody sends these again, and recovery finds their wrap-ups
 */
public record HangUpByStatus(
        Reachability twilio,
        Instant since,
        boolean breakerOpen,
        boolean journalUp,
        int due,
        int parked,
        long collisions,
        long recovered,
        long refused,
        long missed) {

    /** Says whether values can be written, as far as is known without trying. */
    public boolean canWrite() {
        return !breakerOpen;
    }
}
