package io.hangupby.simulator.events;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An event of a conference, as its status callback reports it. Immutable.
 *
 * @param sid the event's own SID, the same in each repetition; Twilio does not send it
 * @param at when it happened
 * @param params the parameters of its callback, sorted by name
 */
public record ConferenceStatusEvent(String sid, Instant at, SortedMap<String, String> params) implements CallbackEvent {

    /** Keeps a copy of the parameters. */
    public ConferenceStatusEvent {
        params = Collections.unmodifiableSortedMap(new TreeMap<>(params));
    }

    /** Returns the type, such as {@code participant-leave}. */
    @Override
    public String type() {
        return param("StatusCallbackEvent");
    }

    /** Returns the SID of the conference's task. */
    @Override
    public String taskSid() {
        return param("TaskSid");
    }

    /** Returns one parameter, or an empty string if it is not sent. */
    public String param(String name) {
        return params.getOrDefault(name, "");
    }
}
