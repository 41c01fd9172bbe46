package io.hangupby.decision;

import io.hangupby.call.TaskRef;
import java.util.List;
import java.util.Optional;

/**
 * The explanation of each verdict on a task. Immutable.
 *
 * @param task the task
 * @param segments the segments that have ended, in the order in which they ended
 * @param note what cannot be explained yet, or at all, and why; always present if there is no segment
 */
public record Explanation(TaskRef task, List<SegmentExplanation> segments, Optional<String> note) {

    /** Copies the list. */
    public Explanation {
        segments = List.copyOf(segments);
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
