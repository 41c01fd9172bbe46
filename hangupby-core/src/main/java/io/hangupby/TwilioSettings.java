package io.hangupby;

import com.twilio.http.TwilioRestClient;
import io.hangupby.internal.processing.EngineThreads;
import io.hangupby.internal.twilio.TwilioHosts;
import io.hangupby.twilio.WriteOnEventVersion;
import java.util.Optional;

/**
 * How Twilio's API is called.
 *
 * @param hosts where API calls go
 * @param client the application's own client, if it has given one
 * @param maxConcurrentCalls how many API calls of one account are under way at once
 * @param maxUpdatesPerSecond how many tasks of one account are updated in a second; 0 for no limit
 * @param writeOnEventVersion whether a task is written on the version that an event carries
 */
record TwilioSettings(
        TwilioHosts hosts,
        Optional<TwilioRestClient> client,
        int maxConcurrentCalls,
        int maxUpdatesPerSecond,
        WriteOnEventVersion writeOnEventVersion) {

    /** Returns how many tasks of one account are processed at once. */
    int tasksAtOnce() {
        return EngineThreads.tasksAtOnce(maxConcurrentCalls);
    }
}
