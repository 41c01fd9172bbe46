package io.hangupby.example.endurance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The figures of regular traffic over some seconds.
 *
 * @param pages the application's own requests
 * @param callbacks Twilio's correctly signed requests
 * @param values from the customer's hanging up to the right value in the task
 */
record Figures(Times pages, Times callbacks, Times values) {
    /** Returns the failed checks; empty if all checks pass. */
    List<String> faults(Scenario.Judged judged, Scenario.Limits limits) {
        List<String> faults = new ArrayList<>(pages.faults("requests", limits.request()));
        if (judged == Scenario.Judged.ALL) {
            faults.addAll(callbacks.faults("callbacks", limits.request()));
            faults.addAll(values.faults("values", limits.value()));
        }
        return faults;
    }

    @Override
    public String toString() {
        return "%s | %s | %s".formatted(pages, callbacks, values);
    }

    /**
     * The durations of requests, sorted.
     *
     * @param millis the durations of completed requests
     * @param lost the number of requests that were not completed
     */
    record Times(List<Long> millis, int lost) {

        /** Sorts the durations. */
        Times {
            millis = millis.stream().sorted().toList();
        }

        /** Returns the 99th percentile. */
        long usual() {
            return millis.isEmpty() ? 0 : millis.get((int) Math.ceil(millis.size() * 0.99) - 1);
        }

        long longest() {
            return millis.isEmpty() ? 0 : millis.get(millis.size() - 1);
        }

        private List<String> faults(String what, Duration limit) {
            List<String> faults = new ArrayList<>();
            if (lost > 0 || millis.isEmpty()) {
                faults.add(what + ": " + lost + " of " + (lost + millis.size()) + " lost");
            }
            if (usual() > limit.toMillis()) {
                faults.add(what + ": " + usual() + " ms");
            }
            return faults;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%5d / %5d %s", usual(), longest(), lost == 0 ? "   " : "-" + lost);
        }
    }
}
