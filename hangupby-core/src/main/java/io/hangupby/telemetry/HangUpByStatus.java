package io.hangupby.telemetry;

import io.hangupby.decision.Kept;
import io.hangupby.twilio.Reachability;
import java.util.Comparator;
import java.util.List;

/**
 * The status of one {@code HangUpBy} at one moment, made without a request to Twilio. Counts begin with the start of the process. An
 * application reads this interface and does not implement it: later versions can add methods. Implementations are immutable.
 */
public interface HangUpByStatus {

    /** How full the journal is when {@link #isJournalNearlyFull} begins to warn, in percent. */
    int NEARLY_FULL_PERCENT = 80;

    /** Returns how reachable Twilio is for each account, in the order in which the accounts were given. */
    List<TwilioStatus> twilio();

    /** Returns whether the journal works. If not, events get a 503, and {@link #due} and {@link #parked} are not known. */
    boolean journalUp();

    /** Returns the number of tasks that are due, waiting or being processed. */
    int due();

    /** Returns the number of parked tasks, which {@code HangUpBy.parked} lists. */
    int parked();

    /**
     * Returns how many agents' values came too late, because an agent who wrapped up the same task earlier had the field. The
     * listener and the log have each of them.
     */
    long collisions();

    /** Returns the number of completed segments with a value, by whether Flex Insights read it. */
    long values(Kept kept);

    /** Returns the number of wrap-ups that this node found at Twilio and whose callback had not arrived. */
    long recovered();

    /** Returns the number of events that this node could not store. Each of them got a 503. */
    long rejectedEvents();

    /**
     * Returns the number of events that {@code HangUpByFilter} gave up. Nobody sends them again. The journal may store such an event
     * late, and recovery finds the wrap-ups.
     */
    long missedEvents();

    /**
     * Returns how much of its room the in-memory journal needs for calls that have not ended, in percent. Always 0 in a database.
     */
    int journalPercentFull();

    /** Returns the number of such calls that were forgotten to make room: those that were quiet longest. */
    long forgotten();

    /**
     * Returns what Twilio's events have been like since the start, as a block of lines for a report: how long they take, which fields
     * they have, in which order they come. It holds no SID, number, name or attribute.
     */
    String facts();

    /** Returns the reachability of the account for which Twilio is least reachable. */
    default Reachability worstReachability() {
        return twilio().stream()
                .map(TwilioStatus::reachability)
                .max(Comparator.naturalOrder())
                .orElse(Reachability.UNTRIED);
    }

    /** Returns whether the values of all accounts can be written, as far as is known without a request. */
    default boolean isOperational() {
        return twilio().stream().noneMatch(TwilioStatus::circuitOpen);
    }

    /** Returns whether the in-memory journal is nearly full: of calls whose end was not reported, or too many for the heap. */
    default boolean isJournalNearlyFull() {
        return journalPercentFull() >= NEARLY_FULL_PERCENT;
    }
}
