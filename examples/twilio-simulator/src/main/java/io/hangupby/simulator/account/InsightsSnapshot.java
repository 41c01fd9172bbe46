package io.hangupby.simulator.account;

import io.hangupby.simulator.internal.text.InPlaceJson;
import java.time.Instant;
import java.util.Optional;

/**
 * A task's attributes at the moment Flex Insights copied them. Immutable.
 *
 * @param at when the reservation completed, or the task was cancelled
 * @param hangUpBy {@code conversations.hang_up_by}, if it was a string
 * @param destination {@code conversations.destination}, if it was a string
 * @param attributes the whole text
 */
public record InsightsSnapshot(Instant at, Optional<String> hangUpBy, Optional<String> destination, String attributes) {

    public static InsightsSnapshot of(Instant at, String attributes) {
        return new InsightsSnapshot(
                at,
                InPlaceJson.readText(attributes, "conversations", "hang_up_by"),
                InPlaceJson.readText(attributes, "conversations", "destination"),
                attributes);
    }
}
