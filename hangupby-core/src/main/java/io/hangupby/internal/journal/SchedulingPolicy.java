package io.hangupby.internal.journal;

import io.hangupby.internal.event.CallEvent;
import io.hangupby.internal.event.EventType;
import io.hangupby.internal.event.TaskRouterEvent;

/**
 * Says which events make a task due. Immutable.
 *
 * @param wakesNew whether there is work to do for a new task, before any agent takes it
 */
public record SchedulingPolicy(boolean wakesNew) {

    /**
     * Says whether a task can be due because of an event at all, without a look at its record.
     *
     * @param decided whether any of its segments has a verdict
     */
    public boolean canBeDue(CallEvent event, boolean decided) {
        return decided || callsForWork(event) || (wakesNew && isCreation(event));
    }

    /**
     * Says whether a task is due because of an event.
     *
     * @param isNew whether the event came for the first time
     * @param record all that is known of the task, with the event
     */
    public boolean isDue(CallEvent event, boolean isNew, TaskRecord record) {
        boolean forNew = wakesNew && isNew && isCreation(event) && record.takesPreset();
        return forNew
                || (callsForWork(event)
                        ? record.callsForWork()
                        : !record.outcomes().isEmpty() && !record.revisable().isEmpty());
    }

    private static boolean callsForWork(CallEvent event) {
        return event instanceof TaskRouterEvent told
                && (told.type().isWrapUp() || told.type() == EventType.RESERVATION_COMPLETED);
    }

    private static boolean isCreation(CallEvent event) {
        return event instanceof TaskRouterEvent told && told.type() == EventType.TASK_CREATED;
    }
}
