package io.hangupby.internal.journal;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job that runs from time to time, on one node at a time.
 *
 * @param name the same on every node; at most 40 characters
 * @param interval how long to wait after a run
 * @param work the work; if it fails, it runs again at its next time
 */
public record RecurringJob(String name, Duration interval, Runnable work) {
    private static final Logger log = LoggerFactory.getLogger(RecurringJob.class);

    /** Runs the job, and logs its failure. */
    public void run() {
        try {
            work.run();
        } catch (RuntimeException | Error failure) {
            log.warn("{} failed: {}; retried in {} s", name, failure.getMessage(), interval.toSeconds());
        }
    }
}
