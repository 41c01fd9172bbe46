package io.hangupby.example.benchmark;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** An invented workspace, and what TaskRouter sends of it: the parameters of its events. Used by one thread. */
final class Workspace {
    private static final int WORKERS = 40;

    private final Sids sids;
    private final List<Thing> workers;
    private final List<Thing> queues;
    private final List<Thing> activities;
    private final Thing workflow;
    private final Map<String, String> channels;
    private final String operatingUnit;

    Workspace(Sids sids) {
        this.sids = sids;
        this.workers = IntStream.range(0, WORKERS)
                .mapToObj(number -> new Thing(sids.next("WK"), "agent%d@example.com".formatted(number)))
                .toList();
        this.queues = things("WQ", "Everyone", "Billing", "Sales", "Support");
        this.activities = things("WA", "Available", "Break", "Offline", "Training");
        this.workflow = new Thing(sids.next("WW"), "Assign to Anyone");
        this.channels = Map.of("voice", sids.next("TC"), "chat", sids.next("TC"));
        this.operatingUnit = sids.next("OU");
    }

    private List<Thing> things(String prefix, String... names) {
        return Stream.of(names).map(name -> new Thing(sids.next(prefix), name)).toList();
    }

    /** A call that came in, or a chat. */
    Task newTask(String channel) {
        return new Task(
                sids.next("WT"),
                sids.next("WR"),
                channel,
                attributes(sids.nextPhoneNumber(), sids.nextPhoneNumber()),
                sids.pick(queues),
                sids.pick(workers));
    }

    /** The attributes that a phone call's task has, conference included. */
    private String attributes(String caller, String called) {
        String call = sids.next("CA");
        return """
                {"call_sid":"%s","account_sid":"%s","api_version":"2010-04-01","call_status":"in-progress",\
                "direction":"inbound","from":"%s","caller":"%s","name":"%s","from_country":"US","from_state":"CA",\
                "from_city":"OAKLAND","from_zip":"94601","caller_country":"US","caller_state":"CA",\
                "caller_city":"OAKLAND","caller_zip":"94601","to":"%s","called":"%s","to_country":"US","to_state":"CA",\
                "to_city":"OAKLAND","to_zip":"","called_country":"US","called_state":"CA","called_city":"",\
                "called_zip":"","language":"en","conference":{"sid":"%s","participants":{"worker":"%s",\
                "customer":"%s"}},"conversations":{"conversation_attribute_1":"campaign-7"}}""".formatted(
                        call,
                        Invented.ACCOUNT_SID,
                        caller,
                        caller,
                        caller,
                        called,
                        called,
                        sids.next("CF"),
                        sids.next("CA"),
                        call);
    }

    /** The parameters of an event of a task as a whole. */
    Map<String, String> taskEvent(String type, Task task) {
        Map<String, String> parameters = common(type, "task", task.sid());
        putTask(parameters, task);
        return parameters;
    }

    /** The parameters of an event of the task's reservation. */
    Map<String, String> reservationEvent(String type, Task task) {
        Map<String, String> parameters = common(type, "reservation", task.reservation());
        putTask(parameters, task);
        putWorker(parameters, task.worker());
        parameters.put("ReservationSid", task.reservation());
        parameters.put("ReservationVersion", "1");
        return parameters;
    }

    /** The parameters of an event of a worker. */
    Map<String, String> workerEvent(String type) {
        Thing worker = sids.pick(workers);
        Thing before = sids.pick(activities);
        Map<String, String> parameters = common(type, "worker", worker.sid());
        putWorker(parameters, worker);
        parameters.put("WorkerPreviousActivitySid", before.sid());
        parameters.put("WorkerPreviousActivityName", before.name());
        return parameters;
    }

    private Map<String, String> common(String type, String resource, String sid) {
        Instant now = Instant.now();
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("EventType", type);
        parameters.put("AccountSid", Invented.ACCOUNT_SID);
        parameters.put("WorkspaceSid", Invented.WORKSPACE_SID);
        parameters.put("WorkspaceName", "Flex Task Assignment");
        parameters.put("OperatingUnitSid", operatingUnit);
        parameters.put("EventDescription", "%s %s: %s".formatted(resource, sid, type));
        parameters.put("ResourceType", resource);
        parameters.put("ResourceSid", sid);
        parameters.put("Sid", sids.next("EV"));
        parameters.put("Timestamp", Long.toString(now.getEpochSecond()));
        parameters.put("TimestampMs", Long.toString(now.toEpochMilli()));
        return parameters;
    }

    private void putTask(Map<String, String> parameters, Task task) {
        String created = Long.toString(Instant.now().minusSeconds(200).getEpochSecond());
        parameters.put("TaskSid", task.sid());
        parameters.put("TaskAttributes", task.attributes());
        parameters.put("TaskAge", "200");
        parameters.put("TaskPriority", "0");
        parameters.put("TaskAssignmentStatus", "assigned");
        parameters.put("TaskVersion", "3");
        parameters.put("TaskDateCreated", created);
        parameters.put("TaskQueueEnteredDate", created);
        parameters.put("TaskChannelSid", channels.getOrDefault(task.channel(), ""));
        parameters.put("TaskChannelUniqueName", task.channel());
        parameters.put("TaskQueueSid", task.queue().sid());
        parameters.put("TaskQueueName", task.queue().name());
        parameters.put("TaskQueueTargetExpression", "1==1");
        parameters.put("WorkflowSid", workflow.sid());
        parameters.put("WorkflowName", workflow.name());
        parameters.put("WorkflowFilterName", "default");
    }

    private void putWorker(Map<String, String> parameters, Thing worker) {
        Thing activity = sids.pick(activities);
        parameters.put("WorkerSid", worker.sid());
        parameters.put("WorkerName", worker.name());
        parameters.put("WorkerAttributes", """
                {"full_name":"%s","contact_uri":"client:%s","email":"%s","roles":["agent"],\
                "routing":{"skills":["en","billing"]}}""".formatted(worker.name(), worker.name(), worker.name()));
        parameters.put("WorkerActivitySid", activity.sid());
        parameters.put("WorkerActivityName", activity.name());
        parameters.put("WorkerVersion", "12");
        parameters.put("WorkerTimeInPreviousActivity", "31");
        parameters.put("WorkerTimeInPreviousActivityMs", "31240");
    }

    /** One call or chat, and the one agent it is for. */
    record Task(String sid, String reservation, String channel, String attributes, Thing queue, Thing worker) {}

    /** Anything that has a name. */
    record Thing(String sid, String name) {}
}
