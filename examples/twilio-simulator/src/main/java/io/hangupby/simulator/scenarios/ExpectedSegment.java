package io.hangupby.simulator.scenarios;

import java.util.Optional;

/**
 * What Flex Insights must read for one agent's segment. Immutable.
 *
 * @param agent the agent
 * @param hangUpBy the value, or empty if nothing may be written
 * @param destination the outside party's number, or empty if none may be written
 * @param open whether no value is right, because the task holds one value at a time
 */
public record ExpectedSegment(
        ScriptedAgent agent, Optional<String> hangUpBy, Optional<String> destination, boolean open) {}
