package io.hangupby.internal.event;

import static io.hangupby.internal.event.ReservationHistory.any;

import io.hangupby.call.CallSid;
import io.hangupby.call.ConferenceSid;
import io.hangupby.call.Marker;
import io.hangupby.call.OtherAgent;
import io.hangupby.call.OtherAgents;
import io.hangupby.call.ParticipantLeft;
import io.hangupby.call.ParticipantLog;
import io.hangupby.call.ReservationSid;
import io.hangupby.call.Segment;
import io.hangupby.call.TaskRef;
import io.hangupby.call.Transfer;
import io.hangupby.internal.event.TaskRouterEvent.FieldSeen;
import io.hangupby.internal.event.TaskRouterEvent.TaskEvent;
import io.hangupby.internal.event.TaskRouterEvent.TransferEvent;
import io.hangupby.internal.event.TaskRouterEvent.ValueLost;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The events of one task, in the order in which they happened, in any order of arrival. Immutable and thread-safe.
 *
 * @param task the task
 * @param events TaskRouter's events of the task, oldest first, without duplicates
 * @param conferenceEvents the events of the task's conferences, by sequence number, without duplicates
 * @param reports what Voice Insights says of the task's legs, oldest first, without duplicates
 */
public record TaskTimeline(
        TaskRef task, List<TaskRouterEvent> events, List<ConferenceEvent> conferenceEvents, List<VoiceReport> reports) {

    /**
     * The maximum number of TaskRouter's events that are kept for one task, and of conference events; a few dozen are
     * common. Beyond the maximum, the least important event is dropped. TaskRouter's recorded events are then read
     * before a verdict relies on the absence of an event.
     */
    public static final int MOST_EVENTS = 256;

    /** Copies the lists. Callers pass ordered, distinct events. */
    public TaskTimeline {
        events = List.copyOf(events);
        conferenceEvents = List.copyOf(conferenceEvents);
        reports = List.copyOf(reports);
    }

    /** Creates a timeline without reports of Voice Insights. */
    public TaskTimeline(TaskRef task, List<TaskRouterEvent> events, List<ConferenceEvent> conferenceEvents) {
        this(task, events, conferenceEvents, List.of());
    }

    /** Returns the empty timeline of a task. */
    public static TaskTimeline of(TaskRef task) {
        return new TaskTimeline(task, List.of(), List.of());
    }

    /** Returns whether this event is a repeated delivery, which adds nothing. */
    public boolean knows(CallEvent event) {
        if (event instanceof ConferenceEvent inConference) {
            return conferenceEvents.stream()
                    .anyMatch(known -> inConference.origin().isOf(known));
        }
        if (event instanceof VoiceReport report) {
            return reports.stream().anyMatch(known -> known.key().equals(report.key()));
        }
        TaskRouterEvent received = (TaskRouterEvent) event;
        for (TaskRouterEvent known : events) {
            if (known.type() == received.type() && known.key().equals(received.key())) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether this event is in the timeline. */
    public boolean holds(CallEvent event) {
        if (event instanceof VoiceReport) {
            return reports.contains(event);
        }
        return event instanceof ConferenceEvent ? conferenceEvents.contains(event) : events.contains(event);
    }

    /** Returns this timeline with another event in order, or this timeline if the event adds nothing. */
    public TaskTimeline with(CallEvent event) {
        if (knows(event)) {
            return this;
        }
        if (event instanceof VoiceReport report) {
            List<VoiceReport> all = EventBound.inserted(reports, report, (a, b) -> VoiceReport.ORDER.compare(a, b) > 0);
            return new TaskTimeline(task, events, conferenceEvents, EventBound.ofReports(all));
        }
        if (event instanceof ConferenceEvent inConference) {
            List<ConferenceEvent> all = EventBound.inserted(
                    conferenceEvents,
                    inConference,
                    (a, b) -> a.origin().number() > b.origin().number());
            return new TaskTimeline(task, events, EventBound.ofConferences(all), reports);
        }
        return event instanceof FieldSeen seen ? withNewest(seen) : with(events, (TaskRouterEvent) event);
    }

    private TaskTimeline withNewest(FieldSeen seen) {
        return fieldSeen().stream().allMatch(seen::isLaterThan)
                ? with(
                        events.stream()
                                .filter(event -> !(event instanceof FieldSeen))
                                .toList(),
                        seen)
                : this;
    }

    private TaskTimeline with(List<TaskRouterEvent> others, TaskRouterEvent event) {
        List<TaskRouterEvent> all = EventBound.inserted(others, event, (a, b) -> a.at().isAfter(b.at()));
        return new TaskTimeline(task, EventBound.ofTask(all), conferenceEvents, reports);
    }

    /** Returns who joined, changed and left in a conference, according to its status callbacks. */
    public ParticipantLog participantLog(ConferenceSid conference) {
        return ConferenceEvent.log(conferenceEvents, conference);
    }

    /** Returns the segments whose agents have left the conversation, in the order in which the agents were invited. */
    public List<Segment> segments() {
        if (!hasWrapUp()) {
            return List.of();
        }
        Map<ReservationSid, ReservationHistory> histories = histories();
        Optional<Instant> wrapUp = taskWrapUp();
        Optional<ReservationHistory> lastAgent = wrapUp.flatMap(at -> lastAgentAt(histories, at));
        return histories.values().stream()
                .map(history -> history.left()
                        .or(() -> lastAgent.filter(history::equals).flatMap(last -> wrapUp))
                        .map(left -> history.segment(task, left)))
                .flatMap(Optional::stream)
                .toList();
    }

    /**
     * Returns whether the task is in wrap-up but no reservation is known. The missing events must be read from Twilio.
     */
    public boolean missesItsReservation() {
        return taskWrapUp().isPresent() && segments().isEmpty();
    }

    /**
     * Returns whether events may be missing: the creation of the task or of a reservation is unknown, a transfer was started
     * by an unknown reservation, or the timeline is full.
     */
    public boolean mayHaveHole() {
        return events.size() >= MOST_EVENTS
                || !any(events, EventType.TASK_CREATED::equals)
                || histories().values().stream().anyMatch(history -> !history.has(EventType.RESERVATION_CREATED))
                || missesAnAgent();
    }

    /** Returns whether an agent started a transfer of whom nothing further is known. */
    private boolean missesAnAgent() {
        return hasTransfer()
                && events.stream()
                        .flatMap(event ->
                                event instanceof TransferEvent step ? step.startedBy().stream() : Stream.empty())
                        .anyMatch(starter -> !histories().containsKey(starter));
    }

    /**
     * Returns whether the wrap-up of another agent may be missing, who counts as present when this segment's agent left. A whole
     * participant log rules that out if each leg that left before belongs to a known wrap-up.
     */
    public boolean mayMissWrapUp(Segment segment) {
        return otherAgents(segment.reservation()).anyPresentAt(segment.left())
                && conference().map(this::participantLog).stream()
                        .allMatch(log -> !log.isWhole()
                                || log.leaves().stream().anyMatch(left -> isUnexplained(left, log, segment)));
    }

    private boolean isUnexplained(ParticipantLeft left, ParticipantLog log, Segment segment) {
        return left.leftOnOwnAccord()
                && !left.at().isAfter(segment.left())
                && log.customer().stream().noneMatch(left.leg()::equals)
                && histories().values().stream()
                        .flatMap(history -> history.left().stream())
                        .noneMatch(wrapUp -> log.leavesNear(wrapUp).contains(left));
    }

    /** Returns the conference that the latest event names, or the latest status callback. */
    public Optional<ConferenceSid> conference() {
        return events.stream()
                .map(TaskRouterEvent::conference)
                .flatMap(Optional::stream)
                .reduce((first, last) -> last)
                .or(() -> conferenceEvents.stream()
                        .max(Comparator.comparing(CallEvent::at))
                        .map(event -> event.origin().conference()));
    }

    /** Returns the customer's leg that the latest event names. */
    public Optional<CallSid> customer() {
        return events.stream()
                .map(TaskRouterEvent::customer)
                .flatMap(Optional::stream)
                .reduce((first, last) -> last);
    }

    /** Returns the value that the task was created with in {@code conversations.hang_up_by}. */
    public Optional<String> bornWith() {
        return events.stream()
                .filter(event -> event instanceof TaskEvent)
                .flatMap(event -> ((TaskEvent) event).hangUpBy().stream())
                .findFirst();
    }

    /** Returns the marker of this reservation's agent that was seen in the task, and may not be there any more. */
    public Marker marker(ReservationSid reservation) {
        return MarkerHistory.of(events, histories()).marker(reservation);
    }

    /** Returns whether any agent is or was in wrap-up. Before that, there is nothing to decide. */
    public boolean hasWrapUp() {
        return any(events, EventType::isWrapUp);
    }

    /** Returns when an agent completed the reservation. Flex Insights ignores values written later. */
    public Optional<Instant> completedAt(ReservationSid reservation) {
        return Optional.ofNullable(histories().get(reservation))
                .flatMap(history -> history.first(EventType.RESERVATION_COMPLETED));
    }

    /** Returns the value that Flex Insights read when the reservation completed, if the event's attributes were read. */
    public Optional<String> valueAtCompletion(ReservationSid reservation) {
        return Optional.ofNullable(histories().get(reservation)).flatMap(ReservationHistory::valueAtCompletion);
    }

    /** Returns how often a segment's value was found gone. */
    public int losses(ReservationSid reservation) {
        return (int) events.stream()
                .filter(event ->
                        event instanceof ValueLost lost && lost.reservation().equals(reservation))
                .count();
    }

    /** Returns what the newest update showed while an agent in wrap-up had no verdict. */
    public Optional<FieldSeen> fieldSeen() {
        return events.stream()
                .filter(event -> event instanceof FieldSeen)
                .map(FieldSeen.class::cast)
                .findFirst();
    }

    /** Returns the reservations whose agents are in the conversation. */
    public List<ReservationSid> agentsPresent() {
        return histories().values().stream()
                .filter(history ->
                        history.accepted() && !history.ended() && history.left().isEmpty())
                .map(ReservationHistory::reservation)
                .toList();
    }

    /**
     * Returns whether the task was created, no agent is known to have accepted the task, and the task is not known to
     * be over.
     */
    public boolean waitsForAgent() {
        return any(events, EventType.TASK_CREATED::equals) && !any(events, EventType::endsWaiting);
    }

    /** Returns whether any agent started a transfer. */
    public boolean hasTransfer() {
        return any(events, EventType::isTransfer);
    }

    /** Returns the other agents and the transfers of the task, for this reservation's segment. */
    public OtherAgents otherAgents(ReservationSid reservation) {
        Map<ReservationSid, ReservationHistory> histories = histories();
        List<Transfer> transfers = TransferHistory.of(events, histories);
        List<OtherAgent> agents = histories.values().stream()
                .filter(history -> history.accepted() && !history.reservation().equals(reservation))
                .map(history -> history.otherAgent(transfers))
                .toList();
        Optional<Transfer> joinedVia =
                Optional.ofNullable(histories.get(reservation)).flatMap(history -> history.joinedVia(transfers));
        return new OtherAgents(agents, transfers, joinedVia);
    }

    /** Returns whether no further event is expected, so the timeline may be dropped if memory is short. */
    public boolean finished() {
        if (any(events, EventType::endsTask)) {
            return true;
        }
        return any(events, EventType.RESERVATION_COMPLETED::equals)
                && !hasTransfer()
                && histories().values().stream().allMatch(ReservationHistory::ended);
    }

    /** Returns whether an agent is in the conversation or invited, or a transfer is active. */
    public boolean livesOn() {
        if (any(events, EventType::endsTask)) {
            return false;
        }
        Map<ReservationSid, ReservationHistory> histories = histories();
        boolean agentIsPresent = histories.values().stream()
                .anyMatch(history -> !history.ended() && history.left().isEmpty());
        return agentIsPresent || hasWaitingTransfer(histories);
    }

    private boolean hasWaitingTransfer(Map<ReservationSid, ReservationHistory> histories) {
        List<Transfer> transfers = TransferHistory.of(events, histories);
        return transfers.stream()
                .filter(transfer -> transfer.failedAt().isEmpty())
                .anyMatch(transfer -> histories.values().stream()
                        .filter(ReservationHistory::accepted)
                        .noneMatch(history -> history.joinedVia(transfers).equals(Optional.of(transfer))));
    }

    /** The task's wrap-up counts as an agent's wrap-up only if a single agent is left. */
    private static Optional<ReservationHistory> lastAgentAt(
            Map<ReservationSid, ReservationHistory> histories, Instant taskWrapUp) {
        boolean anyAccepted = histories.values().stream().anyMatch(ReservationHistory::accepted);
        List<ReservationHistory> candidates = histories.values().stream()
                .filter(history -> history.left().isEmpty() && history.lastedUntil(taskWrapUp))
                .filter(history -> history.accepted() || !anyAccepted)
                .toList();
        return candidates.size() == 1 ? Optional.of(candidates.get(0)) : Optional.empty();
    }

    private Optional<Instant> taskWrapUp() {
        return events.stream()
                .filter(event -> event.type() == EventType.TASK_WRAPUP)
                .map(TaskRouterEvent::at)
                .findFirst();
    }

    private Map<ReservationSid, ReservationHistory> histories() {
        return ReservationHistory.of(events);
    }
}
