package io.hangupby.example.contactcenter.report;

import java.util.List;

/**
 * What changed since a browser asked last. Immutable.
 *
 * @param life which run of this process counts the changes: after a restart, all of them begin anew
 * @param oldest the number of the oldest change that is still kept; the page drops what is older
 * @param last the number to ask with next
 * @param more whether there is more already
 * @param calls the segments that changed, in the order of their changes
 */
record CallBatch(String life, long oldest, long last, boolean more, List<CallRow> calls) {

    CallBatch {
        calls = List.copyOf(calls);
    }
}
