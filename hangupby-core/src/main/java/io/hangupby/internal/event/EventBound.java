package io.hangupby.internal.event;

import io.hangupby.call.CallSid;
import io.hangupby.call.ReservationSid;
import io.hangupby.internal.event.ConferenceEvent.LegLeft;
import io.hangupby.internal.event.ConferenceEvent.LegSeen;
import io.hangupby.internal.event.TaskRouterEvent.ReservationEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** Bounds the number of events of one task. Beyond the bound, the least important event is dropped. */
final class EventBound {
    private EventBound() {}

    /** Drops the least important of TaskRouter's events, if there are too many. */
    static List<TaskRouterEvent> ofTask(List<TaskRouterEvent> events) {
        return bounded(events, EventBound::leastOfTask);
    }

    /** Drops the least important of the conferences' events, if there are too many. */
    static List<ConferenceEvent> ofConferences(List<ConferenceEvent> events) {
        return bounded(events, EventBound::leastOfConferences);
    }

    /** Returns these events with another event in its place. */
    static <T> List<T> inserted(List<T> known, T event, BiPredicate<T, T> isLater) {
        int place = known.size();
        while (place > 0 && isLater.test(known.get(place - 1), event)) {
            place--;
        }
        List<T> more = new ArrayList<>(known.size() + 1);
        more.addAll(known);
        more.add(place, event);
        return more;
    }

    /** Drops the oldest report, if there are too many. */
    static List<VoiceReport> ofReports(List<VoiceReport> reports) {
        return bounded(reports, all -> 0);
    }

    private static <T> List<T> bounded(List<T> events, ToIntFunction<List<T>> least) {
        if (events.size() > TaskTimeline.MOST_EVENTS) {
            events.remove(least.applyAsInt(events));
        }
        return events;
    }

    /** No rule needs an agent who never accepted, and of many transfers only the latest count. */
    private static int leastOfTask(List<TaskRouterEvent> events) {
        Set<ReservationSid> neverAccepted = ReservationHistory.of(events).values().stream()
                .filter(ReservationHistory::wasNeverAccepted)
                .map(ReservationHistory::reservation)
                .collect(Collectors.toSet());
        return first(
                        events,
                        event -> event instanceof ReservationEvent invited
                                && neverAccepted.contains(invited.reservation()))
                .or(() -> first(events, event -> event.type().isTransfer()))
                .or(() -> first(events, event -> !event.type().isWrapUp()))
                .orElse(0);
    }

    /**
     * A leg can be held and muted any number of times: a state that a later event of the same leg replaced matters
     * least. Events of the customer's leg are kept, because every verdict needs them.
     */
    private static int leastOfConferences(List<ConferenceEvent> events) {
        return first(events, event -> event instanceof LegSeen seen && !seen.joined() && isReplaced(seen, events))
                .or(() -> first(events, event -> event instanceof LegSeen seen && isReplaced(seen, events)))
                .or(() -> first(
                        events,
                        event -> leg(event)
                                .filter(leg -> !isCustomer(leg, event))
                                .isPresent()))
                .orElse(0);
    }

    private static boolean isReplaced(LegSeen seen, List<ConferenceEvent> events) {
        return events.stream()
                .anyMatch(later -> later instanceof LegSeen next
                        && next.leg().equals(seen.leg())
                        && next.origin().number() > seen.origin().number());
    }

    private static Optional<CallSid> leg(ConferenceEvent event) {
        if (event instanceof LegSeen seen) {
            return Optional.of(seen.leg());
        }
        return event instanceof LegLeft left ? Optional.of(left.leg()) : Optional.empty();
    }

    private static boolean isCustomer(CallSid leg, ConferenceEvent event) {
        return event.origin().customer().filter(leg::equals).isPresent();
    }

    private static <T> Optional<Integer> first(List<T> events, Predicate<T> condition) {
        for (int i = 0; i < events.size(); i++) {
            if (condition.test(events.get(i))) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }
}
