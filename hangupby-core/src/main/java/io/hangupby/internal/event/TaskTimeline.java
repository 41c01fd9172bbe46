package io.hangupby.internal.event;

import io.hangupby.call.Address;
import io.hangupby.call.CallSid;
import io.hangupby.call.ConferenceSid;
import io.hangupby.call.OtherAgent;
import io.hangupby.call.OtherAgents;
import io.hangupby.call.ParticipantLog;
import io.hangupby.call.ReservationSid;
import io.hangupby.call.Segment;
import io.hangupby.call.TaskRef;
import io.hangupby.call.Transfer;
import io.hangupby.call.WorkerSid;
import io.hangupby.internal.event.ConferenceEvent.LegLeft;
import io.hangupby.internal.event.ConferenceEvent.LegSeen;
import io.hangupby.internal.event.TaskRouterEvent.ReservationEvent;
import io.hangupby.internal.event.TaskRouterEvent.TransferEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * All that is known of one task, in the order in which it happened, however it arrived. Immutable and thread-safe.
 *
 * @param task the task
 * @param events what happened to it, oldest first, no event twice
 * @param conferenceEvents what happened in its conferences, in the order of their numbers, no event twice, and of each leg
 *     nothing that a later event supersedes
 */
public record TaskTimeline(TaskRef task, List<TaskRouterEvent> events, List<ConferenceEvent> conferenceEvents) {

    /**
     * So many events of TaskRouter, and as many of conferences, are kept of one task; more than a few dozen are rare. Beyond it,
     * what matters least is forgotten, and TaskRouter is asked before anything is decided on what did not happen.
     */
    public static final int MOST_EVENTS = 256;

    /** Copies the lists; callers hand in events that are in order and distinct. */
    public TaskTimeline {
        events = List.copyOf(events);
        conferenceEvents = List.copyOf(conferenceEvents);
    }

    /** Returns the timeline of a task of which nothing is known yet. */
    public static TaskTimeline of(TaskRef task) {
        return new TaskTimeline(task, List.of(), List.of());
    }

    /** Says whether this event tells nothing new: it was delivered once before, or a later one supersedes it. */
    public boolean knows(CallEvent event) {
        if (event instanceof ConferenceEvent inConference) {
            return conferenceEvents.stream()
                    .anyMatch(known -> inConference.origin().isThatOf(known) || supersedes(known, inConference));
        }
        TaskRouterEvent told = (TaskRouterEvent) event;
        for (TaskRouterEvent known : events) {
            if (known.type() == told.type() && known.key().equals(told.key())) {
                return true;
            }
        }
        return false;
    }

    /** Says whether this event is among those that are kept. */
    public boolean holds(CallEvent event) {
        return event instanceof ConferenceEvent ? conferenceEvents.contains(event) : events.contains(event);
    }

    /** Returns this timeline with one more event at its place, or itself if the event tells nothing new. */
    public TaskTimeline with(CallEvent event) {
        if (knows(event)) {
            return this;
        }
        return event instanceof ConferenceEvent inConference
                ? new TaskTimeline(
                        task,
                        events,
                        bounded(
                                inserted(
                                        withoutSuperseded(inConference),
                                        inConference,
                                        (a, b) ->
                                                a.origin().number() > b.origin().number()),
                                TaskTimeline::leastOfConference))
                : new TaskTimeline(
                        task,
                        bounded(
                                inserted(events, (TaskRouterEvent) event, (a, b) -> a.at().isAfter(b.at())),
                                TaskTimeline::leastOfTask),
                        conferenceEvents);
    }

    private static <T> List<T> bounded(List<T> events, ToIntFunction<List<T>> least) {
        if (events.size() > MOST_EVENTS) {
            events.remove(least.applyAsInt(events));
        }
        return events;
    }

