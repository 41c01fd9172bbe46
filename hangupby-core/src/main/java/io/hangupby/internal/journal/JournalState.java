package io.hangupby.internal.journal;

import java.util.Set;

/**
 * How a journal is, for the check.
 *
 * @param description what the journal is, for people
 * @param nodes the names of the nodes that work on tasks at this moment, of a journal that several nodes share
 */
public record JournalState(String description, Set<String> nodes) {
    /** Copies the set. */
    public JournalState {
        nodes = Set.copyOf(nodes);
    }

    @Override
    public String toString() {
        return nodes.isEmpty() ? description : description + "; at work now: " + String.join(", ", nodes);
    }
}
