package io.hangupby.call;

import java.time.Instant;
import java.util.Optional;

/**
 * One accepted reservation whose agent has left the conversation. Each segment gets one verdict. Immutable.
 *
 * @param task the task of the reservation
 * @param reservation the accepted reservation that makes it a segment
 * @param worker the agent
 * @param contact the device on which the agent takes calls
 * @param accepted when the agent accepted, to the millisecond, if an event says; what ended earlier is no evidence
 * @param left when this agent's leg left, to the millisecond; the verdict is about this moment
 * @param completed whether the agent has completed the reservation; Flex Insights ignores values written later
 * @param queue the name of the queue that the agent took the task from, if an event says
 */
public record Segment(
        TaskRef task,
        ReservationSid reservation,
        Optional<WorkerSid> worker,
        Optional<Address> contact,
        Optional<Instant> accepted,
        Instant left,
        boolean completed,
        Optional<String> queue) {

    /** Creates a segment whose queue is not known. */
    public Segment(
            TaskRef task,
            ReservationSid reservation,
            Optional<WorkerSid> worker,
            Optional<Address> contact,
            Optional<Instant> accepted,
            Instant left,
            boolean completed) {
        this(task, reservation, worker, contact, accepted, left, completed, Optional.empty());
    }
}
