package io.hangupby.webhook;

import io.hangupby.event.CallEvent;
import io.hangupby.journal.CallJournal;
import io.hangupby.journal.JournalException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has events journalled, and says in the log if one cannot be. */
record EventKeeper(CallJournal journal) {
    private static final Logger log = LoggerFactory.getLogger(EventKeeper.class);

    /** Returns whether the event is kept; if not, it has to be sent again. */
    boolean keep(CallEvent event) {
        try {
            journal.append(event);
            return true;
        } catch (JournalException full) {
            log.warn("task {}: its event is not kept: {}", event.task(), full.getMessage());
            return false;
        } catch (RuntimeException failed) {
            // A journal can be anybody's, and so can the words of its failures.
            log.warn(
                    "task {}: its event is not kept: {}",
                    event.task(),
                    failed.getClass().getName());
            return false;
        }
    }
}
