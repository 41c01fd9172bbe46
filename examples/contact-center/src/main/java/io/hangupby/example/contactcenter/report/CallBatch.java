package io.hangupby.example.contactcenter.report;

import java.util.List;

/**
 * The changes since a browser's last request. Immutable.
 *
 * @param life identifies the run of this process; a restart numbers all changes anew
 * @param oldest the number of the oldest stored change; the page drops older rows
 * @param last the number to send with the next request
 * @param more whether further changes exist
 * @param journal whether the calls from before the start are here
 * @param calls the segments that changed, in the order of their changes
 */
record CallBatch(String life, long oldest, long last, boolean more, Journal journal, List<CallRow> calls) {

    /** Whether the page begins with what the journal keeps. */
    enum Journal {
        /** The journal is in memory, so that a restart forgets it. */
        IN_MEMORY,
        /** The journal is being read. */
        READING,
        /** The journal was read, and is read again to show the calls of other nodes. */
        READ,
        /** The journal could not be read, which is tried again. */
        FAILED
    }

    CallBatch {
        calls = List.copyOf(calls);
    }
}
