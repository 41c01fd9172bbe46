package io.hangupby;

import io.hangupby.twilio.Reachability;
import java.util.Comparator;
import java.util.List;

/**
 * The status of one {@link HangUpBy}, as of one moment; made without a request to Twilio. Immutable.
 *
 * @param twilio how reachable Twilio is for each account, in the order in which the accounts were given
 * @param journalUp whether the journal works; if not, events get a 503 and the number of due tasks is not known
 * @param due the number of tasks that are due, waiting or being processed
 * @param parked the number of parked tasks, see {@link HangUpBy#parked}
 * @param collisions the number of agents' values that came too late since the start, see {@link HangUpBy#collisions}
 * @param recovered the number of wrap-ups that this node found at Twilio since the start and whose callback had not arrived
 * @param rejectedEvents the number of events that this node could not keep since the start; each got a 503
 * @param missedEvents the number of events that {@code HangUpByFilter} gave up since the start. Nobody sends them again; the journal
 *     may keep such an event late, and recovery finds the wrap-ups
 * @param journalPercentFull how much of its room the in-memory journal needs for calls that have not ended; always 0 in a database
 * @param forgotten the number of such calls that were forgotten since the start to make room: those that were quiet longest
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

    /** Copies the list. */
    public HangUpByStatus {
        twilio = List.copyOf(twilio);
    }

    /** Returns the reachability of the account for which Twilio is least reachable. */
    public Reachability worstReachability() {
        return twilio.stream()
                .map(TwilioStatus::reachability)
                .max(Comparator.naturalOrder())
                .orElse(Reachability.UNTRIED);
    }

    /** Returns whether the values of all accounts can be written, as far as is known without a request. */
    public boolean isOperational() {
        return twilio.stream().noneMatch(TwilioStatus::circuitOpen);
    }

    /** Returns whether the in-memory journal is nearly full: of calls whose end was not reported, or too many for the heap. */
    public boolean isJournalNearlyFull() {
        return journalPercentFull >= NEARLY_FULL_PERCENT;
    }
}
