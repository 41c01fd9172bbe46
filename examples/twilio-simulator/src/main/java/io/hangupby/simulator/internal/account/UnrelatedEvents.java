package io.hangupby.simulator.internal.account;

import io.hangupby.simulator.account.Agent;
import io.hangupby.simulator.events.WorkspaceEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** Creates events of a busy workspace that have nothing to do with any simulated call. Thread-safe. */
public final class UnrelatedEvents {

    private static final Agent SOMEBODY =
            new Agent("WK" + "0".repeat(32), "somebody@example.com", "client:somebody_40example_2Ecom");

    private final WorkspaceEventFactory eventFactory;
    private final SidGenerator sids;
    private final Clock clock;
    private final Random random;

    public UnrelatedEvents(WorkspaceEventFactory eventFactory, SidGenerator sids, Clock clock, long seed) {
        this.eventFactory = eventFactory;
        this.sids = sids;
        this.clock = clock;
        this.random = new Random(seed);
    }

    public synchronized WorkspaceEvent next() {
        Instant now = clock.instant();
        List<String> types = List.of(
                "worker.activity.update",
                "worker.capacity.update",
                "worker.attributes.update",
                "task-queue.entered",
                "workflow.entered",
                "task.updated",
                "task.created",
                "reservation.created",
                "reservation.accepted",
                "reservation.wrapup",
                "task.wrapup",
                "reservation.completed",
                "task.completed");
        String type = types.get(random.nextInt(types.size()));
        TaskState chat = new TaskState(
                sids.next("WT"), SimulatedWorkspace.CHAT, "{\"channelType\":\"web\",\"name\":\"Visitor\"}", now);
        if (type.startsWith("worker.")) {
            return eventFactory.worker(type, SOMEBODY, "Break", now);
        }
        if (type.startsWith("reservation.")) {
            return eventFactory.reservation(type, chat, chat.reserve(sids.next("WR"), SOMEBODY, now), now);
        }
        return type.startsWith("task.") ? eventFactory.task(type, chat, now) : eventFactory.queue(type, chat, now);
    }
}
