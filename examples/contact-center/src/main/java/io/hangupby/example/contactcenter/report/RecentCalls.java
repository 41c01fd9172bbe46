package io.hangupby.example.contactcenter.report;

import io.hangupby.decision.HangUpByListener;
import io.hangupby.decision.Outcome;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Keeps the latest 10,000 segments with a verdict, by the number of their latest change: whoever names the last number it has
 * seen is told what it missed, no more and no less. A verdict that turns takes the place of the former. Thread-safe.
 */
@Component
final class RecentCalls implements HangUpByListener {
    static final int CAPACITY = 10_000;
    static final int BATCH = 1000;

    private final AgentNames names;
    private final WireValues values;
    private final WaitingBrowsers browsers;
    private final Clock clock = Clock.systemUTC();
    private final String life = UUID.randomUUID().toString();
    private final NavigableMap<Long, CallRow> byChange = new TreeMap<>();
    private final Map<String, Long> latestChange = new HashMap<>();
    private long changes;

    RecentCalls(AgentNames names, WireValues values, WaitingBrowsers browsers) {
        this.names = names;
        this.values = values;
        this.browsers = browsers;
    }

    @Override
    public void onOutcome(Outcome outcome) {
        keep(outcome);
        browsers.somethingChanged();
    }

    @Override
    public void onCollision(Outcome outcome) {
        onOutcome(outcome);
    }

    private synchronized void keep(Outcome outcome) {
        CallRow row = CallRow.of(++changes, outcome, names, values, clock.millis());
        Optional.ofNullable(latestChange.put(row.reservation(), row.change())).ifPresent(byChange::remove);
        byChange.put(row.change(), row);
        if (byChange.size() > CAPACITY) {
            latestChange.remove(byChange.pollFirstEntry().getValue().reservation());
        }
    }

    /** Returns what changed after a number of this process's; after any other's, everything. */
    synchronized CallBatch after(String sinceLife, long number) {
        long since = sinceLife.equals(life) ? number : 0;
        NavigableMap<Long, CallRow> missed = byChange.tailMap(since, false);
        List<CallRow> rows = new ArrayList<>(Math.min(BATCH, missed.size()));
        missed.values().stream().limit(BATCH).forEach(rows::add);
        long last = rows.isEmpty() ? changes : rows.get(rows.size() - 1).change();
        return new CallBatch(life, byChange.isEmpty() ? changes : byChange.firstKey(), last, last < changes, rows);
    }

    /** Returns the workspace of a task that is kept. */
    synchronized Optional<String> workspaceOf(String task) {
        return byChange.values().stream()
                .filter(row -> row.task().equals(task))
                .map(CallRow::workspace)
                .findFirst();
    }
}
