package io.hangupby.internal.journal.jdbc;

import io.hangupby.internal.event.CallEvent;
import io.hangupby.journal.JournalException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Stores events that make nothing due. Events that arrive while others are being stored are stored together, in one transaction and
 * one round trip. A request's thread stores its event, with those that wait. An event that cannot be stored so is left to its
 * caller. Thread-safe.
 */
final class GroupedAppends {
    /** Usually one group: its commit costs most, and those that arrive meanwhile share the next commit. */
    private static final int GROUPS_AT_ONCE = 2;

    /** A group that waits for a lock delays the other tasks for no longer. */
    private static final Duration ANOTHER_GROUP_AFTER = Duration.ofMillis(100);

    private static final int EVENTS_OF_A_GROUP = 64;

    private static final Duration TURN_WITHIN = Duration.ofSeconds(2);

    private final TransactionManager database;
    private final GroupStatement statement;
    private final Clock clock;
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private int groups;

    GroupedAppends(TransactionManager database, GroupStatement statement, Clock clock) {
        this.database = database;
        this.statement = statement;
        this.clock = clock;
    }

    /** Returns an empty Optional for a database that needs more than one round trip. */
    static Optional<GroupedAppends> on(TransactionManager database, Tables tables, Clock clock) {
        return GroupStatement.of(tables).map(statement -> new GroupedAppends(database, statement, clock));
    }

    /**
     * Stores an event.
     *
     * @return the task's revision after the event, or an empty Optional if the event was not stored
     * @throws JournalException if no connection is free, or no turn comes in time
     */
    Optional<Long> append(CallEvent event) {
        Waiting mine = new Waiting(event);
        enter(mine);
        if (!mine.awaitTurn(ANOTHER_GROUP_AFTER)) {
            leadAnotherGroup(mine);
        }
        if (!mine.awaitTurn(TURN_WITHIN) && isWithdrawn(mine)) {
            throw TransactionManager.tooSlow(TURN_WITHIN);
        }
        mine.awaitTurn();
        if (mine.leads()) {
            storeGroupOf(mine);
        }
        return mine.revision();
    }

    private synchronized void enter(Waiting mine) {
        if (groups == 0) {
            groups++;
            mine.lead();
        } else {
            queue.add(mine);
        }
    }

    private synchronized void leadAnotherGroup(Waiting mine) {
        if (groups < GROUPS_AT_ONCE && queue.remove(mine)) {
            groups++;
            mine.lead();
        }
    }

    private synchronized boolean isWithdrawn(Waiting mine) {
        return queue.remove(mine);
    }

    private void storeGroupOf(Waiting leader) {
        List<Waiting> group = groupOf(leader);
        try {
            Map<GroupStatement.Key, Long> stored = store(group);
            group.forEach(one -> one.end(Optional.ofNullable(stored.get(GroupStatement.Key.of(one.event)))));
        } catch (JournalException none) {
            group.forEach(one -> one.fail(none));
            throw none;
        } finally {
            group.forEach(one -> one.end(Optional.empty()));
            leadNext();
        }
    }

    private synchronized List<Waiting> groupOf(Waiting leader) {
        List<Waiting> group = new ArrayList<>();
        group.add(leader);
        while (group.size() < EVENTS_OF_A_GROUP && !queue.isEmpty()) {
            group.add(queue.remove());
        }
        return group;
    }

    private Map<GroupStatement.Key, Long> store(List<Waiting> group) {
        List<CallEvent> events = group.stream().map(one -> one.event).toList();
        return database.appendOnce(connection -> statement.store(connection, events, clock.instant()))
                .orElse(Map.of());
    }

    private synchronized void leadNext() {
        if (queue.isEmpty() || groups > 1) {
            groups--;
        } else {
            queue.remove().lead();
        }
    }

    /** An event, and what its caller waits for. */
    private static final class Waiting {
        private final CallEvent event;
        private boolean isLeader;
        private boolean isDone;
        private Optional<Long> revision = Optional.empty();
        private Optional<JournalException> failure = Optional.empty();

        Waiting(CallEvent event) {
            this.event = event;
        }

        synchronized void lead() {
            isLeader = true;
            notifyAll();
        }

        synchronized boolean leads() {
            return isLeader;
        }

        /** The first end counts. */
        synchronized void end(Optional<Long> ofTask) {
            if (!isDone) {
                isDone = true;
                revision = ofTask;
                notifyAll();
            }
        }

        synchronized void fail(JournalException because) {
            failure = Optional.of(because);
            end(Optional.empty());
        }

        /** Returns whether this event leads a group or is done. */
        synchronized boolean awaitTurn(Duration within) {
            long deadline = System.nanoTime() + within.toNanos();
            boolean isInterrupted = false;
            long left = within.toMillis();
            while (!isLeader && !isDone && left > 0 && !isInterrupted) {
                try {
                    wait(left);
                } catch (InterruptedException e) {
                    isInterrupted = true;
                }
                left = (deadline - System.nanoTime()) / 1_000_000;
            }
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
            return isLeader || isDone;
        }

        /** Waits for as long as the transaction takes that stores this event. */
        synchronized void awaitTurn() {
            boolean isInterrupted = false;
            while (!isLeader && !isDone) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    isInterrupted = true;
                }
            }
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }

        synchronized Optional<Long> revision() {
            failure.ifPresent(because -> {
                throw because;
            });
            return revision;
        }
    }
}
