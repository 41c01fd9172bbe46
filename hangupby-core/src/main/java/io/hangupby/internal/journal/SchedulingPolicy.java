package io.hangupby.internal.journal;

import io.hangupby.internal.event.CallEvent;
import io.hangupby.internal.event.ConferenceEvent;
import io.hangupby.internal.event.EventType;
import io.hangupby.internal.event.TaskRouterEvent;
import io.hangupby.internal.event.TaskRouterEvent.MarkerSeen;
import io.hangupby.internal.event.TaskRouterEvent.ValueLost;
import io.hangupby.internal.event.VoiceReport;

/**
 * Decides which events make a task due. Immutable.
 *
 * @param wakesNew whether there is work for a new task, before an agent accepts it
 */
public record SchedulingPolicy(boolean wakesNew) {

    /**
     * Returns whether an event can make its task due at all, without reading the record.
     *
     * @param decided whether a segment of the task has a verdict
     */
    public boolean canBeDue(CallEvent event, boolean decided) {
        return decided || callsForWork(event) || (wakesNew && isCreation(event));
    }

    /**
     * Returns whether an event makes its task due.
     *
     * @param isNew whether the event arrived for the first time
     * @param record the record of the task, with the event
     */
    public boolean isDue(CallEvent event, boolean isNew, TaskRecord record) {
        boolean forNew = wakesNew && isNew && isCreation(event) && record.takesPreset();
        return forNew
                || (callsForWork(event)
                        ? record.callsForWork()
                        : (!record.outcomes().isEmpty() && !record.revisable().isEmpty())
                                || (event instanceof ConferenceEvent && record.isLogCompleteForAVerdict()));
    }

    /** Returns whether an event can complete the evidence that a task waits for between two turns of work. */
    public boolean canEndWait(CallEvent event) {
        return event instanceof ConferenceEvent;
    }

    private static boolean callsForWork(CallEvent event) {
        if (event instanceof VoiceReport) {
            return true;
        }
        return event instanceof TaskRouterEvent received
                && (received.type().isWrapUp()
                        || received.type() == EventType.RESERVATION_COMPLETED
                        || received instanceof MarkerSeen
                        || received instanceof ValueLost);
    }

    private static boolean isCreation(CallEvent event) {
        return event instanceof TaskRouterEvent received && received.type() == EventType.TASK_CREATED;
    }
}
