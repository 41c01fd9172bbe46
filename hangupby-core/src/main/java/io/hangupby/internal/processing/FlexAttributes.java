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

/** Where in a task's attributes Flex and its plugins put what we need. */
final class FlexAttributes {
    /** Where Flex Insights reads who hung up. */
    static final String[] HANG_UP_BY = {"conversations", "hang_up_by"};

    /** Where Flex Insights reads to whom the customer went. */
    static final String[] DESTINATION = {"conversations", "destination"};

    private static final String[] MARKED_RESERVATION = {"hangupby", "agent_hangup", "reservation"};
    private static final String MARKED = "agent";

    private FlexAttributes() {}

    /** Where the plugin looks for what is set apart for a reservation. */
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

    /** Says whether a customer called in, no agent has answered yet, and nobody has said anything of the end. */
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

    /** Returns what Flex Insights reads of a task's end, and keeps of it. */
    static Optional<String> hangUpBy(TaskAttributes task) {
        return task.string(HANG_UP_BY)
                .filter(value -> !value.isEmpty())
                .map(value -> value.substring(0, Math.min(value.length(), Vocabulary.MAX_LENGTH)));
    }

    /** A marker that names its reservation is believed whatever else stands there; a bare one may be in any case. */
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

    /** Says whether this is what a plugin writes for a click, be it a plugin's or ours. */
    static boolean isMark(String value) {
        return MARKED.equalsIgnoreCase(value);
    }
}
