package io.hangupby.example.endurance;

import io.hangupby.simulator.TwilioSimulator;
import java.util.SortedMap;
import java.util.TreeMap;

/** TaskRouter events of tasks that the simulator does not have. */
final class Events {
    private static final int RETRIES = 3;

    private Events() {}

    /**
     * Posts an event, and again where there is no room for it, as {@code #rc=3&rp=ct,rt,5xx} lets Twilio do. Returns the last
     * status.
     */
    static int post(TwilioSimulator twilio, SortedMap<String, String> event) {
        int status = twilio.delivery().post(event);
        for (int again = 0; again < RETRIES && status >= 500; again++) {
            status = twilio.delivery().post(event);
        }
        return status;
    }

    /** A worker's, which starts no decision. */
    static SortedMap<String, String> ofWorker(TwilioSimulator twilio) {
        return event(twilio, "worker.activity.update", "worker", "WK" + "0".repeat(32));
    }

    /** The creation of a task with a call. */
    static SortedMap<String, String> created(TwilioSimulator twilio, int number) {
        String task = "WT%032x".formatted(number);
        SortedMap<String, String> event = event(twilio, "task.created", "task", task);
        event.put("TaskSid", task);
        event.put("TaskChannelUniqueName", "voice");
        event.put("TaskAssignmentStatus", "pending");
        event.put("TaskAttributes", "{\"call_sid\":\"CA%032x\",\"direction\":\"inbound\"}".formatted(number));
        return event;
    }

    /** The transfer of a chat: it does not name the task's channel. */
    static SortedMap<String, String> transferred(TwilioSimulator twilio, int number) {
        SortedMap<String, String> event =
                event(twilio, "task.transfer-initiated", "transfer", "TT%032x".formatted(number));
        event.put("TaskSid", "WT%032x".formatted(number));
        event.put("TransferMode", "COLD");
        event.put("TransferType", "WORKER");
        event.put("TransferTo", "WK" + "0".repeat(32));
        event.put("TransferInitiatingReservationSid", "WR%032x".formatted(number));
        return event;
    }

    private static SortedMap<String, String> event(
            TwilioSimulator twilio, String type, String resource, String resourceSid) {
        long now = System.currentTimeMillis();
        SortedMap<String, String> event = new TreeMap<>();
        event.put("EventType", type);
        event.put("AccountSid", twilio.accountSid());
        event.put("WorkspaceSid", twilio.workspaceSid());
        event.put("ResourceType", resource);
        event.put("ResourceSid", resourceSid);
        event.put("Timestamp", Long.toString(now / 1000));
        event.put("TimestampMs", Long.toString(now));
        return event;
    }
}
