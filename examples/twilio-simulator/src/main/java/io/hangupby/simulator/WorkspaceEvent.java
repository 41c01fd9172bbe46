package io.hangupby.simulator;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Something that happened in the workspace, as TaskRouter tells it. Immutable.
 *
 * @param sid the event's own SID, {@code EV…}, as the Events resource lists it
 * @param at when it happened
 * @param params the parameters of its callback, sorted by name
 */
public record WorkspaceEvent(String sid, Instant at, SortedMap<String, String> params) implements CallbackEvent {

    /** Keeps a copy of the parameters. */
    public WorkspaceEvent {
        params = Collections.unmodifiableSortedMap(new TreeMap<>(params));
    }

    /** The event's type, such as {@code reservation.wrapup}. */
    @Override
    public String type() {
        return param("EventType");
    }

    /** The task it is about, or an empty text. */
    @Override
    public String taskSid() {
        return param("TaskSid");
    }

    /** One parameter, or an empty text where it was not sent. */
    public String param(String name) {
        return params.getOrDefault(name, "");
    }

    /** The same event with some parameters changed. */
    WorkspaceEvent with(Map<String, String> changes) {
        TreeMap<String, String> changed = new TreeMap<>(params);
        changed.putAll(changes);
        return new WorkspaceEvent(sid, at, changed);
    }
}
