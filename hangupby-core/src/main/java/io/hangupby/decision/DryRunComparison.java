package io.hangupby.decision;

import java.util.Optional;

/**
 * The value that a dry run computed beside the value that it found, which another program or a plugin wrote. Immutable.
 *
 * @param computed the value that hangupby would have written; empty if the verdict has no value
 * @param found {@code conversations.hang_up_by} when the agent completed, as Flex Insights read it
 */
public record DryRunComparison(Optional<String> computed, Optional<String> found) {

    /** Returns whether the two are the same text, or both empty. */
    public boolean isSame() {
        return computed.equals(found);
    }

    /** Returns whether the two differ in case only. Flex Insights treats them as different values. */
    public boolean isSpelledDifferently() {
        return !isSame() && computed.stream().anyMatch(value -> found.stream().anyMatch(value::equalsIgnoreCase));
    }
}
