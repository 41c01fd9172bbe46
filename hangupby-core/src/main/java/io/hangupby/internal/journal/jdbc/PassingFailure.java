package io.hangupby.internal.journal.jdbc;

import java.sql.SQLException;
import java.util.Set;

/** The failures of a database that are over when the same thing is tried again. */
final class PassingFailure {
    /**
     * By the first two characters of their SQL state: the connection broke off (08), two transactions were in each other's way
     * (40), the server ends or starts (57P).
     */
    private static final Set<String> CLASSES = Set.of("08", "40");

    /**
     * Another node put the same row there (23505) or deleted the one that ours belongs to (23503, at H2 23506), the transaction
     * had failed before and somebody went on with it (25P02), or a lock was not free in time (55P03, at H2 HYT00).
     */
    private static final Set<String> STATES = Set.of("23503", "23505", "23506", "25P02", "55P03", "HYT00");

    private PassingFailure() {}

    static boolean is(SQLException failure) {
        String state = failure.getSQLState();
        return state != null
                && state.length() >= 2
                && (CLASSES.contains(state.substring(0, 2)) || STATES.contains(state) || state.startsWith("57P"));
    }
}
