package io.hangupby.internal.check;

import io.hangupby.check.CheckReport.Line;
import io.hangupby.internal.journal.JournalState;
import io.hangupby.journal.JournalException;
import java.util.function.Supplier;

/** Checks the journal: whether it can be used, and by how many nodes. */
final class JournalLines {
    private static final String JOURNAL = "journal";

    private JournalLines() {}

    /** Returns the line, or says that the journal did not give any in time. */
    static Line of(Reading<Line> line) {
        return line.value()
                .orElseGet(() -> Line.wrong(
                        JOURNAL,
                        "The journal cannot be used: " + line.problem() + ".",
                        "Check that the database is up, that its tables are not locked, and how long the connection pool waits for a"
                                + " connection."));
    }

    static Line of(Supplier<JournalState> journal) {
        try {
            return Line.ok(JOURNAL, journal.get().toString() + ".");
        } catch (JournalException unusable) {
            String[] problem = String.valueOf(unusable.getMessage()).split("[:;] ", 2);
            return Line.wrong(
                    JOURNAL,
                    "The journal cannot be used: " + problem[0] + ".",
                    problem.length > 1 ? problem[1] : "Check the database and its connections.");
        }
    }
}
