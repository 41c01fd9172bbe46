package io.hangupby.internal.processing;

import io.hangupby.call.AccountSid;
import io.hangupby.call.TaskRef;
import io.hangupby.call.WorkspaceSid;
import io.hangupby.decision.Outcome;
import io.hangupby.internal.event.CallEvent;
import io.hangupby.internal.event.TaskRouterEvent;
import io.hangupby.internal.event.TaskRouterEvent.FieldSeen;
import io.hangupby.internal.event.TaskRouterEvent.TaskUpdated;
import io.hangupby.internal.event.TaskVersion;
import io.hangupby.internal.journal.TaskJournal;
import io.hangupby.internal.journal.TaskRecord;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Stores of a task's update only what it changes for a segment whose agent is in wrap-up. The journal is asked only if something
 * seems to have changed, or if this node does not know what the task's attributes must say. Thread-safe.
 */
public final class WatchingJournal implements TaskJournal {
    private final TaskJournal journal;
    private final NewestVersions versions;
    private final EngineSettings settings;

    /**
     * @param journal stores all other events as they are
     * @param versions what this node knows of tasks with an agent in wrap-up
     * @param settings the settings of this installation
     */
    public WatchingJournal(TaskJournal journal, NewestVersions versions, EngineSettings settings) {
        this.journal = journal;
        this.versions = versions;
        this.settings = settings;
    }

    @Override
    public void append(CallEvent event) {
        if (event instanceof TaskUpdated update) {
            changes(update.version()).forEach(journal::append);
        } else {
            journal.append(event);
        }
    }

    private List<TaskRouterEvent> changes(TaskVersion version) {
        if (versions.isUnchanged(version)) {
            return List.of();
        }
        TaskRecord record = journal.read(version.task());
        if (!record.isAnyInWrapUp()) {
            return List.of();
        }
        return FieldChanges.of(version, record.isVerdictAwaited() ? withFieldSeen(version, record) : record, settings);
    }

    /**
     * The value may be written and not recorded yet, by this node or another. Whoever records the outcome then finds what was seen;
     * an outcome that was recorded before that is in the record.
     */
    private TaskRecord withFieldSeen(TaskVersion version, TaskRecord record) {
        Optional<FieldSeen> seen = FieldChanges.beforeVerdict(version);
        seen.ifPresent(journal::append);
        return seen.isPresent() ? journal.read(version.task()) : record;
    }

    @Override
    public TaskRecord read(TaskRef task) {
        return journal.read(task);
    }

    @Override
    public TaskRecord change(TaskRef task, UnaryOperator<TaskRecord> change) {
        return journal.change(task, change);
    }

    @Override
    public Set<WorkspaceSid> workspaces(AccountSid account) {
        return journal.workspaces(account);
    }

    @Override
    public List<TaskRef> tasksOf(AccountSid account, String sid) {
        return journal.tasksOf(account, sid);
    }

    @Override
    public void latestOutcomes(int tasks, Consumer<Outcome> each) {
        journal.latestOutcomes(tasks, each);
    }

    @Override
    public void forget(TaskRef task) {
        journal.forget(task);
        versions.forget(task);
    }

    @Override
    public int percentFull() {
        return journal.percentFull();
    }

    @Override
    public long forgottenForRoom() {
        return journal.forgottenForRoom();
    }
}
