package io.hangupby.telemetry;

import io.hangupby.call.AccountSid;
import io.hangupby.twilio.Reachability;
import java.time.Instant;

/**
 * How reachable Twilio is for one account at one moment, known from the requests that are made anyway. An application reads this
 * interface and does not implement it: later versions can add methods. Implementations are immutable.
 */
public interface TwilioStatus {

    /** Returns the account. */
    AccountSid account();

    /** Returns how the last request went. */
    Reachability reachability();

    /** Returns since when requests have gone so, or the start if there was no request yet. */
    Instant since();

    /**
     * Returns whether the circuit is open: requests are held back because too many failed. Work waits meanwhile, and continues by
     * itself.
     */
    boolean circuitOpen();

    /** Returns the number of requests since the start that took longer than two seconds, including those that were ended. */
    long slowRequests();

    /**
     * Returns how many task updates this node sends in a second at most, as learnt from Twilio's responses; 0 without a limit. The setting
     * is the upper bound of all nodes on a database together.
     */
    int updatesPerSecond();

    /** Returns whether tasks are now written on the versions that events carry, without a read before. */
    boolean writesOnEventVersions();

    /** Returns how many versions that events carried were compared with what the API shows, since the start. */
    long eventVersionComparisons();

    /** Returns how many of them had other attributes or another number. */
    long eventVersionDifferences();

    /** Returns how many writes went on the version of an event, since the start. */
    long eventVersionWrites();

    /** Returns how many of those met a conflict, and were made again after a read. */
    long eventVersionConflicts();
}
