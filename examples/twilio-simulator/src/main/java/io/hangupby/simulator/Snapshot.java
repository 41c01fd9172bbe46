package io.hangupby.simulator;

import java.time.Instant;
import java.util.Optional;

/**
 * A task's attributes at the moment Flex Insights copied them. Immutable.
 *
 * @param at when the reservation completed, or the task was cancelled
 * @param hangUpBy {@code conversations.hang_up_by}, if it was a text
 * @param destination {@code conversations.destination}, if it was a text
 * @param attributes the whole text
 */
public record Snapshot(Instant at, Optional<String> hangUpBy, Optional<String> destination, String attributes) {

    static Snapshot of(Instant at, String attributes) {
        return new Snapshot(
                at,
                JsonText.readText(attributes, "conversations", "hang_up_by"),
                JsonText.readText(attributes, "conversations", "destination"),
                attributes);
    }
}
