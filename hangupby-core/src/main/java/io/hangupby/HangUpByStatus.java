package io.hangupby;

import io.hangupby.twilio.Reachability;
import java.util.Comparator;
import java.util.List;

/**
 * How hangupby gets on, as of one moment; made without asking Twilio anything. Immutable.
 *
 * @param twilio how Twilio answers, for each account, in the order in which they were given
 * @param journalUp whether the journal answers; if not, events are answered 503, and nothing is known of what is due
 * @param due how many tasks are due, waiting or being worked on
 * @param parked how many tasks were given up and wait to be put back, see {@link HangUpBy#parked}
 * @param collisions how many agents' values came too late since the start, see {@link HangUpBy#collisions}
 * @param recovered how many wrap-ups this node found at Twilio since the start whose callbacks had not come
 * @param rejectedEvents how many events this node could not keep since the start, and answered 503
 * @param missedEvents how many events this node gave up since the start that came by callbacks which the application answers itself,
 *     see {@code HangUpByFilter}: nobody sends these again; the journal may keep one late, and recovery finds their wrap-ups
 * @param journalPercentFull how much of its room the journal in memory needs for calls that have not ended; always 0 in a database
 * @param forgotten how many such calls it forgot since the start to make room for others: those that were quiet longest
 */
public record HangUpByStatus(
        List<TwilioStatus> twilio,
        boolean journalUp,
        int due,
        int parked,
        long collisions,
        long recovered,
        long rejectedEvents,
        long missedEvents,
        int journalPercentFull,
        long forgotten) {
    private static final int NEARLY_FULL_PERCENT = 80;

    /** Keeps a list of its own. */
    public HangUpByStatus {
        twilio = List.copyOf(twilio);
    }

    /** Returns how Twilio answers the account that it answers worst. */
    public Reachability worstReachability() {
        return twilio.stream()
                .map(TwilioStatus::reachability)
                .max(Comparator.naturalOrder())
                .orElse(Reachability.UNTRIED);
    }

    /** Says whether the values of all accounts can be written, as far as is known without trying. */
    public boolean isOperational() {
        return twilio.stream().noneMatch(TwilioStatus::circuitOpen);
    }

    /** Says whether the journal in memory is nearly full, of calls whose ends nobody tells or that are too many for the heap. */
    public boolean isJournalNearlyFull() {
        return journalPercentFull >= NEARLY_FULL_PERCENT;
    }
}
