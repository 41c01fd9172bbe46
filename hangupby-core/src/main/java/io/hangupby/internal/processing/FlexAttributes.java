package io.hangupby.internal.processing;

import io.hangupby.call.CallAttributes;
import io.hangupby.call.CallSid;
import io.hangupby.call.ConferenceSid;
import io.hangupby.call.Marker;
import io.hangupby.call.ReservationSid;
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

    private static final String[] MARKED_RESERVATION = {"hangupby", "agent_hangup", "reservation"};
    private static final String MARKED = "agent";

    private FlexAttributes() {}

    /** Where the plugin reads what is set apart for a reservation. */
    static String[] pin(String reservation, String field) {
        return new String[] {"hangupby", "segments", reservation, field};
    }

    static CallAttributes call(TaskAttributes task) {
        return new CallAttributes(
                task.string("conference", "sid").flatMap(ConferenceSid::parse),
                task.string("conference", "participants", "customer")
                        .or(() -> task.string("call_sid"))
                        .flatMap(CallSid::parse),
                task.string("conference", "participants", "worker").flatMap(CallSid::parse),
                task.string("direction").filter("outbound"::equalsIgnoreCase).isPresent(),
                task.bool("client_call").orElse(false));
    }

    /** Returns whether a customer called in, no agent has accepted yet, and nobody has written who hung up. */
    static boolean takesPreset(TaskSnapshot task) {
        CallAttributes call = call(task.attributes());
        return !task.over()
                && !call.outbound()
                && !call.internal()
                && call.conference().isEmpty()
                && task.attributes()
                        .string(HANG_UP_BY)
                        .filter(value -> !value.isEmpty())
                        .isEmpty();
    }

    /** Returns who hung up, as far as Flex Insights keeps it. */
    static Optional<String> hangUpBy(TaskAttributes task) {
        return task.string(HANG_UP_BY)
                .filter(value -> !value.isEmpty())
                .map(value -> value.substring(0, Math.min(value.length(), Vocabulary.MAX_LENGTH)));
    }

    /** Returns the marker. If it names its reservation, the field itself does not matter; a bare marker may be in any case. */
    static Marker marker(TaskAttributes task) {
        Optional<String> named = task.string(MARKED_RESERVATION);
        if (named.isPresent()) {
            return named.flatMap(ReservationSid::parse)
                    .<Marker>map(Marker.Named::new)
                    .orElseGet(Marker.None::new);
        }
        return task.string(HANG_UP_BY).filter(FlexAttributes::isMark).isPresent()
                ? new Marker.Bare()
                : new Marker.None();
    }

    /** Returns whether a value reads like a plugin's mark of a click, whoever wrote it. */
    static boolean isMark(String value) {
        return MARKED.equalsIgnoreCase(value);
    }
}
