package io.hangupby.internal.journal.jdbc;

import io.hangupby.internal.event.CallEvent;
import io.hangupby.internal.event.ConferenceEvent;
import io.hangupby.internal.event.TaskRouterEvent;
import io.hangupby.internal.event.VoiceReport;

/** The text by which a repeated delivery of an event is recognized. */
final class EventKey {
    private EventKey() {}

    static String of(CallEvent event) {
        if (event instanceof ConferenceEvent inConference) {
            ConferenceEvent.Origin origin = inConference.origin();
            return origin.conference().value() + "/" + origin.number();
        }
        if (event instanceof VoiceReport report) {
            return report.key();
        }
        TaskRouterEvent.Key key = ((TaskRouterEvent) event).key();
        return key.type() + "/" + key.resource() + "/" + key.at().toEpochMilli();
    }
}
