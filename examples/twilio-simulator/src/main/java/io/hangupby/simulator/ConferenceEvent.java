package io.hangupby.simulator;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Something that happened in a conference, as its status callback tells it. Immutable.
 *
 * @param sid a SID of its own; Twilio sends none, but it tells repetitions from new events
 * @param at when it happened
 * @param params the parameters of its callback, sorted by name
 */
public record ConferenceEvent(String sid, Instant at, SortedMap<String, String> params) implements CallbackEvent {

    /** Keeps a copy of the parameters. */
    public ConferenceEvent {
        params = Collections.unmodifiableSortedMap(new TreeMap<>(params));
    }

    /** What happened, such as {@code participant-leave}. */
    @Override
    public String type() {
        return param("StatusCallbackEvent");
    }

    /** The conference's task. */
    @Override
    public String taskSid() {
        return param("TaskSid");
    }

    /** One parameter, or an empty text where it was not sent. */
    public String param(String name) {
        return params.getOrDefault(name, "");
    }
}
