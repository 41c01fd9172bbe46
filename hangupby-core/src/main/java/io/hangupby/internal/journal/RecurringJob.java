package io.hangupby.internal.journal;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something that is to be done now and again, by one node at a time.
 *
 * @param name names it, the same on every node; at most 40 characters
 * @param interval how long to wait after it was done
 * @param work what is to be done; if it fails, it is done again at its next time
 */
public record RecurringJob(String name, Duration interval, Runnable work) {
    private static final Logger log = LoggerFactory.getLogger(RecurringJob.class);

    /** Does it, and logs it if it fails. */
    public void run() {
        try {
            work.run();
        } catch (RuntimeException | Error failure) {
            log.warn("{} failed: {}; tried again in {} s", name, failure.getMessage(), interval.toSeconds());
        }
    }
}
