package io.hangupby.internal.journal.jdbc;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.PropertyNamingStrategy;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.AnnotatedField;
import com.fasterxml.jackson.databind.introspect.AnnotatedMethod;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import io.hangupby.call.Call;
import io.hangupby.call.OtherAgent;
import io.hangupby.call.OtherAgents;
import io.hangupby.call.Participant;
import io.hangupby.call.ParticipantChange;
import io.hangupby.call.ParticipantLeft;
import io.hangupby.call.Segment;
import io.hangupby.call.TaskRef;
import io.hangupby.call.Transfer;
import io.hangupby.decision.AuditResult;
import io.hangupby.decision.Fact;
import io.hangupby.decision.Outcome;
import io.hangupby.decision.WriteResult;
import io.hangupby.internal.event.ConferenceEvent;
import io.hangupby.internal.event.TaskRouterEvent;
import io.hangupby.internal.event.VoiceReport;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The names in stored JSON: the tag of each type, and the property of each record component, by its position. The names belong to
 * the stored rows. If you rename a class or a component, leave this table unchanged. Stateless.
 */
final class StoredNames extends PropertyNamingStrategy {
    private static final long serialVersionUID = 1;

    private static final Map<Class<?>, String> KINDS = Map.ofEntries(
            entry(TaskRouterEvent.TaskEvent.class, "task"),
            entry(TaskRouterEvent.ReservationEvent.class, "reservation"),
            entry(TaskRouterEvent.TransferEvent.class, "transfer"),
            entry(TaskRouterEvent.MarkerSeen.class, "marker-seen"),
            entry(TaskRouterEvent.ValueLost.class, "value-lost"),
            entry(TaskRouterEvent.FieldSeen.class, "field-seen"),
            entry(ConferenceEvent.Started.class, "conference-started"),
            entry(ConferenceEvent.LegSeen.class, "participant-seen"),
            entry(ConferenceEvent.LegLeft.class, "participant-left"),
            entry(ConferenceEvent.Ended.class, "conference-ended"),
            entry(VoiceReport.LegSummary.class, "leg-summary"),
            entry(VoiceReport.BrowserEvent.class, "browser-event"),
            entry(VoiceReport.ParticipantSummary.class, "participant-summary"),
            entry(StoredEvidence.Found.class, "found"),
            entry(StoredEvidence.NotFound.class, "not-found"));

    private static final Map<Class<?>, List<String>> PROPERTIES = Map.ofEntries(
            entry(TaskRef.class, List.of("account", "workspace", "task")),
            entry(TaskRouterEvent.TaskEvent.class, List.of("type", "task", "at", "conference", "hangUpBy", "customer")),
            entry(TaskRouterEvent.MarkerSeen.class, List.of("task", "at", "marker")),
            entry(
                    TaskRouterEvent.ReservationEvent.class,
                    List.of(
                            "type",
                            "task",
                            "at",
                            "reservation",
                            "worker",
                            "contact",
                            "conference",
                            "customer",
                            "hangUpBy",
                            "queue")),
            entry(TaskRouterEvent.TransferEvent.class, List.of("type", "task", "at", "startedBy", "mode")),
            entry(TaskRouterEvent.ValueLost.class, List.of("task", "at", "reservation")),
            entry(TaskRouterEvent.FieldSeen.class, List.of("task", "at", "version", "hangUpBy")),
            entry(ConferenceEvent.Origin.class, List.of("task", "conference", "number", "at", "customer")),
            entry(ConferenceEvent.Started.class, List.of("origin")),
            entry(ConferenceEvent.LegSeen.class, List.of("origin", "leg", "talking", "joined", "onHold", "coaching")),
            entry(ConferenceEvent.LegLeft.class, List.of("origin", "leg", "reason", "onHold", "endOnExit")),
            entry(ConferenceEvent.Ended.class, List.of("origin", "reason", "leg")),
            entry(
                    VoiceReport.LegSummary.class,
                    List.of("task", "leg", "at", "stage", "endedFrom", "inbound", "ended", "sipCode")),
            entry(VoiceReport.BrowserEvent.class, List.of("task", "leg", "at", "sign")),
            entry(VoiceReport.ParticipantSummary.class, List.of("task", "leg", "at", "left")),
            entry(Outcome.class, List.of("segment", "verdict", "write", "evidence", "audit")),
            entry(AuditResult.class, List.of("status", "alternative", "reason", "browserSigns", "sipCode")),
            entry(
                    Segment.class,
                    List.of("task", "reservation", "worker", "contact", "accepted", "left", "completed", "queue")),
            entry(
                    StoredVerdict.class,
                    List.of("endedBy", "rule", "reason", "destination", "facts", "stability", "needsFullHistory")),
            entry(Fact.class, List.of("source", "statement")),
            entry(WriteResult.class, List.of("status", "detail", "losses", "kept")),
            entry(
                    StoredEvidence.class,
                    List.of(
                            "segment",
                            "attributes",
                            "marker",
                            "pluginInstalled",
                            "otherAgents",
                            "participantLog",
                            "conference",
                            "participants",
                            "calls",
                            "children",
                            "ignoredParticipants",
                            "reportedEnd")),
            entry(
                    StoredEvidence.Attributes.class,
                    List.of("conference", "customerLeg", "workerLeg", "outbound", "internal")),
            entry(StoredMarker.class, List.of("kind", "reservation")),
            entry(OtherAgents.class, List.of("agents", "transfers", "joinedVia")),
            entry(OtherAgent.class, List.of("reservation", "contact", "accepted", "left", "joinedVia")),
            entry(Transfer.class, List.of("startedBy", "mode", "started", "failedAt")),
            entry(StoredLog.class, List.of("customer", "changes", "leaves", "others", "end")),
            entry(StoredLog.End.class, List.of("order", "at", "reason", "leg")),
            entry(ParticipantChange.class, List.of("leg", "order", "at", "joins", "talking", "onHold", "coaching")),
            entry(ParticipantLeft.class, List.of("leg", "order", "at", "reason", "onHold", "endOnExit")),
            entry(StoredConference.class, List.of("sid", "status", "endReason", "endingLeg", "updated")),
            entry(Participant.class, List.of("call", "connected", "talking")),
            entry(StoredEvidence.Found.class, List.of("call", "again")),
            entry(Call.class, List.of("sid", "status", "to", "ended")));

    /** Returns the classes whose stored objects carry a type tag, each with its tag. */
    static Stream<NamedType> kinds() {
        return KINDS.entrySet().stream().map(kind -> new NamedType(kind.getKey(), kind.getValue()));
    }

    @Override
    public String nameForConstructorParameter(MapperConfig<?> config, AnnotatedParameter parameter, String component) {
        return name(parameter.getDeclaringClass(), component);
    }

    @Override
    public String nameForGetterMethod(MapperConfig<?> config, AnnotatedMethod accessor, String component) {
        return name(accessor.getDeclaringClass(), component);
    }

    @Override
    public String nameForField(MapperConfig<?> config, AnnotatedField field, String component) {
        return name(field.getDeclaringClass(), component);
    }

    private static String name(Class<?> type, String component) {
        if (!type.isRecord()) {
            return component;
        }
        List<String> names = PROPERTIES.get(type);
        RecordComponent[] components = type.getRecordComponents();
        if (names == null || components.length != names.size()) {
            throw new IllegalStateException("the stored names of " + type + " are not those of its components");
        }
        for (int place = 0; place < components.length; place++) {
            if (components[place].getName().equals(component)) {
                return names.get(place);
            }
        }
        throw new IllegalStateException(type + " has no component " + component);
    }
}
