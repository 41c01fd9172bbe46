package io.hangupby.simulator;

/** What the Flex plugin writes into the task when an agent ends a call on purpose. */
public enum Marker {
    /** {@code conversations.hang_up_by = "agent"}, and beside it the name of the reservation. */
    NAMED,
    /** Only {@code conversations.hang_up_by = "agent"}, as older plugins write it. */
    BARE,
    /** Nothing: no plugin is installed, or it did not get to write. */
    NONE
}
