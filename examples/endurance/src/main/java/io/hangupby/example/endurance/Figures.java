package io.hangupby.example.endurance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How others fared for some seconds.
 *
 * @param pages the application's own requests
 * @param callbacks Twilio's, correctly signed
 * @param values from the customer's hanging up to the right value in the task
 */
record Figures(Times pages, Times callbacks, Times values) {
    /** Returns what is not as it must be; empty if all is. */
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
     * How long each took, the shortest first.
     *
     * @param millis those that were completed
     * @param lost how many were not
     */
    record Times(List<Long> millis, int lost) {

        /** Sorts them. */
        Times {
            millis = millis.stream().sorted().toList();
        }

        /** The time that 99 of a hundred took at the most. */
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
