package io.hangupby.simulator.rest;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Counts the task updates of each second, and turns away those beyond the account's limit. Thread-safe. */
final class UpdateWindow {
    private final Supplier<Optional<Integer>> limit;
    private long second;
    private int used;

    UpdateWindow(Supplier<Optional<Integer>> limit) {
        this.limit = limit;
    }

    /** Makes an update unless the limit is used up. The response then says what remains. */
    synchronized ApiResponse limit(Instant at, Supplier<ApiResponse> update) {
        Optional<Integer> allowed = limit.get();
        if (allowed.isEmpty()) {
            return update.get();
        }
        if (second != at.getEpochSecond()) {
            second = at.getEpochSecond();
            used = 0;
        }
        Map<String, String> headers = headers(allowed.get(), Math.max(0, allowed.get() - ++used));
        return used > allowed.get()
                ? ApiResponse.error(429, 20429, "Too many requests", headers)
                : update.get().with(headers);
    }

    private static Map<String, String> headers(int allowed, int left) {
        return Map.of("X-Rate-Limit-Limit", String.valueOf(allowed), "X-Rate-Limit-Remaining", String.valueOf(left));
    }
}
