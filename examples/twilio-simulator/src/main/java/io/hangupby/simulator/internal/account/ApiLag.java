package io.hangupby.simulator.internal.account;

import java.time.Duration;

/**
 * How long the API shows conferences and calls as they were before a change.
 *
 * @param time for how long
 * @param reads for how many reads of the same resource
 */
public record ApiLag(Duration time, int reads) {

    public static final ApiLag NONE = new ApiLag(Duration.ZERO, 0);
}
