package io.hangupby.internal.check;

import io.hangupby.check.CheckReport.Line;
import io.hangupby.internal.twilio.SetupGateway.Sink;
import io.hangupby.internal.twilio.SetupGateway.Subscription;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks what Event Streams sends to hangupby, if anything. */
final class EventStreamLines {
    private static final String SINK = "event-streams-sink";
    private static final String TYPES = "event-streams-types";

    private final CheckedAccount account;
    private final Reading<EventStreams> read;
    private final Map<Sink, List<Subscription>> ours;

    EventStreamLines(CheckedAccount account, Reading<EventStreams> read) {
        this.account = account;
        this.read = read;
        this.ours = new HashMap<>();
        read.value()
                .ifPresent(streams -> streams.sinks().forEach((sink, subscriptions) -> {
                    if (isMeantForUs(sink)) {
                        ours.put(sink, subscriptions);
                    }
                }));
    }

    private boolean isMeantForUs(Sink sink) {
        return account.publicUrls().stream()
                        .anyMatch(mount -> Addresses.host(mount).equals(Addresses.host(sink.destination()))
                                && Addresses.similar(parent(sink.destination()), mount))
                || account.eventsUrls().stream().anyMatch(url -> Addresses.similar(url, sink.destination()));
    }

    private static String parent(String destination) {
        return Addresses.shown(destination).replaceFirst("/(taskrouter|conference|events)?/*$", "");
    }

    /** Returns whether a sink sends the events that make values right to hangupby. */
    boolean areComplete() {
        return working().isPresent() && !NeededEvents.areVital(missing(types()));
    }

    private Optional<Sink> working() {
        return ours.keySet().stream().filter(sink -> problem(sink).isEmpty()).findFirst();
    }

    Stream<Line> lines(boolean callbackIsOurs) {
        if (read.value().isEmpty()) {
            return Stream.of(Line.ok(
                    SINK,
                    "Not checked, because Event Streams could not be read: " + read.problem()
                            + ". hangupby does not need that permission."));
        }
        if (ours.isEmpty() && account.isQueued()) {
            return Stream.of(Line.ok(SINK, "No sink posts to hangupby. Events come from the application's own queue."));
        }
        if (ours.isEmpty()) {
            return Stream.of(none());
        }
        List<Line> lines = new ArrayList<>();
        ours.keySet().forEach(sink -> lines.add(sink(sink)));
        lines.add(types(callbackIsOurs));
        return lines.stream();
    }

    /** A sink that has our path and another host may be a mistake, or serve another environment. */
    private Line none() {
        return read.value().orElseThrow().sinks().keySet().stream()
                .filter(sink -> account.eventsUrls().stream()
                        .anyMatch(url -> Addresses.path(url).equals(Addresses.path(sink.destination()))))
                .findFirst()
                .map(sink -> Line.warn(
                        SINK,
                        "Event Streams sends nothing to hangupby. Sink " + sink.sid() + " has another host: "
                                + Addresses.shown(sink.destination()) + ", and hangupby expects events at "
                                + Addresses.shown(account.mount()) + "/events.",
                        "If that is hangupby of another environment, leave the sink. Otherwise:\n" + replacement(sink)))
                .orElseGet(
                        () -> Line.ok(
                                SINK,
                                "Event Streams sends nothing to hangupby. It is optional: it sends an event again for four hours."));
    }

    private Line sink(Sink sink) {
        String remedy = replacement(sink);
        Optional<String> problem = problem(sink);
        if (problem.isPresent()) {
            return Line.wrong(SINK, "Sink " + sink.sid() + ": " + problem.get() + ".", remedy);
        }
        return sink.batches()
                ? Line.ok(SINK, "Sink " + sink.sid() + " sends events to " + Addresses.shown(sink.destination()) + ".")
                : Line.warn(SINK, "Sink " + sink.sid() + " sends each event in a request of its own.", remedy);
    }

