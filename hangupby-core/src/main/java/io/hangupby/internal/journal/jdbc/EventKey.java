package io.hangupby.internal.journal.jdbc;

import io.hangupby.internal.event.CallEvent;
import io.hangupby.internal.event.ConferenceEvent;
import io.hangupby.internal.event.TaskRouterEvent;

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
