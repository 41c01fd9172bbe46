package io.hangupby.decision;

import java.util.Optional;

/**
 * What a dry run would have written, and what it found in its place: another program's value, or a plugin's marker.
 * Immutable.
 *
 * @param computed the value that would have been written, as it is spelled; empty if the verdict has no value
 * @param found {@code conversations.hang_up_by} when the agent completed, as Flex Insights read it
 */
public record DryRunComparison(Optional<String> computed, Optional<String> found) {

    /** Returns whether the two are the same text, or both empty. */
    public boolean isSame() {
        return computed.equals(found);
    }

    /** Returns whether the two differ in case only: to Flex Insights those are different values. */
    public boolean isSpelledDifferently() {
        return !isSame() && computed.stream().anyMatch(value -> found.stream().anyMatch(value::equalsIgnoreCase));
    }
}
