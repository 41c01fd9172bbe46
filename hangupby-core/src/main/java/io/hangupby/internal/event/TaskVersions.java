package io.hangupby.internal.event;

import io.hangupby.call.TaskRef;
import java.util.Optional;
import java.util.function.Supplier;

/** Receives the versions of tasks that events carry. Implementations are thread-safe, and return at once. */
public interface TaskVersions {

    /** Needs no version. */
    TaskVersions NONE = all(false);

    /** Needs the version of each update, for events that were asked for. */
    TaskVersions OF_EACH_UPDATE = all(true);

    private static TaskVersions all(boolean watched) {
        return new TaskVersions() {
            @Override
            public boolean isWatched(TaskRef task) {
                return watched;
            }

            @Override
            public Optional<String> hangUpBy(TaskRef task, Supplier<Optional<TaskVersion>> version) {
                return Optional.empty();
            }

            @Override
            public void received(EventType type, TaskRef task, Supplier<Optional<TaskVersion>> version) {}
        };
    }

    /** Returns whether a segment of the task is in wrap-up, as far as this node knows, so that changed attributes matter. */
    boolean isWatched(TaskRef task);

    /**
     * Returns who hung up, according to the version at the completion of a reservation: blank if the attributes do not say, empty
     * if it does not matter, or if they cannot be read or are older than the value.
     */
    Optional<String> hangUpBy(TaskRef task, Supplier<Optional<TaskVersion>> version);

    /**
     * Called with each event before it is stored.
     *
     * @param version reads the version that the event carries; costs a copy of the attributes
     */
    void received(EventType type, TaskRef task, Supplier<Optional<TaskVersion>> version);
}
