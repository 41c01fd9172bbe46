package io.hangupby.simulator.internal.account;

import io.hangupby.simulator.account.Agent;
import io.hangupby.simulator.events.WorkspaceEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;

/** Creates TaskRouter's events. */
public final class WorkspaceEventFactory {

    private final SimulatedWorkspace workspace;
    private final SidGenerator sids;

    public WorkspaceEventFactory(SimulatedWorkspace workspace, SidGenerator sids) {
        this.workspace = workspace;
        this.sids = sids;
    }

    public WorkspaceEvent task(String type, TaskState task, Instant at) {
        SortedMap<String, String> params = common(type, "task", task.sid(), at);
        putTask(params, task, at);
        return event(params, at);
    }

    /** Returns a task event that names the agent, as {@code task.wrapup} and {@code task.completed} do. */
    public WorkspaceEvent task(String type, TaskState task, Agent agent, Instant at) {
        SortedMap<String, String> params = common(type, "task", task.sid(), at);
        putTask(params, task, at);
        putWorker(params, agent);
        return event(params, at);
    }

    public WorkspaceEvent queue(String type, TaskState task, Instant at) {
        boolean workflow = type.startsWith("workflow.");
        SortedMap<String, String> params = common(
                type,
                workflow ? "workflow" : "task-queue",
                workflow ? workspace.workflowSid() : workspace.queueSid(),
                at);
        putTask(params, task, at);
        return event(params, at);
    }

    public WorkspaceEvent reservation(TaskState task, ReservationState reservation, Instant at) {
        return reservation(reservation.status().eventType(), task, reservation, at);
    }

    public WorkspaceEvent reservation(String type, TaskState task, ReservationState reservation, Instant at) {
        SortedMap<String, String> params = common(type, "reservation", reservation.sid(), at);
        putTask(params, task, at);
        putWorker(params, reservation.agent());
        params.put("ReservationSid", reservation.sid());
        params.put("ReservationVersion", "1");
        return event(params, at);
    }

    /**
     * Returns an event of a transfer.
     *
     * @param inFull whether to include the parameters that are only known from Event Streams
     */
    public WorkspaceEvent transfer(String type, TaskState task, TaskTransfer transfer, boolean inFull, Instant at) {
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

    public WorkspaceEvent worker(String type, Agent agent, String activity, Instant at) {
        SortedMap<String, String> params = common(type, "worker", agent.workerSid(), at);
        putWorker(params, agent);
        params.put("WorkerActivityName", activity);
        params.put("WorkerPreviousActivitySid", workspace.activitySid());
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
        params.put("AccountSid", workspace.accountSid());
        params.put("WorkspaceSid", workspace.workspaceSid());
        params.put("WorkspaceName", SimulatedWorkspace.WORKSPACE_NAME);
        params.put("OperatingUnitSid", workspace.operatingUnitSid());
        params.put("EventDescription", resource + " " + resourceSid + ": " + type);
        params.put("ResourceType", resource);
        params.put("ResourceSid", resourceSid);
        params.put("Timestamp", Long.toString(at.getEpochSecond()));
        params.put("TimestampMs", Long.toString(at.toEpochMilli()));
        return params;
    }

    private void putTask(SortedMap<String, String> params, TaskState task, Instant at) {
        params.put("TaskSid", task.sid());
        params.put("TaskAttributes", task.attributesInEvents());
        params.put("TaskAge", Long.toString(Duration.between(task.created(), at).toSeconds()));
        params.put("TaskPriority", Integer.toString(task.priority()));
        params.put("TaskAssignmentStatus", task.status().wire());
        task.versionInEvents().ifPresent(version -> params.put("TaskVersion", Integer.toString(version)));
        params.put("TaskDateCreated", Long.toString(task.created().getEpochSecond()));
        params.put("TaskChannelSid", workspace.channelSid(task.channel()));
        params.put("TaskChannelName", task.channel());
        params.put("TaskChannelUniqueName", task.channel());
        params.put("TaskChannelOptimizedRouting", "true");
        params.put("TaskQueueSid", workspace.queueSid());
        params.put("TaskQueueName", SimulatedWorkspace.QUEUE_NAME);
        params.put("WorkflowSid", workspace.workflowSid());
        params.put("WorkflowName", SimulatedWorkspace.WORKFLOW_NAME);
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
        params.put("WorkerActivitySid", workspace.activitySid());
        params.put("WorkerActivityName", "Available");
        params.put("WorkerVersion", "12");
        params.put("WorkerTimeInPreviousActivity", "0");
        params.put("WorkerTimeInPreviousActivityMs", "0");
    }
}
