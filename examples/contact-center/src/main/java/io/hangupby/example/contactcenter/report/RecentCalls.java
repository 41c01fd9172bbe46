package io.hangupby.example.contactcenter.report;

import static java.util.stream.Collectors.toCollection;

import io.hangupby.call.ReservationSid;
import io.hangupby.call.Segment;
import io.hangupby.call.TaskRef;
import io.hangupby.decision.HangUpByListener;
import io.hangupby.decision.Outcome;
import io.hangupby.example.contactcenter.report.CallBatch.Journal;
import io.hangupby.example.contactcenter.report.CallRow.Stage;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Keeps the latest 10,000 ended segments, ordered by change number. A browser sends the last number that it has, and
 * receives exactly the later changes. A new verdict replaces the row of its segment. Thread-safe.
 */
@Component
final class RecentCalls implements HangUpByListener {
    static final int CAPACITY = 10_000;
    static final int BATCH = 1000;

    private static final String STILL_TO_COME = "waiting for the last evidence, or for a response from Twilio";

    /**
     * Most verdicts arrive sooner, so an earlier row would only flicker. Runs on the thread that waits: on a machine of two cores,
     * the default would start a thread for every call.
     */
    private static final Executor SOON = CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS, Runnable::run);

    private final AgentNames names;
    private final WireValues values;
    private final WaitingBrowsers browsers;
    private final Clock clock = Clock.systemUTC();
    private final String life = UUID.randomUUID().toString();
    private final Map<ReservationSid, Segment> justOver = new HashMap<>();
    private final NavigableMap<Long, Kept> byChange = new TreeMap<>();
    private final Map<ReservationSid, Long> latestChange = new HashMap<>();
    private long changes;

    private volatile Journal journal = Journal.IN_MEMORY;

    private record Kept(Segment segment, CallRow row, boolean fromJournal) {}

    RecentCalls(AgentNames names, WireValues values, WaitingBrowsers browsers) {
        this.names = names;
        this.values = values;
        this.browsers = browsers;
    }

    @Override
    public synchronized void onSegmentEnded(Segment segment) {
        if (stage(segment).filter(stage -> stage != Stage.PARKED).isEmpty()
                && justOver.put(segment.reservation(), segment) == null) {
            SOON.execute(() -> showUndecided(segment));
        }
    }

    private synchronized void showUndecided(Segment segment) {
        if (justOver.remove(segment.reservation()) != null) {
            keep(segment, Stage.UNDECIDED, STILL_TO_COME, Optional.empty());
        }
    }

    @Override
    public synchronized void onOutcome(Outcome outcome) {
        justOver.remove(outcome.segment().reservation());
        keep(outcome.segment(), Stage.DECIDED, outcome.verdict().reason(), Optional.of(outcome));
    }

    @Override
    public void onCollision(Outcome outcome) {
        onOutcome(outcome);
    }

    @Override
    public void onAudited(Outcome outcome) {
        onOutcome(outcome);
    }

    @Override
    public void onCompleted(Outcome outcome) {
        onOutcome(outcome);
    }

    @Override
    public synchronized void onParked(TaskRef task, String reason) {
        List<Segment> undecided = Stream.concat(
                        justOver.values().stream(),
                        byChange.values().stream()
                                .filter(kept -> kept.row().stage() == Stage.UNDECIDED)
                                .map(Kept::segment))
                .filter(segment -> segment.task().equals(task))
                .toList();
        for (Segment segment : undecided) {
            justOver.remove(segment.reservation());
            keep(segment, Stage.PARKED, reason, Optional.empty());
        }
    }

    private Optional<Stage> stage(Segment segment) {
        return Optional.ofNullable(latestChange.get(segment.reservation()))
                .map(byChange::get)
                .map(kept -> kept.row().stage());
    }

    private void keep(Segment segment, Stage stage, String reason, Optional<Outcome> outcome) {
        add(new Kept(segment, CallRow.of(segment, stage, reason, outcome, names, values), false));
        browsers.somethingChanged();
    }

    private void add(Kept call) {
        long change = ++changes;
        ReservationSid reservation = call.segment().reservation();
        Optional.ofNullable(latestChange.put(reservation, change)).ifPresent(byChange::remove);
        byChange.put(change, new Kept(call.segment(), call.row().at(change, clock.millis()), call.fromJournal()));
        if (byChange.size() > CAPACITY) {
            latestChange.remove(byChange.pollFirstEntry().getValue().segment().reservation());
        }
    }

    /**
     * Adds the outcomes that the journal keeps, the latest change first. What this process has decided itself is newer, and stays.
     *
     * @param read receives a consumer of outcomes, and reads the journal
     */
    void readJournal(Consumer<Consumer<Outcome>> read) {
        Map<ReservationSid, Kept> stored = new LinkedHashMap<>();
        read.accept(outcome -> stored.putIfAbsent(outcome.segment().reservation(), stored(outcome)));
        addStored(new ArrayList<>(stored.values()));
    }

    private Kept stored(Outcome outcome) {
        Segment segment = outcome.segment();
        String reason = outcome.verdict().reason();
        return new Kept(segment, CallRow.of(segment, Stage.DECIDED, reason, Optional.of(outcome), names, values), true);
    }

    private synchronized void addStored(List<Kept> latestFirst) {
        List<Kept> news =
                latestFirst.stream().filter(this::isNews).limit(CAPACITY).collect(toCollection(ArrayList::new));
        if (news.isEmpty()) {
            return;
        }
        // The oldest call is forgotten first, so the latest gets the highest number, and this process's own calls a
        // higher one.
        Collections.reverse(news);
        List<Kept> own =
                byChange.values().stream().filter(kept -> !kept.fromJournal()).toList();
        boolean isFirst = own.size() == byChange.size();
        news.forEach(this::add);
        if (isFirst) {
            own.forEach(this::add);
        }
        browsers.somethingChanged();
    }

    private boolean isNews(Kept stored) {
        Optional<Kept> known = Optional.ofNullable(
                        latestChange.get(stored.segment().reservation()))
                .map(byChange::get);
        return known.isEmpty()
                ? !justOver.containsKey(stored.segment().reservation())
                : known.get().fromJournal()
                        && !stored.row().saysSameAs(known.get().row());
    }

    /** Says whether the calls from before the start are here. */
    void journal(Journal state) {
        journal = state;
    }

    /** Returns the changes after a number of this process; after a number of another process, all changes. */
    synchronized CallBatch after(String sinceLife, long number) {
        long since = sinceLife.equals(life) ? number : 0;
        NavigableMap<Long, Kept> missed = byChange.tailMap(since, false);
        List<CallRow> rows = new ArrayList<>(Math.min(BATCH, missed.size()));
        missed.values().stream().limit(BATCH).map(Kept::row).forEach(rows::add);
        long last = rows.isEmpty() ? changes : rows.get(rows.size() - 1).change();
        long oldest = byChange.isEmpty() ? changes : byChange.firstKey();
        return new CallBatch(life, oldest, last, last < changes, journal, rows);
    }

    /** Returns a stored task with its account and workspace. */
    synchronized Optional<TaskRef> task(String sid) {
        return byChange.values().stream()
                .map(kept -> kept.segment().task())
                .filter(task -> task.task().value().equals(sid))
                .findFirst();
    }
}
