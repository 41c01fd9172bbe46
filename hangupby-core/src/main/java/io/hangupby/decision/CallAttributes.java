package io.hangupby.decision;

import io.hangupby.call.CallSid;
import io.hangupby.call.ConferenceSid;
import java.util.Optional;

/**
 * What a task's attributes say about the call. Immutable.
 *
 * @param conference the conference of the call; empty until an agent accepts, and for tasks without a live call
 * @param customerLeg the customer's leg
 * @param workerLeg the leg of the agent who accepted first; unreliable once a second agent has joined
 * @param outbound whether the agent called the customer
 * @param internal whether the task says that an agent called another agent
 */
record CallAttributes(
        Optional<ConferenceSid> conference,
        Optional<CallSid> customerLeg,
        Optional<CallSid> workerLeg,
        boolean outbound,
        boolean internal) {}