    /** Of an agent who was asked in vain nothing is ever wanted again; of many transfers, it is the last ones that count. */
    private static int leastOfTask(List<TaskRouterEvent> events) {
        Set<ReservationSid> inVain = histories(events).values().stream()
                .filter(History::wasInVain)
                .map(History::reservation)
                .collect(Collectors.toSet());
        return first(events, event -> event instanceof ReservationEvent asked && inVain.contains(asked.reservation()))
                .or(() -> first(events, event -> event.type().isTransfer()))
                .or(() -> first(events, event -> !event.type().isWrapUp()))
                .orElse(0);
    }

    /** The customer is in from the beginning, and matters to the end. */
    private static int leastOfConference(List<ConferenceEvent> events) {
        return first(
                        events,
                        event -> leg(event)
                                .filter(leg -> !isCustomer(leg, event))
                                .isPresent())
                .orElse(0);
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

    private static <T> Optional<Integer> first(List<T> events, Predicate<T> which) {
        for (int i = 0; i < events.size(); i++) {
            if (which.test(events.get(i))) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    /** A leg can be held, muted and moved in and out without end; what it did last is what counts. */
    private List<ConferenceEvent> withoutSuperseded(ConferenceEvent later) {
        return conferenceEvents.stream()
                .filter(known -> !supersedes(later, known))
                .toList();
    }

    private static boolean supersedes(ConferenceEvent one, ConferenceEvent other) {
        return one instanceof LegSeen seen && seen.supersedes(other);
    }

    private static <T> List<T> inserted(List<T> known, T one, BiPredicate<T, T> isLater) {
        int place = known.size();
        while (place > 0 && isLater.test(known.get(place - 1), one)) {
            place--;
        }
        List<T> more = new ArrayList<>(known.size() + 1);
        more.addAll(known);
        more.add(place, one);
        return more;
    }

    /** Returns who joined a conference and who left it, as far as its status callbacks say. */
    public ParticipantLog participantLog(ConferenceSid conference) {
        List<ConferenceEvent> told = conferenceEvents.stream()
                .filter(event -> event.origin().conference().equals(conference))
                .toList();
        return told.isEmpty() ? ParticipantLog.NONE : ParticipantLogBuilder.of(told);
    }

    /** Returns the segments whose talk is over, in the order in which their agents were first asked. */
    public List<Segment> segments() {
        if (!hasWrapUp()) {
            return List.of();
        }
        Map<ReservationSid, History> histories = histories();
        Optional<Instant> wrapUp = taskWrapUp();
        Optional<History> alone = wrapUp.flatMap(at -> lastOneIn(histories, at));
        return histories.values().stream()
                .map(history -> history.left()
                        .or(() -> alone.filter(history::equals).flatMap(last -> wrapUp))
                        .map(left -> history.segment(task, left)))
                .flatMap(Optional::stream)
                .toList();
    }

    /**
     * Says whether the talk is over for an agent of whose reservation nothing is known: the timeline has a hole, and only
     * Twilio can fill it.
     */
    public boolean missesItsReservation() {
        return taskWrapUp().isPresent() && segments().isEmpty();
    }

    /**
     * Says whether something may have happened that nobody told us of: we heard of the task, or of a reservation, only after
     * it was created, or more than is kept has happened.
     */
    public boolean mayHaveHole() {
        return events.size() >= MOST_EVENTS
                || !any(events, EventType.TASK_CREATED::equals)
                || histories().values().stream().anyMatch(history -> !history.has(EventType.RESERVATION_CREATED));
    }

    /** Returns where the call took place, as the events told it last. */
    public Optional<ConferenceSid> conference() {
        return events.stream()
                .map(TaskRouterEvent::conference)
                .flatMap(Optional::stream)
                .reduce((first, last) -> last);
    }

    /** Says whether the talk is over for any agent; until then there is nothing to decide. */
    public boolean hasWrapUp() {
        return any(events, EventType::isWrapUp);
    }

    /** Returns when an agent completed, after which Flex Insights reads no more of that agent's segment. */
    public Optional<Instant> completedAt(ReservationSid reservation) {
        return Optional.ofNullable(histories().get(reservation))
                .flatMap(history -> history.first(EventType.RESERVATION_COMPLETED));
    }

    /** Says whether the task has come into being, and is not known to have been taken by an agent or to be over. */
    public boolean isUnanswered() {
        return any(events, EventType.TASK_CREATED::equals) && !any(events, EventType::comesAfterAnswer);
    }

    /** Says whether any agent tried to hand the task on. */
    public boolean hasTransfer() {
        return any(events, EventType::isTransfer);
    }

    /** Returns who else had a part in the call, seen from this reservation's segment. */
    public OtherAgents otherAgents(ReservationSid reservation) {
        Map<ReservationSid, History> histories = histories();
        List<Transfer> transfers = transfers(histories);
        List<OtherAgent> agents = histories.values().stream()
                .filter(history -> history.accepted() && !history.reservation().equals(reservation))
                .map(history -> history.otherAgent(transfers))
                .toList();
        Optional<Transfer> joinedVia =
                Optional.ofNullable(histories.get(reservation)).flatMap(history -> history.joinedVia(transfers));
        return new OtherAgents(agents, transfers, joinedVia);
    }

    /** A transfer's later events belong to the last one that the same agent started. */
    private List<Transfer> transfers(Map<ReservationSid, History> histories) {
        List<Transfer> transfers = new ArrayList<>();
        for (TaskRouterEvent event : events) {
            if (event instanceof TransferEvent step) {
                Optional<ReservationSid> starter = step.startedBy().or(() -> onlyOneIn(histories, step.at()));
                int known = lastOf(transfers, starter);
                if (step.type() == EventType.TRANSFER_INITIATED || known < 0) {
                    transfers.add(new Transfer(starter, step.mode(), step.at(), inVain(step)));
                } else if (step.type().endsTransferInVain()) {
                    Transfer begun = transfers.get(known);
                    transfers.set(known, new Transfer(starter, begun.mode(), begun.started(), inVain(step)));
                }
            }
        }
        return transfers;
    }

    private static Optional<Instant> inVain(TransferEvent step) {
        return step.type().endsTransferInVain() ? Optional.of(step.at()) : Optional.empty();
    }

    private static int lastOf(List<Transfer> transfers, Optional<ReservationSid> starter) {
        for (int i = transfers.size() - 1; i >= 0; i--) {
            if (transfers.get(i).startedBy().equals(starter)) {
                return i;
            }
        }
        return -1;
    }

    /** An event that does not say who started the transfer leaves no doubt where only one agent could have. */
    private static Optional<ReservationSid> onlyOneIn(Map<ReservationSid, History> histories, Instant moment) {
        List<ReservationSid> in = histories.values().stream()
                .filter(history ->
                        history.accepted() && history.otherAgent(List.of()).wasPresentAt(moment))
                .map(History::reservation)
                .toList();
        return in.size() == 1 ? Optional.of(in.get(0)) : Optional.empty();
    }

    /** Says whether nothing more is to be expected, so that the timeline need not be kept at any price. */
    public boolean finished() {
        if (any(events, EventType::endsTask)) {
            return true;
        }
        return any(events, EventType.RESERVATION_COMPLETED::equals)
                && !hasTransfer()
                && histories().values().stream().allMatch(History::ended);
    }

    /** Says whether another agent has the call, or is to get it. */
    public boolean livesOn() {
        if (any(events, EventType::endsTask)) {
            return false;
        }
        Map<ReservationSid, History> histories = histories();
        boolean someoneIsIn = histories.values().stream()
                .anyMatch(history -> !history.ended() && history.left().isEmpty());
        return someoneIsIn || hasWaitingTransfer(histories);
    }

    private boolean hasWaitingTransfer(Map<ReservationSid, History> histories) {
        List<Transfer> transfers = transfers(histories);
        return transfers.stream()
                .filter(transfer -> transfer.failedAt().isEmpty())
                .anyMatch(transfer -> histories.values().stream()
                        .filter(History::accepted)
                        .noneMatch(history -> history.joinedVia(transfers).equals(Optional.of(transfer))));
    }

    /** A task's own wrap-up stands in for that of an agent only where that agent is the only one left. */
    private static Optional<History> lastOneIn(Map<ReservationSid, History> histories, Instant taskWrapUp) {
        boolean someoneAccepted = histories.values().stream().anyMatch(History::accepted);
        List<History> candidates = histories.values().stream()
                .filter(history -> history.left().isEmpty() && history.lasted(taskWrapUp))
                .filter(history -> history.accepted() || !someoneAccepted)
                .toList();
        return candidates.size() == 1 ? Optional.of(candidates.get(0)) : Optional.empty();
    }

    // A loop, and not a stream: this is asked of nearly every event that arrives.
    private static boolean any(List<? extends TaskRouterEvent> events, Predicate<EventType> type) {
        for (TaskRouterEvent event : events) {
            if (type.test(event.type())) {
                return true;
            }
        }
        return false;
    }

    private Optional<Instant> taskWrapUp() {
        return events.stream()
                .filter(event -> event.type() == EventType.TASK_WRAPUP)
                .map(TaskRouterEvent::at)
                .findFirst();
    }

    private Map<ReservationSid, History> histories() {
        return histories(events);
    }

    private static Map<ReservationSid, History> histories(List<TaskRouterEvent> events) {
        Map<ReservationSid, History> histories = new LinkedHashMap<>();
        for (TaskRouterEvent event : events) {
            if (event instanceof ReservationEvent reservation) {
                histories
                        .computeIfAbsent(reservation.reservation(), sid -> new History(sid, new ArrayList<>()))
                        .events()
                        .add(reservation);
            }
        }
        return histories;
    }

    /** What happened to one reservation. */
    private record History(ReservationSid reservation, List<ReservationEvent> events) {

        boolean has(EventType type) {
            return any(events, type::equals);
        }

        boolean accepted() {
            return has(EventType.RESERVATION_ACCEPTED) || has(EventType.RESERVATION_WRAPUP);
        }

        boolean ended() {
            return any(events, EventType::endsReservation);
        }

        boolean wasInVain() {
            return ended() && !accepted() && !has(EventType.RESERVATION_COMPLETED);
        }

        /** One that was completed at this moment or later had still been the agent's then. */
        boolean lasted(Instant moment) {
            return events.stream()
                    .filter(event -> event.type().endsReservation())
                    .allMatch(event -> event.type() == EventType.RESERVATION_COMPLETED
                            && !event.at().isBefore(moment));
        }

        Optional<Instant> left() {
            return first(EventType.RESERVATION_WRAPUP);
        }

        Segment segment(TaskRef task, Instant left) {
            Optional<WorkerSid> worker =
                    last(events.stream().map(ReservationEvent::worker).toList());
            return new Segment(task, reservation, worker, contact(), left, has(EventType.RESERVATION_COMPLETED));
        }

        OtherAgent otherAgent(List<Transfer> transfers) {
            Instant accepted = first(EventType.RESERVATION_ACCEPTED)
                    .orElseGet(() -> events.get(0).at());
            Optional<Instant> gone = left().or(() -> first(EventType.RESERVATION_COMPLETED));
            return new OtherAgent(reservation, contact(), accepted, gone, joinedVia(transfers));
        }

        /** The agent was asked because of the last transfer that somebody else had begun by then. */
        Optional<Transfer> joinedVia(List<Transfer> transfers) {
            Instant asked = events.get(0).at();
            return transfers.stream()
                    .filter(transfer -> transfer.couldHaveInvitedAt(asked))
                    .filter(transfer ->
                            transfer.startedBy().filter(reservation::equals).isEmpty())
                    .reduce((earlier, later) -> later);
        }

        private Optional<Address> contact() {
            return last(events.stream().map(ReservationEvent::contact).toList());
        }

        private Optional<Instant> first(EventType type) {
            return events.stream()
                    .filter(event -> event.type() == type)
                    .map(ReservationEvent::at)
                    .findFirst();
        }

        private static <T> Optional<T> last(List<Optional<T>> values) {
            return values.stream().flatMap(Optional::stream).reduce((first, last) -> last);
        }
    }
}
