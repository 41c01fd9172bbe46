package io.hangupby.example.benchmark;

import io.hangupby.example.benchmark.Workspace.Task;
import java.util.Collections;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Makes events as the requests that carry them. Each noise event is of a task of its own, so that a journal has to remember
 * it. From the same seed come the same events. Used by one thread.
 */
final class Events {
    /** The types of a workspace's events, as often as each happens among a hundred or so; after the @, the channel. */
    private static final List<String> NOISE = Stream.of(
                    Collections.nCopies(14, "reservation.created@voice"),
                    Collections.nCopies(14, "reservation.accepted@voice"),
                    Collections.nCopies(14, "reservation.completed@voice"),
                    Collections.nCopies(2, "reservation.timeout@voice"),
                    Collections.nCopies(10, "reservation.wrapup@chat"),
                    Collections.nCopies(8, "task.created@voice"),
                    Collections.nCopies(12, "task.updated@voice"),
                    Collections.nCopies(6, "task-queue.entered@voice"),
                    Collections.nCopies(4, "workflow.entered@voice"),
                    Collections.nCopies(4, "workflow.target-matched@voice"),
                    Collections.nCopies(6, "task.completed@voice"),
                    Collections.nCopies(2, "task.canceled@voice"),
                    Collections.nCopies(4, "task.wrapup@chat"),
                    Collections.nCopies(12, "worker.activity.update"),
                    Collections.nCopies(3, "worker.attributes.update"),
                    Collections.nCopies(3, "worker.capacity.update"))
            .flatMap(List::stream)
            .toList();

    private final Sids sids;
    private final Workspace workspace;
    private final Requests requests;

    /** For events that are posted to this path. */
    Events(String path, long seed) {
        this.sids = new Sids(seed);
        this.workspace = new Workspace(sids);
        this.requests = new Requests(path);
    }

    /** Makes so many events that start no decision. */
    List<byte[]> noise(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> requests.of(noise(sids.pick(NOISE))))
                .toList();
    }

    /** Makes all that is sent of so many calls until they end: three events of each. */
    List<byte[]> beginnings(int calls) {
        return IntStream.range(0, calls)
                .mapToObj(i -> workspace.newTask("voice"))
                .flatMap(call -> Stream.of(
                        workspace.taskEvent("task.created", call),
                        workspace.reservationEvent("reservation.created", call),
                        workspace.reservationEvent("reservation.accepted", call)))
                .map(requests::of)
                .toList();
    }

    /** Returns the sizes of the bodies made so far. */
    IntSummaryStatistics bodySizes() {
        return requests.bodySizes();
    }

    private Map<String, String> noise(String typeAndChannel) {
        if (typeAndChannel.startsWith("worker.")) {
            return workspace.workerEvent(typeAndChannel);
        }
        int at = typeAndChannel.indexOf('@');
        String type = typeAndChannel.substring(0, at);
        Task task = workspace.newTask(typeAndChannel.substring(at + 1));
        return type.startsWith("reservation.")
                ? workspace.reservationEvent(type, task)
                : workspace.taskEvent(type, task);
    }
}
