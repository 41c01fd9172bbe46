package io.hangupby.internal.processing;

import io.hangupby.call.CallSid;
import io.hangupby.call.ConferenceSid;
import io.hangupby.decision.CallEvidenceBuilder;
import io.hangupby.decision.Vocabulary;
import io.hangupby.internal.attributes.TaskAttributes;
import io.hangupby.internal.twilio.TaskSnapshot;
import java.util.Optional;

/** The places in a task's attributes where Flex and its plugins put what we need. */
final class FlexAttributes {
    /** Where Flex Insights reads who hung up. */
    static final String[] HANG_UP_BY = {"conversations", "hang_up_by"};

    /** Where Flex Insights reads to whom the customer went. */
    static final String[] DESTINATION = {"conversations", "destination"};

    private FlexAttributes() {}

    /** Where the plugin reads what is set apart for a reservation. */
    static String[] pin(String reservation, String field) {
        return new String[] {"hangupby", "segments", reservation, field};
    }

    /**
     * What a task says about its call. Immutable.
     *
     * @param conference the conference of the call; empty until an agent accepts, and for tasks without a live call
     * @param customerLeg the customer's leg
     * @param workerLeg the leg of the agent who accepted first; unreliable once a second agent has joined
     * @param outbound whether the agent called the customer
     * @param internal whether the task says that an agent called another agent
     */
    record FlexCall(
            Optional<ConferenceSid> conference,
            Optional<CallSid> customerLeg,
            Optional<CallSid> workerLeg,
            boolean outbound,
            boolean internal) {

        CallEvidenceBuilder addTo(CallEvidenceBuilder evidence) {
            return evidence.namedConference(conference)
                    .namedCustomerLeg(customerLeg)
                    .namedAgentLeg(workerLeg)
                    .outbound(outbound)
                    .internal(internal);
        }
    }

    static FlexCall call(TaskAttributes task) {
        return new FlexCall(
                task.string("conference", "sid").flatMap(ConferenceSid::parse),
                task.string("conference", "participants", "customer")
                        .or(() -> task.string("call_sid"))
                        .flatMap(CallSid::parse),
                task.string("conference", "participants", "worker").flatMap(CallSid::parse),
                task.string("direction").filter("outbound"::equalsIgnoreCase).isPresent(),
                task.bool("client_call").orElse(false));
    }

    /**
     * Returns whether a customer called in, no agent has accepted yet, and nobody has written who hung up.
     *
     * @param bornWith the value that the task was created with, which nobody wrote; a task that was copied can name a conference,
     *     too
     */
    static boolean takesPreset(TaskSnapshot task, Optional<String> bornWith) {
        FlexCall call = call(task.attributes());
        return !task.over()
                && !call.outbound()
                && !call.internal()
                && (call.conference().isEmpty() || bornWith.isPresent())
                && task.attributes()
                        .string(HANG_UP_BY)
                        .filter(value -> !value.isEmpty())
                        .filter(value -> bornWith.stream().noneMatch(value::equals))
                        .isEmpty();
    }

    /** Returns who hung up, as far as Flex Insights keeps it. */
    static Optional<String> hangUpBy(TaskAttributes task) {
        return task.string(HANG_UP_BY)
                .filter(value -> !value.isEmpty())
                .map(value -> value.substring(0, Math.min(value.length(), Vocabulary.MAX_LENGTH)));
    }
}
