package io.hangupby.internal.check;

import io.hangupby.internal.event.EventType;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The events that hangupby needs or can use, by their names in TaskRouter and in Event Streams, and what their absence costs. */
final class NeededEvents {
    /** Prefixes the name of an event of TaskRouter in Event Streams. */
    static final String STREAMED = "com.twilio.taskrouter.";

    /** The status callbacks of conferences: the order of leaving. */
    static final List<String> CONFERENCES = List.of(
            "com.twilio.voice.status-callback.conference.updated",
            "com.twilio.voice.status-callback.conference.participant.updated");

    /** What Voice Insights says of a call after its end. */
    static final List<String> INSIGHTS = List.of(
            "com.twilio.voice.insights.call-summary.complete",
            "com.twilio.voice.insights.call-summary.predicted-complete",
            "com.twilio.voice.insights.call-summary.partial",
            "com.twilio.voice.insights.call-event.sdk",
            "com.twilio.voice.insights.conference-summary.complete",
            "com.twilio.voice.insights.conference-participant-summary.complete");

    private static final List<Cost> COSTS = List.of(
            new Cost(EventType::isWrapUp, true, "values are written late or not at all"),
            new Cost(EventType::isTransfer, true, "a transfer counts as a hang-up or a drop"),
            new Cost(
                    EventType::isReservation,
                    true,
                    "nobody knows who took the call over, and a transferred agent's value is not removed"),
            new Cost(
                    type -> type == EventType.TASK_CREATED,
                    false,
                    "there is no preset, and TaskRouter's Events are read for each call"),
            new Cost(
                    type -> type == EventType.TASK_UPDATED,
                    false,
                    "a value that another program removes is not written again, and a late mark of a click does not count"),
            new Cost(type -> true, false, "calls count as open until they expire"));

    private NeededEvents() {}

    /** Returns the names of all events that hangupby needs, as the workspace's filter spells them. */
    static List<String> names() {
        return Arrays.stream(EventType.values())
                .filter(type -> type != EventType.OTHER)
                .map(EventType::toString)
                .toList();
    }

    /** Returns the types in Event Streams that hangupby can use. */
    static Stream<String> allStreamed() {
        return Stream.of(names().stream().map(STREAMED::concat), CONFERENCES.stream(), INSIGHTS.stream())
                .flatMap(types -> types);
    }

    /** Returns the needed events that these do not include. */
    static List<String> missing(Collection<String> present) {
        return names().stream().filter(name -> !present.contains(name)).toList();
    }

    /** Returns whether the absence of these events makes values wrong or late. */
    static boolean areVital(List<String> missing) {
        return missing.stream().map(EventType::of).anyMatch(type -> cost(type).vital());
    }

    /** Returns what the absence of these events costs, as clauses for people. */
    static String consequences(List<String> missing) {
        Map<String, List<String>> byCost = missing.stream()
                .collect(Collectors.groupingBy(
                        name -> cost(EventType.of(name)).consequence(), LinkedHashMap::new, Collectors.toList()));
        return byCost.entrySet().stream()
                .map(entry -> "without " + String.join(", ", entry.getValue()) + " " + entry.getKey())
                .collect(Collectors.joining("; "));
    }

    private static Cost cost(EventType type) {
        return COSTS.stream().filter(cost -> cost.of().test(type)).findFirst().orElseThrow();
    }

    private record Cost(Predicate<EventType> of, boolean vital, String consequence) {}
}
