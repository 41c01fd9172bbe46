package io.hangupby.internal.processing;

import io.hangupby.call.Call;
import io.hangupby.call.CallSid;
import io.hangupby.call.Conference;
import io.hangupby.call.ConferenceSid;
import io.hangupby.call.Participant;
import io.hangupby.call.TaskRef;
import io.hangupby.call.WorkspaceSid;
import io.hangupby.internal.attributes.TaskAttributes;
import io.hangupby.internal.event.TaskRouterEvent.ReservationEvent;
import io.hangupby.internal.twilio.RecordedEvents;
import io.hangupby.internal.twilio.TaskSnapshot;
import io.hangupby.internal.twilio.TaskUpdate;
import io.hangupby.internal.twilio.TwilioGateway;
import io.hangupby.twilio.TwilioFailure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RunnableFuture;
import java.util.function.Supplier;

/**
 * Reads a task only if its newest version is not known from an event or from our own write. That version can be outdated: an update
 * of it then meets a conflict, and the next read goes to Twilio. Thread-safe.
 */
final class VersionedGateway implements TwilioGateway {
    private final TwilioGateway twilio;
    private final NewestVersions versions;

    VersionedGateway(TwilioGateway twilio, NewestVersions versions) {
        this.twilio = twilio;
        this.versions = versions;
    }

    @Override
    public Optional<TaskSnapshot> task(TaskRef task) {
        return versions.newest(task).or(() -> read(task));
    }

    /** Returns the version that our own last write made, or reads the task. Enough where nothing is to be judged. */
    Optional<TaskSnapshot> lastWritten(TaskRef task) {
        return versions.lastWritten(task).or(() -> task(task));
    }

    /** Returns whether a task had a version already at a moment, as far as this node knows. */
    boolean isUnchangedSince(TaskRef task, TaskSnapshot version, Instant moment) {
        return versions.isUnchangedSince(task, version, moment);
    }

    /** Reads the task, whatever is known of it. Another node may have received what another writer changed. */
    Optional<TaskSnapshot> read(TaskRef task) {
        Optional<TaskSnapshot> read = twilio.task(task);
        read.ifPresent(snapshot -> versions.read(task, snapshot));
        return read;
    }

    @Override
    public TaskUpdate updateTask(TaskRef task, TaskAttributes attributes, String etag) {
        return updated(task, attributes, etag, () -> twilio.updateTask(task, attributes, etag));
    }

    @Override
    public TaskUpdate updateTask(TaskRef task, TaskAttributes attributes, String etag, Instant since) {
        return updated(task, attributes, etag, () -> twilio.updateTask(task, attributes, etag, since));
    }

    private TaskUpdate updated(TaskRef task, TaskAttributes attributes, String etag, Supplier<TaskUpdate> request) {
        TaskUpdate update;
        try {
            update = request.get();
        } catch (TwilioFailure failure) {
            versions.failed(task, etag, false);
            throw failure;
        }
        if (update instanceof TaskUpdate.Applied applied) {
            versions.wrote(task, etag, applied.etag().map(now -> new TaskSnapshot(attributes, now, false)));
        } else {
            versions.failed(task, etag, update instanceof TaskUpdate.ChangedMeanwhile);
        }
        return update;
    }

    @Override
    public void together(List<? extends RunnableFuture<?>> requests) {
        twilio.together(requests);
    }

    @Override
    public Optional<Conference> conference(ConferenceSid conference) {
        return twilio.conference(conference);
    }

    @Override
    public Optional<List<Participant>> participants(ConferenceSid conference) {
        return twilio.participants(conference);
    }

    @Override
    public Optional<Call> call(CallSid call) {
        return twilio.call(call);
    }

    @Override
    public List<Call> children(CallSid parent) {
        return twilio.children(parent);
    }

    @Override
    public RecordedEvents events(TaskRef task) {
        return twilio.events(task);
    }

    @Override
    public List<ReservationEvent> reservationEndEvents(WorkspaceSid workspace, Instant since) {
        return twilio.reservationEndEvents(workspace, since);
    }

    @Override
    public void close() {
        twilio.close();
    }
}
