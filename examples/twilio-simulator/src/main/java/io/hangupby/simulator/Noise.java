package io.hangupby.simulator;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** Events of a busy workspace that have nothing to do with the calls being watched. */
final class Noise {

    private static final Agent SOMEBODY =
            new Agent("WK" + "0".repeat(32), "somebody@example.com", "client:somebody_40example_2Ecom");

    private final EventForms forms;
    private final Sids sids;
    private final Clock clock;
    private final Random random;

    Noise(EventForms forms, Sids sids, Clock clock, long seed) {
        this.forms = forms;
        this.sids = sids;
        this.clock = clock;
        this.random = new Random(seed);
    }

    synchronized WorkspaceEvent next() {
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
        TaskState chat =
                new TaskState(sids.next("WT"), Workplace.CHAT, "{\"channelType\":\"web\",\"name\":\"Visitor\"}", now);
        if (type.startsWith("worker.")) {
            return forms.worker(type, SOMEBODY, "Break", now);
        }
        if (type.startsWith("reservation.")) {
            return forms.reservation(type, chat, chat.reserve(sids.next("WR"), SOMEBODY, now), now);
        }
        return type.startsWith("task.") ? forms.task(type, chat, now) : forms.queue(type, chat, now);
    }
}
