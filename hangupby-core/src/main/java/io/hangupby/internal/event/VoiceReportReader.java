package io.hangupby.internal.event;

import io.hangupby.call.AccountSid;
import io.hangupby.call.BrowserSign;
import io.hangupby.call.CallSid;
import io.hangupby.call.ConferenceSid;
import io.hangupby.call.TaskRef;
import io.hangupby.internal.event.VoiceReport.BrowserEvent;
import io.hangupby.internal.event.VoiceReport.EndedFrom;
import io.hangupby.internal.event.VoiceReport.LegSummary;
import io.hangupby.internal.event.VoiceReport.ParticipantSummary;
import io.hangupby.internal.event.VoiceReport.Stage;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Converts events of Voice Insights into reports. They name a leg, or a leg and its conference, and no task. An event is
 * irrelevant if it says nothing of how a leg ended. Stateless.
 */
public final class VoiceReportReader {
    /** The start of the types that this class reads. */
    public static final String TYPES = "com.twilio.voice.insights.";

    private static final Map<String, Stage> SUMMARIES = Map.of(
            "call-summary.partial", Stage.PARTIAL,
            "call-summary.predicted-complete", Stage.PREDICTED,
            "call-summary.complete", Stage.COMPLETE);

    private static final Map<String, BrowserSign> SIGNS = Map.of(
            "disconnected-by-local", BrowserSign.HUNG_UP_HERE,
            "disconnected-by-remote", BrowserSign.HUNG_UP_THERE,
            "ice-connectivity-lost", BrowserSign.NETWORK_LOST,
            "reconnecting", BrowserSign.RECONNECTING,
            "get-user-media/failed", BrowserSign.MICROPHONE_FAILED,
            "connection/error", BrowserSign.CONNECTION_ERROR);

    private VoiceReportReader() {}

    /**
     * Reads one event.
     *
     * @param account the account of the event
     * @param type the type as Twilio spells it
     * @param fields the event's data; {@code within("properties", …)} reads the nested part
     */
    public static EventReading read(AccountSid account, String type, EventFields fields) {
        String name = type.startsWith(TYPES) ? type.substring(TYPES.length()) : "";
        Optional<CallSid> leg = fields.text("call_sid").flatMap(CallSid::parse);
        Optional<Instant> at = fields.text("time").flatMap(VoiceReportReader::instant);
        if (name.isEmpty() || leg.isEmpty() || at.isEmpty()) {
            return new EventReading.Irrelevant();
        }
        return report(name, leg.get(), at.get(), fields)
                .<EventReading>map(report -> new EventReading.OfLeg(account, sids(leg.get(), fields), report))
                .orElseGet(EventReading.Irrelevant::new);
    }

    private static List<String> sids(CallSid leg, EventFields fields) {
        return fields.text("conference_sid")
                .flatMap(ConferenceSid::parse)
                .map(conference -> List.of(leg.value(), conference.value()))
                .orElseGet(() -> List.of(leg.value()));
    }

    private static Optional<Function<TaskRef, VoiceReport>> report(
            String name, CallSid leg, Instant at, EventFields fields) {
        Optional<Stage> stage = Optional.ofNullable(SUMMARIES.get(name));
        if (stage.isPresent()) {
            return stage.map(known -> summary(known, leg, at, fields));
        }
        if (name.equals("call-event.sdk")) {
            return sign(fields).map(sign -> task -> new BrowserEvent(task, leg, at, sign));
        }
        if (name.equals("conference-participant-summary.complete") || name.equals("participant-summary.complete")) {
            Optional<Instant> left = fields.text("leave_time").flatMap(VoiceReportReader::instant);
            return Optional.of(task -> new ParticipantSummary(task, leg, at, left));
        }
        return Optional.empty();
    }

    private static Function<TaskRef, VoiceReport> summary(Stage stage, CallSid leg, Instant at, EventFields fields) {
        EndedFrom from = endedFrom(fields.within("properties", "disconnected_by"));
        Optional<Boolean> inbound = fields.within("properties", "direction").map(text -> text.startsWith("inbound"));
        Optional<Instant> ended = fields.text("end_time").flatMap(VoiceReportReader::instant);
        Optional<Integer> code = fields.within("properties", "last_sip_response_num")
                .filter(text -> text.matches("[1-6][0-9]{2}"))
                .map(Integer::valueOf);
        return task -> new LegSummary(task, leg, at, stage, from, inbound, ended, code);
    }

    private static EndedFrom endedFrom(Optional<String> text) {
        return text.map(side -> side.toUpperCase(Locale.ROOT))
                .flatMap(side -> Arrays.stream(EndedFrom.values())
                        .filter(known -> known.name().equals(side))
                        .findFirst())
                .orElse(EndedFrom.UNKNOWN);
    }

    /** A name that several groups have counts only with its group. */
    private static Optional<BrowserSign> sign(EventFields fields) {
        String name = fields.text("name").orElse("");
        String group = fields.text("group").orElse("");
        return Optional.ofNullable(SIGNS.get(group + "/" + name)).or(() -> Optional.ofNullable(SIGNS.get(name)));
    }

    private static Optional<Instant> instant(String iso) {
        try {
            return Optional.of(OffsetDateTime.parse(iso.strip()).toInstant());
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }
}
