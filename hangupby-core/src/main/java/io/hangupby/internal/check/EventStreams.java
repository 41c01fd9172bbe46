package io.hangupby.internal.check;

import io.hangupby.internal.twilio.SetupGateway;
import io.hangupby.internal.twilio.SetupGateway.Sink;
import io.hangupby.internal.twilio.SetupGateway.Subscription;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What Event Streams has: where it sends events, which events, and the types that it knows. Immutable.
 *
 * @param sinks the sinks that receive by HTTP, each with its subscriptions
 * @param versions the latest version of the schema of each type that hangupby can use and Event Streams knows
 */
record EventStreams(Map<Sink, List<Subscription>> sinks, Map<String, Integer> versions) {
    private static final int SINKS_READ_AT_MOST = 10;

    static EventStreams read(SetupGateway setup) {
        Map<Sink, List<Subscription>> sinks = new LinkedHashMap<>();
        setup.webhookSinks().stream()
                .limit(SINKS_READ_AT_MOST)
                .forEach(sink -> sinks.put(sink, setup.subscriptions(sink.sid())));
        return new EventStreams(sinks, sinks.isEmpty() ? Map.of() : versions(setup));
    }

    private static Map<String, Integer> versions(SetupGateway setup) {
        Map<String, String> schemas = setup.eventTypes();
        Map<String, Optional<Integer>> latest = new TreeMap<>();
        Map<String, Integer> versions = new TreeMap<>();
        NeededEvents.allStreamed()
                .filter(schemas::containsKey)
                .forEach(type -> latest.computeIfAbsent(schemas.get(type), setup::latestVersion)
                        .ifPresent(version -> versions.put(type, version)));
        return versions;
    }
}
