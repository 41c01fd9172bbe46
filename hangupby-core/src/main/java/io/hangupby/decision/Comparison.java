package io.hangupby.decision;

import java.util.Optional;

/**
 * What a dry run would have written, beside what stood there all the same: another writer's value, or a plugin's mark of a
 * click. Immutable.
 *
 * @param ours what would have been written, as it is spelled; nothing where the verdict has no value
 * @param stood {@code conversations.hang_up_by} when the agent completed, as Flex Insights read it
 */
public record Comparison(Optional<String> ours, Optional<String> stood) {

    /** Says whether the two are the same text, or both nothing. */
    public boolean isSame() {
        return ours.equals(stood);
    }

    /** Says whether only capitals tell the two apart: to Flex Insights those are different values. */
    public boolean isSpelledDifferently() {
        return !isSame()
                && ours.filter(value -> stood.filter(value::equalsIgnoreCase).isPresent())
                        .isPresent();
    }
}
