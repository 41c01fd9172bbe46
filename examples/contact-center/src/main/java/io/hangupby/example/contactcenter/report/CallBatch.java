package io.hangupby.example.contactcenter.report;

import java.util.List;

/**
 * The changes since a browser's last request. Immutable.
 *
 * @param life identifies the run of this process; a restart numbers all changes anew
 * @param oldest the number of the oldest stored change; the page drops older rows
 * @param last the number to send with the next request
 * @param more whether further changes exist
 * @param calls the segments that changed, in the order of their changes
 */
record CallBatch(String life, long oldest, long last, boolean more, List<CallRow> calls) {

    CallBatch {
        calls = List.copyOf(calls);
    }
}
