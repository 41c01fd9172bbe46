package io.hangupby.internal.event;

import io.hangupby.call.AccountSid;
import io.hangupby.call.CallSid;
import io.hangupby.call.Conference;
import io.hangupby.call.ConferenceSid;
import io.hangupby.call.ParticipantLeft;
import io.hangupby.call.TaskRef;
import io.hangupby.call.TaskSid;
import io.hangupby.call.WorkspaceSid;
import io.hangupby.internal.event.ConferenceEvent.Ended;
import io.hangupby.internal.event.ConferenceEvent.LegLeft;
import io.hangupby.internal.event.ConferenceEvent.LegSeen;
import io.hangupby.internal.event.ConferenceEvent.Origin;
import io.hangupby.internal.event.ConferenceEvent.Started;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Converts the fields of conference status callbacks into typed events. A callback is irrelevant if its conference
 * belongs to no task, or if nobody joined, changed or left. Immutable and thread-safe.
 */
public final class ConferenceEventReader {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    private final Optional<WorkspaceSid> workspace;

    /**
     * @param workspace the workspace of tasks whose callbacks do not name a workspace; Twilio does not document that
     *     they do
     */
    public ConferenceEventReader(Optional<WorkspaceSid> workspace) {
        this.workspace = workspace;
    }

    /** Reads one event. */
    public EventReading read(EventFields fields) {
        Optional<TaskSid> task = sid(fields, "TaskSid", TaskSid::parse)
                // Flex names a conference after its task.
                .or(() -> sid(fields, "FriendlyName", TaskSid::parse));
        Optional<WorkspaceSid> named =
                sid(fields, "WorkspaceSid", WorkspaceSid::parse).or(() -> workspace);
        Optional<AccountSid> account = sid(fields, "AccountSid", AccountSid::parse);
        if (task.isEmpty() || named.isEmpty() || account.isEmpty()) {
            return new EventReading.Irrelevant();
        }
        TaskRef ref = new TaskRef(account.get(), named.get(), task.get());
        return switch (fields.text("StatusCallbackEvent").orElse("")) {
            case "participant-join",
                    "participant-leave",
                    "participant-mute",
                    "participant-unmute",
                    "participant-hold",
                    "participant-unhold",
                    "participant-modify" -> ofLeg(fields, ref);
            case "conference-start" -> of(fields, ref, Started::new);
            case "conference-end" -> ofEnd(fields, ref);
            default -> new EventReading.Irrelevant();
        };
    }

    private static EventReading ofLeg(EventFields fields, TaskRef task) {
        Optional<CallSid> leg = sid(fields, "CallSid", CallSid::parse);
        if (leg.isEmpty()) {
            return malformed("CallSid");
        }
        boolean left = fields.is("StatusCallbackEvent", "participant-leave");
        return of(fields, task, origin -> left ? left(fields, origin, leg.get()) : seen(fields, origin, leg.get()));
    }

    private static ConferenceEvent left(EventFields fields, Origin origin, CallSid leg) {
        return new LegLeft(
                origin,
                leg,
                constant(fields, "ReasonParticipantLeft", ParticipantLeft.Reason.values()),
                is(fields, "Hold"),
                fields.text("EndConferenceOnExit").map("true"::equalsIgnoreCase));
    }

    private static ConferenceEvent seen(EventFields fields, Origin origin, CallSid leg) {
        boolean coaching = is(fields, "Coaching");
        return new LegSeen(
                origin,
                leg,
                !is(fields, "Muted") && !coaching,
                fields.is("StatusCallbackEvent", "participant-join"),
                is(fields, "Hold"),
                coaching);
    }

    private static EventReading ofEnd(EventFields fields, TaskRef task) {
        return of(
                fields,
                task,
                origin -> new Ended(
                        origin,
                        constant(fields, "ReasonConferenceEnded", Conference.EndReason.values()),
                        sid(fields, "CallSidEndingConference", CallSid::parse)));
    }

    private static EventReading of(EventFields fields, TaskRef task, Function<Origin, ConferenceEvent> event) {
        Optional<ConferenceSid> conference = sid(fields, "ConferenceSid", ConferenceSid::parse);
        Optional<Integer> number = fields.text("SequenceNumber")
                .filter(text -> NUMBER.matcher(text).matches())
                .map(Integer::valueOf);
        Optional<Instant> at = fields.text("Timestamp").flatMap(ConferenceEventReader::date);
        if (conference.isEmpty() || number.isEmpty() || at.isEmpty()) {
            return malformed(
                    conference.isEmpty() ? "ConferenceSid" : number.isEmpty() ? "SequenceNumber" : "Timestamp");
        }
        Optional<CallSid> customer = sid(fields, "CustomerCallSid", CallSid::parse);
        return new EventReading.Relevant(
                event.apply(new Origin(task, conference.get(), number.get(), at.get(), customer)));
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }

    private static EventReading malformed(String field) {
        return new EventReading.Malformed(field + " is missing or malformed");
    }

    private static <T> Optional<T> sid(EventFields fields, String name, Function<String, Optional<T>> parse) {
        return fields.text(name).flatMap(parse);
    }

    private static boolean is(EventFields fields, String name) {
        return fields.text(name).filter("true"::equalsIgnoreCase).isPresent();
    }

    /** Twilio spells these values with hyphens in some places and with underscores in others. */
    private static <E extends Enum<E>> Optional<E> constant(EventFields fields, String name, E[] constants) {
        return fields.text(name)
                .map(text -> text.replace('-', '_').toUpperCase(Locale.ROOT))
                .flatMap(text -> Arrays.stream(constants)
                        .filter(constant -> constant.name().equals(text))
                        .findFirst());
    }
}
