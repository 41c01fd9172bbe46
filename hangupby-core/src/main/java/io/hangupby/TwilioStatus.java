package io.hangupby;

import io.hangupby.call.AccountSid;
import io.hangupby.twilio.Reachability;
import java.time.Instant;

/**
 * How reachable Twilio is for one account, as of one moment; known from the requests that are made anyway. Immutable.
 *
 * @param account the account
 * @param reachability how the last request went
 * @param since since when requests have gone so, or the start if there was no request yet
 * @param circuitOpen whether the circuit is open: requests are held back because too many failed. Work waits meanwhile, and continues
 *     by itself
 * @param slowRequests the number of requests since the start that took longer than two seconds, including those that were ended
 */
public record TwilioStatus(
        AccountSid account, Reachability reachability, Instant since, boolean circuitOpen, long slowRequests) {}
