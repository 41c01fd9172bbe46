package io.hangupby.simulator.account;

import java.time.Instant;
import java.util.Optional;

/**
 * One update of a task through the API. Immutable.
 *
 * @param at when it was requested
 * @param status the HTTP status of the response, even if a fault replaced the response
 * @param ifMatch the version that the update was conditional on
 * @param before the attributes before the update
 * @param after the attributes after the update
 */
public record TaskWrite(Instant at, int status, Optional<String> ifMatch, String before, String after) {

    /** Returns whether it took effect. */
    public boolean applied() {
        return status == 200;
    }
}
