package io.hangupby.call;

import java.util.Optional;

/**
 * What a task's attributes say of its call. Immutable.
 *
 * @param conference where its legs met; absent until an agent accepts, and for tasks without a live call
 * @param customerLeg the customer's leg
 * @param workerLeg the leg of the agent who accepted first; not to be relied on once there were two
 * @param outbound whether the agent called the customer
 * @param internal whether the task itself says that an agent called an agent
 */
public record CallAttributes(
        Optional<ConferenceSid> conference,
        Optional<CallSid> customerLeg,
        Optional<CallSid> workerLeg,
        boolean outbound,
        boolean internal) {}
