package io.hangupby.internal.twilio;

import io.hangupby.call.Call;
import io.hangupby.call.CallSid;
import io.hangupby.call.Conference;
import io.hangupby.call.ConferenceSid;
import io.hangupby.call.Participant;
import io.hangupby.call.TaskRef;
import io.hangupby.call.WorkspaceSid;
import io.hangupby.internal.attributes.TaskAttributes;
import io.hangupby.internal.event.TaskRouterEvent;
import io.hangupby.internal.event.TaskRouterEvent.ReservationEvent;
import io.hangupby.twilio.TwilioFailure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What we ask of one account's Twilio API. Each method is one attempt: it returns an answer, or throws a
 * {@link TwilioFailure} that says whether another attempt makes sense. That Twilio does not know a resource (HTTP 404) is an
 * answer; that it does not know a list is none.
 * Implementations are thread-safe.
 */
public interface TwilioGateway extends AutoCloseable {

    /** Returns a conference, running or over. */
    Optional<Conference> conference(ConferenceSid conference);

    /** Returns the legs in a running conference; Twilio lists none of one that is over. Nothing if there is no such conference. */
    Optional<List<Participant>> participants(ConferenceSid conference);

    /** Returns a leg's call. */
    Optional<Call> call(CallSid call);

    /** Returns the calls that a leg's call has made, newest first: where it was sent to. */
    List<Call> children(CallSid parent);

    /** Returns a task as it is now. */
    Optional<TaskSnapshot> task(TaskRef task);

    /** Replaces a task's attributes, if it is still the version of this ETag. */
    TaskUpdate updateTask(TaskRef task, TaskAttributes attributes, String etag);

    /**
     * Replaces a task's attributes, if it is still the version of this ETag.
     *
     * @param since since when there is something to write: where updates have to wait, the one with the earliest goes first
     */
    default TaskUpdate updateTask(TaskRef task, TaskAttributes attributes, String etag, Instant since) {
        return updateTask(task, attributes, etag);
    }

    /** Returns what TaskRouter recorded of a task in the last 24 hours, as far as it can matter, in no given order. */
    List<TaskRouterEvent> events(TaskRef task);

    /**
     * Returns the wrap-ups and completions of agents that TaskRouter recorded in a workspace from a moment on, oldest first;
     * of very many, those of the latest.
     */
    List<ReservationEvent> reservationEndEvents(WorkspaceSid workspace, Instant since);

    /** Gives connections back. */
    @Override
    void close();
}
