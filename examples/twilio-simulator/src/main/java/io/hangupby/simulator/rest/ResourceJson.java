package io.hangupby.simulator.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hangupby.simulator.events.WorkspaceEvent;
import io.hangupby.simulator.internal.account.ConferenceEndReason;
import io.hangupby.simulator.internal.account.ConferenceLeg;
import io.hangupby.simulator.internal.account.PhoneCall;
import io.hangupby.simulator.internal.account.ReservationState;
import io.hangupby.simulator.internal.account.SimulatedConference;
import io.hangupby.simulator.internal.account.SimulatedWorkspace;
import io.hangupby.simulator.internal.account.TaskState;
import io.hangupby.simulator.internal.text.InPlaceJson;
import io.hangupby.simulator.internal.text.TwilioFormats;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Writes the account's resources as JSON, with the field names that Twilio publishes. */
final class ResourceJson {

    private static final String API_VERSION = "2010-04-01";

    private final SimulatedWorkspace workspace;
    private final String taskRouterRoot;

    ResourceJson(SimulatedWorkspace workspace) {
        this.workspace = workspace;
        this.taskRouterRoot = "https://taskrouter.twilio.com/v1/Workspaces/" + workspace.workspaceSid();
    }

    ObjectNode conference(SimulatedConference.View conference) {
        String base = account() + "/Conferences/" + conference.sid();
        ObjectNode json = object().put("account_sid", workspace.accountSid())
                .put("api_version", API_VERSION)
                .put("date_created", TwilioFormats.rfc2822(conference.created()))
                .put("date_updated", TwilioFormats.rfc2822(conference.updated()))
                .put("friendly_name", conference.friendlyName())
                .put("region", "us1")
                .put("sid", conference.sid())
                .put("status", conference.status())
                .put("uri", base + ".json");
        put(json, "reason_conference_ended", conference.reason().map(ConferenceEndReason::wire));
        put(json, "call_sid_ending_conference", conference.endingCallSid());
        json.putObject("subresource_uris")
                .put("participants", base + "/Participants.json")
                .put("recordings", base + "/Recordings.json");
        return json;
    }

    ObjectNode participant(SimulatedConference.View conference, ConferenceLeg.View leg) {
        ObjectNode json = object().put("account_sid", workspace.accountSid())
                .put("call_sid", leg.callSid())
                .put("coaching", leg.coached().isPresent())
                .put("conference_sid", conference.sid())
                .put("date_created", TwilioFormats.rfc2822(leg.joined()))
                .put("date_updated", TwilioFormats.rfc2822(leg.joined()))
                .put("end_conference_on_exit", leg.endOnExit())
                .put("hold", leg.hold())
                .put("muted", leg.muted())
                .put("start_conference_on_enter", true)
                .put("status", leg.status())
                .put("uri", account() + "/Conferences/" + conference.sid() + "/Participants/" + leg.callSid() + ".json")
                .putNull("queue_time");
        put(json, "call_sid_to_coach", leg.coached());
        put(json, "label", leg.label());
        return json;
    }

    ObjectNode call(PhoneCall.View call) {
        String base = account() + "/Calls/" + call.sid();
        ObjectNode json = object().put("account_sid", workspace.accountSid())
                .put("api_version", API_VERSION)
                .put("date_created", TwilioFormats.rfc2822(call.created()))
                .put(
                        "date_updated",
                        TwilioFormats.rfc2822(call.ended().or(call::started).orElse(call.created())))
                .put("direction", call.direction())
                .put("from", call.from())
                .put("from_formatted", call.from())
                .put("price_unit", "USD")
                .put("queue_time", "0")
                .put("sid", call.sid())
                .put("status", call.status().wire())
                .put("to", call.to())
                .put("to_formatted", call.to())
                .put("uri", base + ".json")
                .putNull("answered_by")
                .putNull("caller_name")
                .putNull("forwarded_from")
                .putNull("group_sid")
                .putNull("phone_number_sid")
                .putNull("price")
                .putNull("trunk_sid");
        put(json, "parent_call_sid", call.parentCallSid());
        put(json, "start_time", call.started().map(TwilioFormats::rfc2822));
        put(json, "end_time", call.ended().map(TwilioFormats::rfc2822));
        put(json, "duration", call.ended().map(end -> seconds(call.started().orElse(end), end)));
        json.putObject("subresource_uris")
                .put("events", base + "/Events.json")
                .put("recordings", base + "/Recordings.json");
        return json;
    }

