package io.hangupby;

/** How an agent's deliberate hang-up is distinguished from a dropped connection. */
public enum AgentMarker {
    /** A Flex plugin marks a deliberate hang-up in the task. */
    PLUGIN,
    /** There is no such plugin: every agent-side end is taken for the agent's. */
    NONE
}
