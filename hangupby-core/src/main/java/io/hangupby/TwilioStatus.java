package io.hangupby;

import io.hangupby.call.AccountSid;
import io.hangupby.twilio.Reachability;
import java.time.Instant;

/**
 * How Twilio answers for one account, as of one moment; known from what was asked anyway. Immutable.
 *
 * @param account whose
 * @param reachability how Twilio answered when it was last asked for something
 * @param since since when it has answered so, or of the start where it has not been asked yet
 * @param circuitOpen whether requests are held back, because too many failed just before; work waits meanwhile, and goes on by
 *     itself
 * @param slowRequests how many requests have taken longer than two seconds since the start, those included that were ended because
 *     the response took too long
 */
public record TwilioStatus(
        AccountSid account, Reachability reachability, Instant since, boolean circuitOpen, long slowRequests) {}
