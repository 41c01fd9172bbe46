package io.hangupby.internal.processing;

import io.hangupby.call.Marker;
import io.hangupby.call.Segment;
import io.hangupby.call.TaskRef;
import io.hangupby.decision.Outcome;
import io.hangupby.internal.event.TaskRouterEvent;
import io.hangupby.internal.journal.TaskJournal;
import io.hangupby.internal.journal.TaskRecord;
import io.hangupby.internal.twilio.RecordedEvents;
import io.hangupby.internal.twilio.TwilioClock;
import io.hangupby.internal.twilio.TwilioGateway;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One turn of work on a task. The journal is read once, when the turn begins; the record then follows what the turn writes into
 * the journal. Used by one thread.
 */
final class TaskTurn {
    /** Flex Insights reads at about the time of the completion, and our clock is not Twilio's. */
    private static final Duration READ_AFTER_COMPLETION = Duration.ofSeconds(5);

    private final TaskJournal journal;
    private final TwilioClock clock;
    private TaskRecord record;
    private Optional<RecordedEvents> recorded = Optional.empty();

    TaskTurn(TaskJournal journal, TaskRef task, TwilioClock clock) {
        this.journal = journal;
        this.clock = clock;
        this.record = journal.read(task);
    }

    TaskRef task() {
        return record.timeline().task();
    }

    TaskRecord record() {
        return record;
    }

    /** Adds the events that TaskRouter recorded of the task, once a turn. */
    void readRecordedEvents(TwilioGateway twilio) {
        if (recorded.isEmpty()) {
            RecordedEvents read = twilio.events(task());
            read.events().forEach(this::append);
            recorded = Optional.of(read);
        }
    }

    /**
     * Remembers each bare marker that the recorded updates show, if they show more than the latest attributes do: two agents can have set the
     * same word, one after the other.
     */
    void appendRecordedMarkers(MarkerWords words) {
        List<Instant> set =
                recorded.map(RecordedEvents::updates).map(words::timesSet).orElse(List.of());
        if (set.size() > 1) {
            set.forEach(at -> append(Marker.BARE, at));
        }
    }

    private void append(TaskRouterEvent event) {
        journal.append(event);
        record = record.with(event);
    }

    /** Remembers a marker that is about to be written over. */
    void append(Marker marker, Instant seen) {
        append(new TaskRouterEvent.MarkerSeen(task(), seen, marker));
    }

    /**
     * Remembers that a bare marker which is in the task now may be a click of each other agent who has no verdict yet: of an agent in
     * wrap-up, or of an agent who is about to leave. The journal says who that is by now, because the turn may have taken long.
     */
    void appendUnclear(Segment segment) {
        Instant now = now();
        TaskRecord latest = journal.read(task());
        Stream.concat(latest.undecided().stream().map(Segment::reservation), latest.timeline().agentsPresent().stream())
                .filter(other -> !other.equals(segment.reservation()))
                .forEach(other -> append(Marker.unclear(other), now));
    }

    /** Returns the present time, by Twilio's clock. */
    Instant now() {
        return clock.instant();
    }

    /** Remembers an outcome; events that arrived since the turn began join the record. */
    void record(Outcome outcome) {
        record = journal.record(outcome);
    }

    void recordPreset() {
        journal.recordPreset(task());
        record = record.withPreset();
    }

    void recordTakenOff() {
        journal.recordTakenOff(task());
        record = record.withoutFieldOwner();
    }

    /** Returns whether the segment's agent completed so long ago that Flex Insights has read the value. */
    boolean isReadAlready(Segment segment) {
        return record.timeline().completedAt(segment.reservation()).stream()
                .anyMatch(completed -> isOver(completed, READ_AFTER_COMPLETION));
    }

    /** Returns whether this much time has passed since a moment. */
    boolean isOver(Instant since, Duration time) {
        return clock.instant().isAfter(since.plus(time));
    }
}
