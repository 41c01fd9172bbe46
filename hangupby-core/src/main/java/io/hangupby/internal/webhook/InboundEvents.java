package io.hangupby.internal.webhook;

import io.hangupby.call.AccountSid;
import io.hangupby.internal.event.CallEvent;
import io.hangupby.internal.event.EventFields;
import io.hangupby.internal.event.EventReader;
import io.hangupby.internal.event.EventReading;
import io.hangupby.internal.event.VoiceReportReader;
import io.hangupby.internal.journal.TaskJournal;
import io.hangupby.telemetry.Telemetry;
import io.hangupby.webhook.MalformedEventException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Records events that do not come by HTTP, for example from an application's own queue. The caller must have verified
 * their signatures. Thread-safe.
 */
public final class InboundEvents {
    private final WebhookSettings settings;
    private final EventReader events;
    private final EventRecorder recorder;
    private final Set<AccountSid> senders = ConcurrentHashMap.newKeySet();

    /**
     * @param settings the accounts whose events are accepted
     * @param events reads the events
     * @param journal keeps the events
     * @param telemetry counts the events
     */
    public InboundEvents(WebhookSettings settings, EventReader events, TaskJournal journal, Telemetry telemetry) {
        this.settings = settings;
        this.events = events;
        this.recorder = new EventRecorder(journal::append, journal::tasksOf, telemetry, System::nanoTime);
    }

    /**
     * Records the event of a TaskRouter callback or of a conference status callback, given its decoded parameters.
     *
     * @return whether the event was of use: false if it cannot affect who ended a segment, or if its account or workspace is
     *     not accepted
     * @throws MalformedEventException if the event lacks a required field
     * @throws io.hangupby.journal.JournalException if the event cannot be recorded now; call again with the same event
     */
    public boolean takeCallback(Map<String, String> parameters) {
        EventFields fields = new MapEventFields(Map.copyOf(parameters));
        boolean ofConference = fields.text("StatusCallbackEvent").isPresent();
        return record(reading(fields, ofConference).stream().toList());
    }

    /**
     * Records events of TaskRouter and conference status callbacks in the format of Event Streams: one CloudEvent, or an array of
     * CloudEvents, in UTF-8, with or without the envelope of a queue. A failure of one event does not keep the others from being
     * recorded.
     *
     * @return whether any event was of use; see {@link #takeCallback}
     * @throws MalformedEventException if the JSON is not in this format or a known envelope, or an event lacks a required field
     * @throws io.hangupby.journal.JournalException if an event cannot be recorded now; call again with the same events, of which
     *     those already recorded count once
     */
    public boolean takeCloudEvents(byte[] json) {
        QueueMessage message = read(json);
        boolean useful = record(message.events().stream()
                .filter(CloudEventFields::isOfUse)
                .flatMap(event -> reading(event).stream())
                .toList());
        if (!message.isComplete()) {
            throw new MalformedEventException(
                    "the message holds something that is neither a CloudEvent nor a known envelope of a queue");
        }
        return useful;
    }

    /** Returns whether an event of TaskRouter's has come for an account since the start. */
    public boolean haveComeFor(AccountSid account) {
        return senders.contains(account);
    }

    private static QueueMessage read(byte[] json) {
        try {
            return QueueMessage.read(json);
        } catch (UndecodableBodyException undecodable) {
            throw new MalformedEventException(undecodable.reason());
        }
    }

    /** Tries every event, because a journal without room for new tasks still has room for known tasks. */
    private boolean record(List<EventReading> readings) {
        List<RuntimeException> failures = new ArrayList<>();
        List<String> malformed = new ArrayList<>();
        boolean useful = false;
        for (EventReading reading : readings) {
            if (reading instanceof EventReading.Relevant relevant) {
                useful = true;
                record(relevant.event()).ifPresent(failures::add);
            } else if (reading instanceof EventReading.OfLeg ofLeg) {
                useful |= record(ofLeg, failures);
            } else {
                recorder.skip(reading);
            }
            if (reading instanceof EventReading.Malformed unreadable) {
                malformed.add(unreadable.reason());
            }
        }
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
        if (!malformed.isEmpty()) {
            throw new MalformedEventException(malformed.get(0));
        }
        return useful;
    }

    /** Returns whether the leg belongs to a task. */
    private boolean record(EventReading.OfLeg reading, List<RuntimeException> failures) {
        try {
            return recorder.append(reading);
        } catch (RuntimeException failure) {
            failures.add(failure);
            return true;
        }
    }

    private Optional<RuntimeException> record(CallEvent event) {
        try {
            recorder.append(event);
            return Optional.empty();
        } catch (RuntimeException failure) {
            return Optional.of(failure);
        }
    }

    private Optional<EventReading> reading(CloudEventFields event) {
        return event.isVoiceReport()
                ? settings.accounts().stream()
                        .filter(account -> account.owns(event))
                        .findFirst()
                        .map(account -> VoiceReportReader.read(account.account(), event.type(), event))
                : reading(event, event.isOfConference());
    }

    /** Returns empty for an event whose account or workspace is not accepted. */
    private Optional<EventReading> reading(EventFields fields, boolean ofConference) {
        return settings.accounts().stream()
                .filter(account -> account.owns(fields) && account.acceptsWorkspaceOf(fields))
                .findFirst()
                .map(account -> reading(account, fields, ofConference));
    }

    private EventReading reading(WebhookAccount account, EventFields fields, boolean ofConference) {
        if (!ofConference) {
            senders.add(account.account());
        }
        try {
            return ofConference ? account.readOfConference(fields) : events.read(fields);
        } catch (BeyondLimitsException exceeded) {
            return new EventReading.Malformed(exceeded.reason());
        }
    }
}