    private String replacement(Sink sink) {
        EventStreams streams = read.value().orElseThrow();
        List<Subscription> old = streams.sinks().getOrDefault(sink, List.of());
        List<String> types = NeededEvents.allStreamed()
                .filter(type -> type.startsWith(NeededEvents.STREAMED)
                        || old.stream().anyMatch(each -> each.types().containsKey(type)))
                .toList();
        return Remedies.replaceSink(
                sink.sid(),
                old.stream().map(Subscription::sid).toList(),
                account.mount() + "/events",
                types,
                streams.versions());
    }

    private Optional<String> problem(Sink sink) {
        String destination = sink.destination();
        if (destination.contains("#")) {
            return Optional.of(
                    "its destination has connection overrides after a #, which Event Streams does not support");
        }
        if (account.eventsUrls().stream().noneMatch(url -> Addresses.same(url, destination))) {
            return Optional.of("its destination is " + Addresses.shown(destination)
                    + ", and hangupby expects events at " + Addresses.shown(account.mount()) + "/events");
        }
        if (!sink.method().equals("POST")) {
            return Optional.of("its method is " + sink.method() + ", and hangupby expects POST");
        }
        return sink.status().equals("failed")
                ? Optional.of("Twilio gave it up after failures; its status is failed")
                : Optional.empty();
    }

    private Map<String, Integer> types() {
        Map<String, Integer> types = new HashMap<>();
        ours.values().stream()
                .flatMap(List::stream)
                .forEach(subscription ->
                        subscription.types().forEach((type, version) -> types.merge(type, version, Math::max)));
        return types;
    }

    private static List<String> missing(Map<String, Integer> types) {
        return NeededEvents.missing(types.keySet().stream()
                .filter(type -> type.startsWith(NeededEvents.STREAMED))
                .map(type -> type.substring(NeededEvents.STREAMED.length()))
                .toList());
    }

    private Line types(boolean callbackIsOurs) {
        Map<String, Integer> types = types();
        Map<String, Integer> versions = read.value().orElseThrow().versions();
        String sink = ours.keySet().iterator().next().sid();
        List<String> missing = missing(types);
        if (!missing.isEmpty()) {
            String seen = "No subscription of the sink has these types: " + NeededEvents.consequences(missing) + ".";
            String remedy = Remedies.subscribe(
                    sink, missing.stream().map(NeededEvents.STREAMED::concat).toList(), versions);
            return callbackIsOurs || !NeededEvents.areVital(missing)
                    ? Line.warn(
                            TYPES,
                            seen + " The workspace's callback still brings them, without a second attempt.",
                            remedy)
                    : Line.wrong(TYPES, seen, remedy);
        }
        Map<Subscription, List<String>> old = old(versions);
        return old.isEmpty()
                ? Line.ok(
                        TYPES,
                        "The sink gets all " + NeededEvents.names().size() + " types of TaskRouter"
                                + optional(types, versions) + ".")
                : Line.warn(
                        TYPES,
                        "These types have an old version of their schema, which lacks fields: "
                                + old.values().stream()
                                        .flatMap(List::stream)
                                        .distinct()
                                        .collect(Collectors.joining(", "))
                                + ".",
                        old.entrySet().stream()
                                .map(each -> Remedies.setVersions(each.getKey().sid(), each.getValue(), versions))
                                .collect(Collectors.joining("\n")));
    }

    /** Returns the types of each subscription whose version is older than what hangupby was made for. */
    private Map<Subscription, List<String>> old(Map<String, Integer> versions) {
        Map<Subscription, List<String>> old = new LinkedHashMap<>();
        ours.values().stream().flatMap(List::stream).forEach(subscription -> {
            List<String> types = NeededEvents.allStreamed()
                    .filter(type -> subscription.types().containsKey(type)
                            && subscription.types().get(type) < Remedies.version(type, versions))
                    .toList();
            if (!types.isEmpty()) {
                old.put(subscription, types);
            }
        });
        return old;
    }

    /** Names the optional types that Event Streams has and the sink does not get. */
    private static String optional(Map<String, Integer> types, Map<String, Integer> versions) {
        List<String> further = Stream.concat(NeededEvents.CONFERENCES.stream(), NeededEvents.INSIGHTS.stream())
                .filter(versions::containsKey)
                .filter(type -> !types.containsKey(type))
                .toList();
        return further.isEmpty() ? "" : "; optional and not subscribed: " + String.join(", ", further);
    }
}
