package io.hangupby.decision;

import io.hangupby.call.TaskRef;
import java.util.List;
import java.util.Optional;

/**
 * Why a call was labelled as it was, agent by agent. Immutable.
 *
 * @param task the call's task
 * @param segments the agents' parts of the call that are over, in the order in which they ended
 * @param note what cannot be explained, or not yet, and why; always there where no segment is
 */
public record Explanation(TaskRef task, List<SegmentExplanation> segments, Optional<String> note) {

    /** Copies the list. */
    public Explanation {
        segments = List.copyOf(segments);
    }

    /**
     * Returns this as readable text: a block for each agent, with the verdict first, then the facts with their sources, then
     * the rules that were tried. Times are in UTC. It shows no telephone number in full, other than a destination.
     */
    @Override
    public String toString() {
        return ExplanationText.of(this);
    }
}
