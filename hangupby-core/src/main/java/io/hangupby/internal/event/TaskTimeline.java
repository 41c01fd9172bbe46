package io.hangupby.internal.event;

import static io.hangupby.internal.event.ReservationHistory.any;

import io.hangupby.call.CallSid;
import io.hangupby.call.ConferenceSid;
import io.hangupby.call.Marker;
import io.hangupby.call.OtherAgent;
import io.hangupby.call.OtherAgents;
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
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The events of one task, in the order in which they happened, in any order of arrival. Immutable and thread-safe. */
public final class TaskTimeline {

    /**
     * The maximum number of TaskRouter's events that are kept for one task, and of conference events; a few dozen are
     * common. Beyond the maximum, the least important event is dropped. TaskRouter's recorded events are then read
     * before a verdict relies on the absence of an event.
     */
    public static final int MOST_EVENTS = 256;

    private final TaskRef task;
    private final List<TaskRouterEvent> events;
    private final List<ConferenceEvent> conferenceEvents;
    private final List<VoiceReport> reports;

    /** What every turn asks for again and again. Two threads may both derive it, and get the same. */
    private @Nullable TimelineSummary summary;

    /** Copies the lists. Callers pass ordered, distinct events. */
    TaskTimeline(
            TaskRef task,
            List<TaskRouterEvent> events,
            List<ConferenceEvent> conferenceEvents,
            List<VoiceReport> reports) {
        this.task = task;
        this.events = List.copyOf(events);
        this.conferenceEvents = List.copyOf(conferenceEvents);
        this.reports = List.copyOf(reports);
    }

    /** Returns the empty timeline of a task. */
    public static TaskTimeline of(TaskRef task) {
        return new TaskTimeline(task, List.of(), List.of(), List.of());
    }

    /** Returns the task. */
    public TaskRef task() {
        return task;
    }

    /** Returns TaskRouter's events of the task, oldest first, without duplicates. */
    public List<TaskRouterEvent> events() {
        return events;
    }

    /** Returns the events of the task's conferences, by sequence number, without duplicates. */
    public List<ConferenceEvent> conferenceEvents() {
        return conferenceEvents;
    }

    /** Returns what Voice Insights says of the task's legs, oldest first, without duplicates. */
    public List<VoiceReport> reports() {
        return reports;
    }

    private TimelineSummary summary() {
        TimelineSummary known = summary;
        if (known == null) {
            known = TimelineSummary.of(task, events);
            summary = known;
        }
        return known;
    }

    private Map<ReservationSid, ReservationHistory> histories() {
        return summary().reservations();
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
        return events.contains(event) || conferenceEvents.contains(event) || reports.contains(event);
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
        return hasWrapUp() ? summary().segments() : List.of();
    }

    /** Returns whether the task is in wrap-up but no reservation is known. The missing events must be read from Twilio. */
    public boolean missesItsReservation() {
        return any(events, EventType.TASK_WRAPUP::equals) && segments().isEmpty();
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

    /** Returns whether the wrap-up may be missing of an agent who counts as present when this segment's agent left. */
    public boolean mayMissWrapUp(Segment segment) {
        return wholeLog().isEmpty()
                ? otherAgents(segment.reservation()).anyPresentAt(segment.left())
                : missesWrapUp(segment);
    }

    /** Returns whether a whole participant log shows that it is missing: a leg left before, and no known wrap-up explains it. */
    public boolean missesWrapUp(Segment segment) {
        return otherAgents(segment.reservation()).anyPresentAt(segment.left())
                && new MissingWrapUps(histories().values(), wholeLog()).areProvenFor(segment);
    }

    private Optional<ParticipantLog> wholeLog() {
        return conference().map(this::participantLog).filter(ParticipantLog::isWhole);
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
        return MarkerHistory.of(events, histories(), conferenceEvents).marker(reservation);
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
                .flatMap(event -> event instanceof FieldSeen seen ? Stream.of(seen) : Stream.empty())
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
        List<Transfer> transfers = summary().transfers();
        List<OtherAgent> agents = histories().values().stream()
                .filter(history -> history.accepted() && !history.reservation().equals(reservation))
                .map(history -> history.otherAgent(transfers))
                .toList();
        Optional<Transfer> joinedVia =
                Optional.ofNullable(histories().get(reservation)).flatMap(history -> history.joinedVia(transfers));
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
        boolean agentIsPresent = histories().values().stream()
                .anyMatch(history -> !history.ended() && history.left().isEmpty());
        return agentIsPresent || hasWaitingTransfer();
    }

    private boolean hasWaitingTransfer() {
        List<Transfer> transfers = summary().transfers();
        return transfers.stream()
                .filter(transfer -> transfer.failedAt().isEmpty())
                .anyMatch(transfer -> histories().values().stream()
                        .filter(ReservationHistory::accepted)
                        .noneMatch(history -> history.joinedVia(transfers).equals(Optional.of(transfer))));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TaskTimeline timeline
                && task.equals(timeline.task)
                && events.equals(timeline.events)
                && conferenceEvents.equals(timeline.conferenceEvents)
                && reports.equals(timeline.reports);
    }

    @Override
    public int hashCode() {
        return Objects.hash(task, events, conferenceEvents, reports);
    }

    @Override
    public String toString() {
        return "TaskTimeline[" + task + "]" + events + conferenceEvents + reports;
    }
}
