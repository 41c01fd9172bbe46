package io.hangupby.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;

/** Puts together the parameters of TaskRouter's event callbacks. */
final class EventForms {

    private final Workplace workplace;
    private final Sids sids;

    EventForms(Workplace workplace, Sids sids) {
        this.workplace = workplace;
        this.sids = sids;
    }

    WorkspaceEvent task(String type, TaskState task, Instant at) {
        SortedMap<String, String> params = common(type, "task", task.sid(), at);
        putTask(params, task, at);
        return event(params, at);
    }

    /** A task event that names the agent, as {@code task.wrapup} and {@code task.completed} do. */
    WorkspaceEvent task(String type, TaskState task, Agent agent, Instant at) {
        SortedMap<String, String> params = common(type, "task", task.sid(), at);
        putTask(params, task, at);
        putWorker(params, agent);
        return event(params, at);
    }

    WorkspaceEvent queue(String type, TaskState task, Instant at) {
        boolean workflow = type.startsWith("workflow.");
        SortedMap<String, String> params = common(
                type,
                workflow ? "workflow" : "task-queue",
                workflow ? workplace.workflowSid() : workplace.queueSid(),
                at);
        putTask(params, task, at);
        return event(params, at);
    }

    WorkspaceEvent reservation(TaskState task, ReservationState reservation, Instant at) {
        return reservation(reservation.status().eventType(), task, reservation, at);
    }

    WorkspaceEvent reservation(String type, TaskState task, ReservationState reservation, Instant at) {
        SortedMap<String, String> params = common(type, "reservation", reservation.sid(), at);
        putTask(params, task, at);
        putWorker(params, reservation.agent());
        params.put("ReservationSid", reservation.sid());
        params.put("ReservationVersion", "1");
        return event(params, at);
    }

    /**
     * An event of a transfer.
     *
     * @param inFull whether the parameters come with it that no public payload shows
     */
    WorkspaceEvent transfer(String type, TaskState task, Transfer transfer, boolean inFull, Instant at) {
        SortedMap<String, String> params = common(type, "transfer", transfer.sid(), at);
        putTask(params, task, at);
        params.put("TransferMode", transfer.mode().name());
        params.put("TransferType", transfer.type());
        params.put("TransferTo", transfer.to());
        params.put("TransferInitiatingReservationSid", transfer.initiator().sid());
        if (inFull) {
            params.put("TaskTransferSid", transfer.sid());
            params.put("TransferStatus", transfer.status().wire());
            params.put("TransferStarted", Long.toString(transfer.started().getEpochSecond()));
            params.put(
                    "TransferInitiatingWorkerSid", transfer.initiator().agent().workerSid());
            transfer.failedReason().ifPresent(reason -> params.put("TransferFailedReason", reason));
        }
        return event(params, at);
    }

    WorkspaceEvent worker(String type, Agent agent, String activity, Instant at) {
        SortedMap<String, String> params = common(type, "worker", agent.workerSid(), at);
        putWorker(params, agent);
        params.put("WorkerActivityName", activity);
        params.put("WorkerPreviousActivitySid", workplace.activitySid());
        params.put("WorkerTimeInPreviousActivity", "31");
        params.put("WorkerTimeInPreviousActivityMs", "31240");
        return event(params, at);
    }

    private WorkspaceEvent event(SortedMap<String, String> params, Instant at) {
        return new WorkspaceEvent(sids.next("EV"), at, params);
    }

    private SortedMap<String, String> common(String type, String resource, String resourceSid, Instant at) {
        SortedMap<String, String> params = new TreeMap<>();
        params.put("EventType", type);
        params.put("AccountSid", workplace.accountSid());
        params.put("WorkspaceSid", workplace.workspaceSid());
        params.put("WorkspaceName", Workplace.WORKSPACE_NAME);
        params.put("OperatingUnitSid", workplace.operatingUnitSid());
        params.put("EventDescription", resource + " " + resourceSid + ": " + type);
        params.put("ResourceType", resource);
        params.put("ResourceSid", resourceSid);
        params.put("Timestamp", Long.toString(at.getEpochSecond()));
        params.put("TimestampMs", Long.toString(at.toEpochMilli()));
        return params;
    }

    private void putTask(SortedMap<String, String> params, TaskState task, Instant at) {
        params.put("TaskSid", task.sid());
        params.put("TaskAttributes", task.attributes());
        params.put("TaskAge", Long.toString(Duration.between(task.created(), at).toSeconds()));
        params.put("TaskPriority", Integer.toString(task.priority()));
        params.put("TaskAssignmentStatus", task.status().wire());
        params.put("TaskVersion", Integer.toString(task.version()));
        params.put("TaskDateCreated", Long.toString(task.created().getEpochSecond()));
        params.put("TaskChannelSid", workplace.channelSid(task.channel()));
        params.put("TaskChannelName", task.channel());
        params.put("TaskChannelUniqueName", task.channel());
        params.put("TaskChannelOptimizedRouting", "true");
        params.put("TaskQueueSid", workplace.queueSid());
        params.put("TaskQueueName", Workplace.QUEUE_NAME);
        params.put("WorkflowSid", workplace.workflowSid());
        params.put("WorkflowName", Workplace.WORKFLOW_NAME);
        if (task.status() == TaskState.Status.CANCELED) {
            params.put("TaskCanceledReason", task.reason().orElse(""));
        }
        if (task.status() == TaskState.Status.COMPLETED) {
            params.put("TaskCompletedReason", task.reason().orElse(""));
        }
    }

    private void putWorker(SortedMap<String, String> params, Agent agent) {
        params.put("WorkerSid", agent.workerSid());
        params.put("WorkerName", agent.name());
        params.put("WorkerAttributes", agent.attributes());
        params.put("WorkerActivitySid", workplace.activitySid());
        params.put("WorkerActivityName", "Available");
        params.put("WorkerVersion", "12");
        params.put("WorkerTimeInPreviousActivity", "0");
        params.put("WorkerTimeInPreviousActivityMs", "0");
    }
}
