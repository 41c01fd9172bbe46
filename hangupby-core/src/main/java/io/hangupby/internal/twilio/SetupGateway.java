package io.hangupby.internal.twilio;

import io.hangupby.call.WorkspaceSid;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The reads of an account's set-up at Twilio, which only the check makes. Each method makes one attempt, and throws a {@link
 * io.hangupby.twilio.TwilioFailure} without a result. Implementations are thread-safe.
 */
public interface SetupGateway {

    /** Returns whether Twilio has the account for these credentials. */
    boolean hasAccount();

    /** Returns a workspace, or an empty Optional if these credentials have no such workspace. */
    Optional<Workspace> workspace(WorkspaceSid sid);

    /** Returns the account's workspaces. */
    List<Workspace> workspaces();

    /** Returns the sinks of Event Streams that receive by HTTP. */
    List<Sink> webhookSinks();

    /** Returns the subscriptions of a sink. */
    List<Subscription> subscriptions(String sinkSid);

    /** Returns the id of the schema of each type that Event Streams has. */
    Map<String, String> eventTypes();

    /** Returns the latest version of a schema, or an empty Optional if there is no such schema. */
    Optional<Integer> latestVersion(String schemaId);

    /** Returns whether the Advanced Features of Voice Insights are on. */
    boolean hasAdvancedFeatures();

    /** Returns the limit of requests that Twilio reports with a workspace's tasks, if it reports one. */
    Optional<String> taskRateLimit(WorkspaceSid workspace);

    /** Returns what the latest reservations of a workspace's voice channels had when they were completed, newest first. */
    List<CompletedReservation> completedReservations(WorkspaceSid workspace);

    /** Returns when the latest wrap-ups of a workspace began, by reservation. */
    Map<String, Instant> wrapUps(WorkspaceSid workspace);

    /** Returns how far Twilio's clock is ahead of this machine's, or zero if they agree within two seconds or if it is not known. */
    Duration clockSkew();

    /**
     * A workspace.
     *
     * @param sid its SID
     * @param accountSid the account that it belongs to
     * @param name its name
     * @param eventCallbackUrl where its events are posted, if anywhere
     * @param eventsFilter the types of events that are posted; empty for all
     */
    record Workspace(
            String sid, String accountSid, String name, Optional<String> eventCallbackUrl, List<String> eventsFilter) {
        /** Copies the list. */
        public Workspace {
            eventsFilter = List.copyOf(eventsFilter);
        }
    }

    /**
     * A sink of Event Streams that receives by HTTP.
     *
     * @param sid its SID
     * @param destination where events are sent
     * @param method the method of the requests
     * @param batches whether a request can hold several events
     * @param status the status, such as {@code active}
     */
    record Sink(String sid, String destination, String method, boolean batches, String status) {}

    /**
     * A subscription of a sink.
     *
     * @param sid its SID
     * @param types the version of the schema of each type that it includes
     */
    record Subscription(String sid, Map<String, Integer> types) {
        /** Copies the map. */
        public Subscription {
            types = Map.copyOf(types);
        }
    }

    /**
     * What a task had when an agent completed it.
     *
     * @param reservation the reservation's SID
     * @param channel the unique name of the task's channel; empty if the event does not name it
     * @param completed when the agent completed
     * @param value the value of {@code conversations.hang_up_by}, if any
     * @param named whether a plugin's marker names a reservation
     * @param conference whether the attributes name a conference
     */
    record CompletedReservation(
            String reservation,
            String channel,
            Instant completed,
            Optional<String> value,
            boolean named,
            boolean conference) {}
}
