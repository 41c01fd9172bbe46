package io.hangupby;

import java.time.Duration;

/**
 * Collects when TaskRouter's Events resource is searched for wrap-ups whose callback did not arrive, see
 * {@link HangUpByBuilder#recovery}. Not thread-safe.
 */
public final class RecoveryBuilder {
    private Duration interval = HangUpByBuilder.DEFAULT_RECOVERY_INTERVAL;
    private Duration lookBack = HangUpByBuilder.DEFAULT_RECOVERY_LOOK_BACK;

    RecoveryBuilder() {}

    /**
     * Searches at this interval; zero switches recovery off. Each search takes two requests for a workspace. Of several nodes on
     * one database, one searches.
     */
    public RecoveryBuilder interval(Duration interval) {
        this.interval = interval;
        return this;
    }

    /** Searches this far back at the start: as long as agents may take for after-call work. */
    public RecoveryBuilder lookBack(Duration lookBack) {
        this.lookBack = lookBack;
        return this;
    }

    /**
     * @throws HangUpByConfigurationException if a setting is wrong
     */
    RecoverySettings build() {
        if (interval.isNegative()) {
            throw HangUpByBuilder.wrong("hangupby.recovery.interval", "0 for no recovery, or more");
        }
        if (lookBack.isNegative() || lookBack.isZero()) {
            throw HangUpByBuilder.wrong("hangupby.recovery.look-back", "a time, such as 15m");
        }
        return new RecoverySettings(interval, lookBack);
    }
}
