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
import java.util.stream.Stream;

/**
 * The markers that were seen in a task. A bare marker names no agent, so it belongs to the agent who left at about that time, or who was
 * alone with the customer when the customer was moved on at about that time.
 *
 * @param seen the markers, oldest first
 * @param reservations the reservations of the task
 * @param moves when the customer's leg was removed from the conference or moved on
 */
record MarkerHistory(List<MarkerSeen> seen, Collection<ReservationHistory> reservations, List<Instant> moves) {
    /** A plugin marks a click before the hang-up. A click longer ago led to no hang-up. */
    private static final Duration BEFORE_LEAVING = Duration.ofSeconds(5);

    /** Some plugins mark a click after the hang-up, and an update of the task can be slow. */
    private static final Duration AFTER_LEAVING = Duration.ofSeconds(15);

    /** A hang-up takes no longer, so that an agent who leaves later clicked later, too. */
    private static final Duration FROM_CLICK_TO_LEAVING = Duration.ofSeconds(2);

    private static final Comparator<Marker> BY_CERTAINTY =
            Comparator.comparing(Marker::isUnclear).thenComparing(Marker::isBare);

    static MarkerHistory of(
            List<TaskRouterEvent> events,
            Map<ReservationSid, ReservationHistory> reservations,
            List<ConferenceEvent> inConference) {
        return new MarkerHistory(
                events.stream()
                        .filter(MarkerSeen.class::isInstance)
                        .map(MarkerSeen.class::cast)
                        .toList(),
                reservations.values(),
                inConference.stream()
                        .filter(ConferenceEvent::isCustomerTakenOut)
                        .map(ConferenceEvent::at)
                        .toList());
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
        if (sight.marker().isUnclear() && leftLater(sight, reservation)) {
            return false;
        }
        Optional<ReservationSid> owner =
                sight.marker().isBare() ? owner(sight.at()) : sight.marker().reservation();
        return owner.stream().anyMatch(reservation::equals);
    }

    private boolean leftLater(MarkerSeen sight, ReservationSid reservation) {
        return reservations.stream()
                .filter(history -> history.reservation().equals(reservation))
                .flatMap(history -> history.left().stream())
                .anyMatch(left -> left.isAfter(sight.at().plus(FROM_CLICK_TO_LEAVING)));
    }

    /** Returns the reservation whose agent ended a conversation nearest to a moment. */
    private Optional<ReservationSid> owner(Instant moment) {
        return Stream.concat(leaves(), partings())
                .filter(end -> isNear(moment, end.at()))
                .min(Comparator.comparing(
                        end -> Duration.between(moment, end.at()).abs()))
                .map(ConversationEnd::reservation);
    }

    private Stream<ConversationEnd> leaves() {
        return reservations.stream()
                .flatMap(history ->
                        history.left().map(left -> new ConversationEnd(history.reservation(), left)).stream());
    }

    /** An agent can send the customer on with a click, and stay in the conference for as long as the agent likes. */
    private Stream<ConversationEnd> partings() {
        return moves.stream().flatMap(at -> onlyAgentAt(at).map(only -> new ConversationEnd(only, at)).stream());
    }

    private Optional<ReservationSid> onlyAgentAt(Instant moment) {
        List<ReservationHistory> present = reservations.stream()
                .filter(history -> history.wasPresentAt(moment))
                .toList();
        return present.size() == 1 ? Optional.of(present.get(0).reservation()) : Optional.empty();
    }

    private static boolean isNear(Instant moment, Instant end) {
        return !moment.isBefore(end.minus(BEFORE_LEAVING)) && !moment.isAfter(end.plus(AFTER_LEAVING));
    }

    /** The moment at which the customer's conversation with an agent ended. */
    private record ConversationEnd(ReservationSid reservation, Instant at) {}
}
