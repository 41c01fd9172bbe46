package io.hangupby.internal.twilio;

import com.twilio.base.TwilioResponse;
import com.twilio.rest.taskrouter.v1.workspace.Task;
import io.hangupby.call.Address;
import io.hangupby.call.Call;
import io.hangupby.call.CallSid;
import io.hangupby.call.Conference;
import io.hangupby.call.ConferenceSid;
import io.hangupby.call.Participant;
import io.hangupby.internal.attributes.TaskAttributes;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns the resources of twilio-java into our types. */
final class TwilioResources {
    private TwilioResources() {}

    static Conference conference(ConferenceSid sid, com.twilio.rest.api.v2010.account.Conference found) {
        return new Conference(
                sid,
                found.getStatus() == com.twilio.rest.api.v2010.account.Conference.Status.COMPLETED,
                constant(found.getReasonConferenceEnded(), Conference.EndReason.values()),
                Optional.ofNullable(found.getCallSidEndingConference()).flatMap(CallSid::parse),
                instant(found.getDateUpdated()));
    }

    /** Returns a participant, or an empty Optional if its Call's SID is invalid. */
    static Optional<Participant> participant(com.twilio.rest.api.v2010.account.conference.Participant found) {
        boolean connected =
                found.getStatus() == com.twilio.rest.api.v2010.account.conference.Participant.Status.CONNECTED;
        boolean talking = !isTrue(found.getMuted()) && !isTrue(found.getCoaching());
        return Optional.ofNullable(found.getCallSid())
                .flatMap(CallSid::parse)
                .map(call -> new Participant(call, connected, talking));
    }

    static Call call(CallSid sid, com.twilio.rest.api.v2010.account.Call found) {
        return new Call(
                sid,
                constant(found.getStatus(), Call.Status.values()).orElse(Call.Status.OTHER),
                Optional.ofNullable(found.getTo()).map(Address::new),
                instant(found.getEndTime()));
    }

    /** Returns a Call, or an empty Optional if its SID is invalid. */
    static Optional<Call> call(com.twilio.rest.api.v2010.account.Call found) {
        return Optional.ofNullable(found.getSid()).flatMap(CallSid::parse).map(sid -> call(sid, found));
    }

    static TaskSnapshot task(TwilioResponse<Task> response) {
        Task task = response.getContent();
        String etag = etag(response).orElseThrow(() -> new InvalidResponseException("a response without an ETag"));
        if (task.getAttributes() == null) {
            throw new InvalidResponseException("a response without attributes");
        }
        boolean over = task.getAssignmentStatus() == Task.Status.COMPLETED
                || task.getAssignmentStatus() == Task.Status.CANCELED;
        return new TaskSnapshot(TaskAttributes.of(task.getAttributes()), etag, over);
    }

    static Optional<String> etag(TwilioResponse<Task> response) {
        return response.getHeaders().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("ETag"))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** Returns our constant of the same name, if any. For a value that twilio-java does not know, it has null. */
    private static <T extends Enum<T>> Optional<T> constant(@Nullable Enum<?> value, T[] constants) {
        return Arrays.stream(constants)
                .filter(constant -> value != null && constant.name().equals(value.name()))
                .findFirst();
    }

    private static boolean isTrue(@Nullable Boolean flag) {
        return Boolean.TRUE.equals(flag);
    }

    private static Optional<Instant> instant(@Nullable ZonedDateTime time) {
        return Optional.ofNullable(time).map(ZonedDateTime::toInstant);
    }
}
