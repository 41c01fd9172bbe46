package io.hangupby.call;

import java.time.Instant;
import java.util.Optional;

/**
 * One agent's part of a call, over as far as the talk goes: the thing that a verdict is about. Immutable.
 *
 * @param task the task it is part of
 * @param reservation the accepted reservation that makes it a segment
 * @param worker the agent
 * @param contact the device on which the agent takes calls
 * @param left when this agent's leg went, to the millisecond; everything is judged as of this moment
 * @param completed whether the agent has finished after-call work, after which Flex Insights reads no more
 */
public record Segment(
        TaskRef task,
        ReservationSid reservation,
        Optional<WorkerSid> worker,
        Optional<Address> contact,
        Instant left,
        boolean completed) {}
