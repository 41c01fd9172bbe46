package io.hangupby.simulator;

import io.hangupby.simulator.events.EventDelivery;
import io.hangupby.simulator.internal.text.InPlaceJson;
import io.hangupby.simulator.rest.RestServer;
import java.util.List;

/** Says why a value did not come: from the events, over the responses and the API requests, to the task. Thread-safe. */
final class FailureReport {

    private final EventDelivery delivery;
    private final RestServer server;
    private final String workspaceSid;
    private final long seed;

    FailureReport(EventDelivery delivery, RestServer server, String workspaceSid, long seed) {
        this.delivery = delivery;
        this.server = server;
        this.workspaceSid = workspaceSid;
        this.seed = seed;
    }

    /** @param unauthenticatedBefore how many requests without the right credentials came before the task */
    String of(SimulatedTask task, int unauthenticatedBefore) {
        return "  " + delivery.report(task.sid())
                + "\n  " + requests(task, unauthenticatedBefore)
                + "\n  The task is " + task.status() + "; its conversations: "
                + InPlaceJson.read(task.attributes(), "conversations").orElse("none")
                + "\n  Repeat this with the same SIDs: -D" + Seeds.PROPERTY + "=" + seed;
    }

    private String requests(SimulatedTask task, int unauthenticatedBefore) {
        List<String> responses = server.counters().responsesOfTask(task.sid());
        if (!responses.isEmpty()) {
            return "The application's requests about the task: " + String.join(", ", responses)
                    + ". To see how it decided, print hangUpBy.explain(\"" + workspaceSid + "\", \"" + task.sid()
                    + "\").";
        }
        int unauthenticated = server.counters().unauthenticated() - unauthenticatedBefore;
        if (unauthenticated > 0) {
            return "The application sent " + unauthenticated
                    + " requests with wrong credentials since the call began: compare hangupby.auth-token and hangupby.api-key.";
        }
        return "The application requested nothing about the task. If it took the events and the call has ended, compare "
                + "hangupby.twilio.base-url with " + server.baseUrl()
                + ", and see hangupby.channels and the application's log.";
    }
}
