package io.hangupby.simulator.events;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An event of the workspace, as TaskRouter reports it. Immutable.
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

    /** Returns the type, such as {@code reservation.wrapup}. */
    @Override
    public String type() {
        return param("EventType");
    }

    /** Returns the SID of the task it is about, or an empty string. */
    @Override
    public String taskSid() {
        return param("TaskSid");
    }

    /** Returns one parameter, or an empty string if it is not sent. */
    public String param(String name) {
        return params.getOrDefault(name, "");
    }
}
