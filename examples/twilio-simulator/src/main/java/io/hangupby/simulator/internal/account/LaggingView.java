package io.hangupby.simulator.internal.account;

import java.time.Instant;

/** What the API shows of a resource: for some time after a change, the state before the change. */
final class LaggingView<T> {

    private T before;
    private T now;
    private Instant visibleFrom = Instant.MIN;
    private int readsLeft;

    LaggingView(T first) {
        this.before = first;
        this.now = first;
    }

    void publish(T value, Instant at, ApiLag lag) {
        if (value.equals(now)) {
            return;
        }
        before = now;
        now = value;
        visibleFrom = at.plus(lag.time());
        readsLeft = lag.reads();
    }

    T read(Instant at) {
        if (readsLeft > 0) {
            readsLeft--;
            return before;
        }
        return at.isBefore(visibleFrom) ? before : now;
    }
}
