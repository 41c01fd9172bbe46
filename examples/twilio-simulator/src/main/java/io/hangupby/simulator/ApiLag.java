package io.hangupby.simulator;

import java.time.Duration;

/**
 * How long the API goes on showing conferences and calls as they were before a change.
 *
 * @param time for how long
 * @param reads for how many reads of the same resource
 */
record ApiLag(Duration time, int reads) {

    static final ApiLag NONE = new ApiLag(Duration.ZERO, 0);
}
