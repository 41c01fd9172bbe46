package io.hangupby.journal.jdbc;

import io.hangupby.event.CallEvent;
import io.hangupby.event.ConferenceEvent;
import io.hangupby.event.TaskRouterEvent;

/** What a repeated delivery of an event is known by, as a text. */
final class EventKey {
    private EventKey() {}

    static String of(CallEvent event) {
        if (event instanceof ConferenceEvent inConference) {
            ConferenceEvent.Origin origin = inConference.origin();
            return origin.conference().value() + "/" + origin.number();
        }
        TaskRouterEvent.Key key = ((TaskRouterEvent) event).key();
        return key.type() + "/" + key.resource() + "/" + key.at().toEpochMilli();
    }
}
