package io.hangupby.internal.journal.jdbc;

import static java.util.Map.entry;

import io.hangupby.call.BrowserSign;
import io.hangupby.call.Call;
import io.hangupby.call.Conference;
import io.hangupby.call.ParticipantLeft;
import io.hangupby.call.Role;
import io.hangupby.call.Transfer;
import io.hangupby.decision.AuditResult;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Fact;
import io.hangupby.decision.Kept;
import io.hangupby.decision.WriteResult;
import io.hangupby.internal.event.EventType;
import io.hangupby.internal.event.VoiceReport;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The names of constants in stored JSON. The names belong to the stored rows. If you rename a constant, leave its text unchanged.
 * Stateless.
 */
final class StoredConstants {
    private static final Map<Enum<?>, String> NAMES = Map.ofEntries(
            entry(EventType.TASK_CREATED, "TASK_CREATED"),
            entry(EventType.TASK_UPDATED, "TASK_UPDATED"),
            entry(EventType.TASK_WRAPUP, "TASK_WRAPUP"),
            entry(EventType.TASK_COMPLETED, "TASK_COMPLETED"),
            entry(EventType.TASK_CANCELED, "TASK_CANCELED"),
            entry(EventType.TASK_DELETED, "TASK_DELETED"),
            entry(EventType.TASK_SYSTEM_DELETED, "TASK_SYSTEM_DELETED"),
            entry(EventType.TRANSFER_INITIATED, "TRANSFER_INITIATED"),
            entry(EventType.TRANSFER_ATTEMPT_FAILED, "TRANSFER_ATTEMPT_FAILED"),
            entry(EventType.TRANSFER_FAILED, "TRANSFER_FAILED"),
            entry(EventType.TRANSFER_CANCELED, "TRANSFER_CANCELED"),
            entry(EventType.TRANSFER_COMPLETED, "TRANSFER_COMPLETED"),
            entry(EventType.RESERVATION_CREATED, "RESERVATION_CREATED"),
            entry(EventType.RESERVATION_ACCEPTED, "RESERVATION_ACCEPTED"),
            entry(EventType.RESERVATION_REJECTED, "RESERVATION_REJECTED"),
            entry(EventType.RESERVATION_TIMEOUT, "RESERVATION_TIMEOUT"),
            entry(EventType.RESERVATION_CANCELED, "RESERVATION_CANCELED"),
            entry(EventType.RESERVATION_RESCINDED, "RESERVATION_RESCINDED"),
            entry(EventType.RESERVATION_FAILED, "RESERVATION_FAILED"),
            entry(EventType.RESERVATION_WRAPUP, "RESERVATION_WRAPUP"),
            entry(EventType.RESERVATION_COMPLETED, "RESERVATION_COMPLETED"),
            entry(EventType.OTHER, "OTHER"),
            entry(Role.CUSTOMER, "CUSTOMER"),
            entry(Role.AGENT, "AGENT"),
            entry(Role.OTHER_AGENT, "OTHER_AGENT"),
            entry(Role.SUPERVISOR, "SUPERVISOR"),
            entry(Role.EXTERNAL, "EXTERNAL"),
            entry(Role.IGNORED, "IGNORED"),
            entry(Role.UNKNOWN, "UNKNOWN"),
            entry(Transfer.Mode.WARM, "WARM"),
            entry(Transfer.Mode.COLD, "COLD"),
            entry(ParticipantLeft.Reason.PARTICIPANT_HUNG_UP, "PARTICIPANT_HUNG_UP"),
            entry(ParticipantLeft.Reason.PARTICIPANT_UPDATED_VIA_API, "PARTICIPANT_UPDATED_VIA_API"),
            entry(ParticipantLeft.Reason.CONFERENCE_ENDED_VIA_API, "CONFERENCE_ENDED_VIA_API"),
            entry(ParticipantLeft.Reason.MODERATOR_ENDED_CONFERENCE, "MODERATOR_ENDED_CONFERENCE"),
            entry(ParticipantLeft.Reason.PARTICIPANT_ADD_FAILED, "PARTICIPANT_ADD_FAILED"),
            entry(
                    Conference.EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT,
                    "PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT"),
            entry(
                    Conference.EndReason.PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_KICKED,
                    "PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_KICKED"),
            entry(Conference.EndReason.LAST_PARTICIPANT_LEFT, "LAST_PARTICIPANT_LEFT"),
            entry(Conference.EndReason.LAST_PARTICIPANT_KICKED, "LAST_PARTICIPANT_KICKED"),
            entry(Conference.EndReason.CONFERENCE_ENDED_VIA_API, "CONFERENCE_ENDED_VIA_API"),
            entry(Call.Status.QUEUED, "QUEUED"),
            entry(Call.Status.RINGING, "RINGING"),
            entry(Call.Status.IN_PROGRESS, "IN_PROGRESS"),
            entry(Call.Status.COMPLETED, "COMPLETED"),
            entry(Call.Status.BUSY, "BUSY"),
            entry(Call.Status.NO_ANSWER, "NO_ANSWER"),
            entry(Call.Status.FAILED, "FAILED"),
            entry(Call.Status.CANCELED, "CANCELED"),
            entry(Call.Status.OTHER, "OTHER"),
            entry(EndedBy.CUSTOMER, "CUSTOMER"),
            entry(EndedBy.AGENT, "AGENT"),
            entry(EndedBy.DISCONNECT, "DISCONNECT"),
            entry(EndedBy.COLD_TRANSFER, "COLD_TRANSFER"),
            entry(EndedBy.WARM_TRANSFER, "WARM_TRANSFER"),
            entry(EndedBy.CONSULT, "CONSULT"),
            entry(EndedBy.EXTERNAL_COLD_TRANSFER, "EXTERNAL_COLD_TRANSFER"),
            entry(EndedBy.EXTERNAL_WARM_TRANSFER, "EXTERNAL_WARM_TRANSFER"),
            entry(EndedBy.EXTERNAL, "EXTERNAL"),
            entry(EndedBy.SUPERVISOR, "SUPERVISOR"),
            entry(EndedBy.SYSTEM, "SYSTEM"),
            entry(EndedBy.UNKNOWN, "UNKNOWN"),
            entry(Fact.Source.EVENTS, "EVENTS"),
            entry(Fact.Source.CONFERENCE, "CONFERENCE"),
            entry(Fact.Source.PARTICIPANTS, "PARTICIPANTS"),
            entry(Fact.Source.CALL, "CALL"),
            entry(Fact.Source.TASK, "TASK"),
            entry(Fact.Source.CALLBACKS, "CALLBACKS"),
            entry(Fact.Source.SETTING, "SETTING"),
            entry(Fact.Source.APPLICATION, "APPLICATION"),
            entry(Fact.Source.VOICE_INSIGHTS, "VOICE_INSIGHTS"),
            entry(VoiceReport.EndedFrom.CALLER, "CALLER"),
            entry(VoiceReport.EndedFrom.CALLEE, "CALLEE"),
            entry(VoiceReport.EndedFrom.UNKNOWN, "UNKNOWN"),
            entry(VoiceReport.Stage.PARTIAL, "PARTIAL"),
            entry(VoiceReport.Stage.PREDICTED, "PREDICTED"),
            entry(VoiceReport.Stage.COMPLETE, "COMPLETE"),
            entry(BrowserSign.HUNG_UP_HERE, "HUNG_UP_HERE"),
            entry(BrowserSign.HUNG_UP_THERE, "HUNG_UP_THERE"),
            entry(BrowserSign.NETWORK_LOST, "NETWORK_LOST"),
            entry(BrowserSign.RECONNECTING, "RECONNECTING"),
            entry(BrowserSign.MICROPHONE_FAILED, "MICROPHONE_FAILED"),
            entry(BrowserSign.CONNECTION_ERROR, "CONNECTION_ERROR"),
            entry(AuditResult.Status.AGREES, "AGREES"),
            entry(AuditResult.Status.DISAGREES, "DISAGREES"),
            entry(AuditResult.Status.NOT_COMPARABLE, "NOT_COMPARABLE"),
            entry(AuditResult.Status.NO_DATA, "NO_DATA"),
            entry(WriteResult.Status.WRITTEN, "WRITTEN"),
            entry(WriteResult.Status.ALREADY_SET, "ALREADY_SET"),
            entry(WriteResult.Status.WAITING, "WAITING"),
            entry(WriteResult.Status.PINNED, "PINNED"),
            entry(WriteResult.Status.COLLIDED, "COLLIDED"),
            entry(WriteResult.Status.NOTHING_TO_WRITE, "NOTHING_TO_WRITE"),
            entry(WriteResult.Status.INVALID_ATTRIBUTES, "INVALID_ATTRIBUTES"),
            entry(WriteResult.Status.TOO_LATE, "TOO_LATE"),
            entry(WriteResult.Status.DRY_RUN, "DRY_RUN"),
            entry(WriteResult.Status.COMPARED, "COMPARED"),
            entry(Kept.KEPT, "KEPT"),
            entry(Kept.LOST, "LOST"),
            entry(Kept.NOT_KNOWN, "NOT_KNOWN"));

    private static final Map<Class<?>, Map<String, Enum<?>>> CONSTANTS = NAMES.entrySet().stream()
            .collect(Collectors.groupingBy(
                    named -> named.getKey().getDeclaringClass(),
                    Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey)));

    private StoredConstants() {}

    static String name(Enum<?> constant) {
        String name = NAMES.get(constant);
        if (name == null) {
            throw new IllegalStateException(constant.getDeclaringClass() + " has no stored name for " + constant);
        }
        return name;
    }

    static <E extends Enum<E>> E constant(Class<E> type, String name) {
        Enum<?> constant = CONSTANTS.getOrDefault(type, Map.of()).get(name);
        if (constant == null) {
            throw new IllegalArgumentException(type + " has no constant that is stored as " + name);
        }
        return type.cast(constant);
    }
}
