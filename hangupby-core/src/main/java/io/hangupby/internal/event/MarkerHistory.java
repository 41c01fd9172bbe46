package io.hangupby.internal.event;

import io.hangupby.call.Marker;
import io.hangupby.call.ReservationSid;
import io.hangupby.internal.event.TaskRouterEvent.MarkerSeen;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The markers that were seen in a task. A bare marker names no agent, so it belongs to the agent who left at about that time.
 *
 * @param seen the markers, oldest first
 * @param reservations the reservations of the task
 */
record MarkerHistory(List<MarkerSeen> seen, Collection<ReservationHistory> reservations) {
    /** A plugin marks a click before the hang-up. A click longer ago led to no hang-up. */
    private static final Duration BEFORE_LEAVING = Duration.ofSeconds(5);

    /** Some plugins mark a click after the hang-up, and an update of the task can be slow. */
    private static final Duration AFTER_LEAVING = Duration.ofSeconds(15);

    private static final Comparator<Marker> BY_CERTAINTY =
            Comparator.comparing(Marker::isUnclear).thenComparing(Marker::isBare);

    static MarkerHistory of(List<TaskRouterEvent> events, Map<ReservationSid, ReservationHistory> reservations) {
        return new MarkerHistory(
                events.stream()
                        .filter(MarkerSeen.class::isInstance)
                        .map(MarkerSeen.class::cast)
                        .toList(),
                reservations.values());
    }

    /** Returns the marker of a reservation's agent. */
    Marker marker(ReservationSid reservation) {
        return seen.stream()
                .filter(sight -> isOf(sight, reservation))
                .map(MarkerSeen::marker)
                .min(BY_CERTAINTY)
                .orElse(Marker.NONE);
    }

    private boolean isOf(MarkerSeen sight, ReservationSid reservation) {
        Optional<ReservationSid> owner =
                sight.marker().isBare() ? owner(sight.at()) : sight.marker().reservation();
        return owner.stream().anyMatch(reservation::equals);
    }

    /** Returns the reservation whose agent left nearest to a moment. */
    private Optional<ReservationSid> owner(Instant moment) {
        return reservations.stream()
                .filter(history -> history.left().stream().anyMatch(left -> isNear(moment, left)))
                .min(Comparator.comparing(history ->
                        Duration.between(moment, history.left().orElseThrow()).abs()))
                .map(ReservationHistory::reservation);
    }

    private static boolean isNear(Instant moment, Instant left) {
        return !moment.isBefore(left.minus(BEFORE_LEAVING)) && !moment.isAfter(left.plus(AFTER_LEAVING));
    }
}
