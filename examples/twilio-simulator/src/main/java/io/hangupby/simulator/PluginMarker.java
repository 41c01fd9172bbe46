package io.hangupby.simulator;

/** What the Flex plugin writes into the task when an agent clicks Hang up. */
public enum PluginMarker {
    /** {@code conversations.hang_up_by = "agent"}, and the SID of the reservation. */
    NAMED,
    /** Only {@code conversations.hang_up_by = "agent"}, as older plugins write it. */
    BARE,
    /** Nothing, because no plugin is installed or its write failed. */
    NONE
}
