package io.hangupby;

import java.time.Duration;

/**
 * When TaskRouter's Events resource is searched for wrap-ups whose callback did not arrive.
 *
 * @param interval the time between two searches; zero for none
 * @param lookBack how far back the first search goes
 */
record RecoverySettings(Duration interval, Duration lookBack) {
    boolean isOff() {
        return interval.isZero();
    }
}
