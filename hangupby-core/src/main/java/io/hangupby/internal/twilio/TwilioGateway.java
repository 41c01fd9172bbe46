package io.hangupby.internal.twilio;

import io.hangupby.call.Call;
import io.hangupby.call.CallSid;
import io.hangupby.call.Conference;
import io.hangupby.call.ConferenceSid;
import io.hangupby.call.Participant;
import io.hangupby.call.TaskRef;
import io.hangupby.call.WorkspaceSid;
import io.hangupby.internal.attributes.TaskAttributes;
import io.hangupby.internal.event.TaskRouterEvent.ReservationEvent;
import io.hangupby.twilio.TwilioFailure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RunnableFuture;

/**
 * The requests to one account's Twilio API. Each method makes one attempt. It returns a result, or throws a {@link TwilioFailure}
 * that says whether a retry makes sense. For a single resource that Twilio does not know (HTTP 404), the result is empty; for a
 * list, HTTP 404 is a failure. Implementations are thread-safe.
 */
public interface TwilioGateway extends AutoCloseable {

    /**
     * Makes requests, at the same time if there is room, and returns when all are done. Each keeps its own result or failure;
     * a request that did not begin, because this thread was interrupted, is cancelled. The default makes one after the other.
     */
    default void together(List<? extends RunnableFuture<?>> requests) {
        requests.forEach(Runnable::run);
    }

    /** Returns a conference, in progress or completed. */
    Optional<Conference> conference(ConferenceSid conference);

    /**
     * Returns the participants of a conference in progress, or an empty Optional if the conference does not exist. Of a completed
     * conference, Twilio lists no participants.
     */
    Optional<List<Participant>> participants(ConferenceSid conference);

    /** Returns the Call of a leg. */
    Optional<Call> call(CallSid call);

    /** Returns the child Calls of a leg, newest first: where the leg was sent to. */
    List<Call> children(CallSid parent);

    /** Returns the current version of a task. */
    Optional<TaskSnapshot> task(TaskRef task);

    /** Replaces a task's attributes, if its version still has this ETag. */
    TaskUpdate updateTask(TaskRef task, TaskAttributes attributes, String etag);

    /**
     * Replaces a task's attributes, if its version still has this ETag.
     *
     * @param since since when there is a value to write: among updates that wait, the earliest goes first
     */
    default TaskUpdate updateTask(TaskRef task, TaskAttributes attributes, String etag, Instant since) {
        return updateTask(task, attributes, etag);
    }

    /** Returns what TaskRouter recorded of a task in the last 24 hours, as far as it can matter. */
    RecordedEvents events(TaskRef task);

    /**
     * Returns the wrap-ups and completions of agents that TaskRouter recorded in a workspace since a moment, oldest first. If
     * there are too many, returns the latest.
     */
    List<ReservationEvent> reservationEndEvents(WorkspaceSid workspace, Instant since);

    /** Closes the connections. */
    @Override
    void close();
}
