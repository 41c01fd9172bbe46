package io.hangupby.decision;

import io.hangupby.call.TaskRef;
import java.util.List;
import java.util.Optional;

/** The explanation of each verdict on a task. Immutable. */
public final class Explanation {
    private final TaskRef task;
    private final List<SegmentExplanation> segments;
    private final Optional<String> note;

    /**
     * Creates an explanation. {@code HangUpBy.explain} does so; an application needs it for tests only.
     *
     * @param task see {@link #task}
     * @param segments see {@link #segments}
     * @param note see {@link #note}
     */
    public Explanation(TaskRef task, List<SegmentExplanation> segments, Optional<String> note) {
        this.task = task;
        this.segments = List.copyOf(segments);
        this.note = note;
    }

    /** Returns the task. */
    public TaskRef task() {
        return task;
    }

    /** Returns the segments that have ended, in the order in which they ended. */
    public List<SegmentExplanation> segments() {
        return segments;
    }

    /** Returns what cannot be explained yet, or at all, and why. Always present if there is no segment. */
    public Optional<String> note() {
        return note;
    }

    /**
     * Returns readable text with a block for each segment: the verdict, the facts with their sources, and the evaluated
     * rules. Times are in UTC. Telephone numbers are masked, except for a destination.
     */
    @Override
    public String toString() {
        return ExplanationText.of(this);
    }
}
