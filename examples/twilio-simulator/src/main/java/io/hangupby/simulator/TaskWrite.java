package io.hangupby.simulator;

import java.time.Instant;
import java.util.Optional;

/**
 * One update of a task through the API. Immutable.
 *
 * @param at when it was asked for
 * @param status what it was answered, or would have been, had the answer not been spoilt
 * @param ifMatch the version it was made conditional on
 * @param before the attributes it met
 * @param after the attributes it left
 */
public record TaskWrite(Instant at, int status, Optional<String> ifMatch, String before, String after) {

    /** Says whether it took effect. */
    public boolean applied() {
        return status == 200;
    }
}
