package io.hangupby.simulator.events;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What Voice Insights says of a call some time after it. Only Event Streams sends such events. Immutable.
 *
 * @param sid the event's own SID, the same in each repetition
 * @param at when Voice Insights said it
 * @param taskSid the task that the call belonged to, which the event does not name
 * @param accountSid the account
 * @param type the type, such as {@code call-summary.complete}
 * @param data the event's data, as JSON
 */
public record VoiceReportEvent(String sid, Instant at, String taskSid, String accountSid, String type, String data)
        implements CallbackEvent {

    @Override
    public SortedMap<String, String> params() {
        return Collections.unmodifiableSortedMap(new TreeMap<>(Map.of("AccountSid", accountSid)));
    }
}
