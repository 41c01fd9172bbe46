package io.hangupby.journal;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something that is to be done now and again, by one node at a time.
 *
 * @param name names it, the same on every node; at most 40 characters
 * @param every how long to wait after it was done
 * @param work what is to be done; if it fails, it is done again at its next time
 */
public record Chore(String name, Duration every, Runnable work) {
    private static final Logger log = LoggerFactory.getLogger(Chore.class);

    /** Does it, and logs it if it fails. */
    public void doIt() {
        try {
            work.run();
        } catch (RuntimeException | Error failure) {
            log.warn("{} failed: {}; tried again in {} s", name, failure.getMessage(), every.toSeconds());
        }
    }
}