    ObjectNode task(TaskState task, Instant now) {
        String url = taskRouterRoot + "/Tasks/" + task.sid();
        ObjectNode json = object().put("account_sid", workspace.accountSid())
                .put("addons", "{}")
                .put("age", Duration.between(task.created(), now).toSeconds())
                .put("assignment_status", task.status().wire())
                .put("attributes", task.attributes())
                .put("date_created", TwilioFormats.isoSeconds(task.created()))
                .put("date_updated", TwilioFormats.isoSeconds(task.updated()))
                .put("ignore_capacity", false)
                .put("priority", task.priority())
                .put("sid", task.sid())
                .put("task_channel_sid", workspace.channelSid(task.channel()))
                .put("task_channel_unique_name", task.channel())
                .put("task_queue_entered_date", TwilioFormats.isoSeconds(task.created()))
                .put("task_queue_friendly_name", SimulatedWorkspace.QUEUE_NAME)
                .put("task_queue_sid", workspace.queueSid())
                .put("timeout", 86_400)
                .put("url", url)
                .put("virtual_start_time", TwilioFormats.isoSeconds(task.created()))
                .put("workflow_friendly_name", SimulatedWorkspace.WORKFLOW_NAME)
                .put("workflow_sid", workspace.workflowSid())
                .put("workspace_sid", workspace.workspaceSid())
                .putNull("routing_target");
        put(json, "reason", task.reason());
        json.putObject("links")
                .put("reservations", url + "/Reservations")
                .put("task_queue", taskRouterRoot + "/TaskQueues/" + workspace.queueSid())
                .put("workflow", taskRouterRoot + "/Workflows/" + workspace.workflowSid())
                .put("workspace", taskRouterRoot);
        return json;
    }

    ObjectNode reservation(TaskState task, ReservationState reservation) {
        String taskUrl = taskRouterRoot + "/Tasks/" + task.sid();
        ObjectNode json = object().put("account_sid", workspace.accountSid())
                .put("date_created", TwilioFormats.isoSeconds(reservation.created()))
                .put("date_updated", TwilioFormats.isoSeconds(reservation.updated()))
                .put("reservation_status", reservation.status().wire())
                .put("sid", reservation.sid())
                .put("task_sid", task.sid())
                .put("url", taskUrl + "/Reservations/" + reservation.sid())
                .put("worker_name", reservation.agent().name())
                .put("worker_sid", reservation.agent().workerSid())
                .put("workspace_sid", workspace.workspaceSid());
        json.putObject("links")
                .put("task", taskUrl)
                .put(
                        "worker",
                        taskRouterRoot + "/Workers/" + reservation.agent().workerSid())
                .put("workspace", taskRouterRoot);
        return json;
    }

    ObjectNode event(WorkspaceEvent event) {
        ObjectNode json = object().put("account_sid", workspace.accountSid())
                .put("actor_sid", workspace.accountSid())
                .put("actor_type", "account")
                .put("event_date", TwilioFormats.isoSeconds(event.at()))
                .put("event_date_ms", event.at().toEpochMilli())
                .put("event_type", event.type())
                .put("resource_sid", event.param("ResourceSid"))
                .put("resource_type", event.param("ResourceType"))
                .put("resource_url", taskRouterRoot + "/Tasks/" + event.taskSid())
                .put("sid", event.sid())
                .put("source", "taskrouter")
                .put("url", taskRouterRoot + "/Events/" + event.sid())
                .put("workspace_sid", workspace.workspaceSid())
                .putNull("actor_url")
                .putNull("source_ip_address");
        ObjectNode data = json.putObject("event_data");
        event.params().forEach((name, value) -> data.put(TwilioFormats.snakeCase(name), value));
        return json;
    }

    private String account() {
        return "/" + API_VERSION + "/Accounts/" + workspace.accountSid();
    }

    private static ObjectNode object() {
        return InPlaceJson.MAPPER.createObjectNode();
    }

    private static void put(ObjectNode json, String name, Optional<String> value) {
        value.ifPresentOrElse(text -> json.put(name, text), () -> json.putNull(name));
    }

    private static String seconds(Instant from, Instant to) {
        return Long.toString(Duration.between(from, to).toSeconds());
    }
}
