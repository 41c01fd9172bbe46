package io.hangupby.webhook;

import io.hangupby.internal.event.CallEvent;
import io.hangupby.internal.event.EventFields;
import io.hangupby.internal.event.EventReader;
import io.hangupby.internal.event.EventReading;
import io.hangupby.internal.journal.TaskJournal;
import io.hangupby.telemetry.Telemetry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes events that come by some other way than HTTP, and whose signature somebody has verified on that way: out of an
 * application's own queue. Thread-safe.
 */
public final class InboundEvents {
    private final WebhookSettings settings;
    private final EventReader events;
    private final EventRecorder keeper;

    /**
     * @param settings whose events are taken
     * @param events makes events of what comes
     * @param journal keeps them
     * @param telemetry counts them
     */
    public InboundEvents(WebhookSettings settings, EventReader events, TaskJournal journal, Telemetry telemetry) {
        this.settings = settings;
        this.events = events;
        this.keeper = new EventRecorder(journal::append, telemetry, System::nanoTime);
    }

    /**
     * Takes the decoded parameters of a TaskRouter callback, or of a conference's status callback.
     *
     * @return whether it was of use; it was not if it cannot matter to who ended a call, or is another account's or workspace's
     * @throws MalformedEventException if it lacks what every such event has
     * @throws io.hangupby.journal.JournalException if it cannot be kept now, so that it has to be handed in again
     */
    public boolean takeCallback(Map<String, String> parameters) {
        EventFields fields = new MapEventFields(Map.copyOf(parameters));
        boolean ofConference = fields.text("StatusCallbackEvent").isPresent();
        return keep(reading(fields, ofConference).stream().toList());
    }

    /**
     * Takes TaskRouter's events as Event Streams tells them: one CloudEvent, or an array of them, in UTF-8. All that can be kept
     * are kept, whatever another one in the array lacks.
     *
     * @return whether any was of use; see {@link #takeCallback}
     * @throws MalformedEventException if this is no such JSON, or one of the events lacks what every such event has
     * @throws io.hangupby.journal.JournalException if one cannot be kept now, so that all have to be handed in again; those that
     *     are kept already then count once
     */
    public boolean takeCloudEvents(byte[] json) {
        try {
            return keep(EventBatch.readOneOrMore(json).stream()
                    .filter(CloudEventFields::isOfTaskRouter)
                    .flatMap(event -> reading(event, false).stream())
                    .toList());
        } catch (UndecodableBodyException undecodable) {
            throw new MalformedEventException(undecodable.reason());
        }
    }

    /** One that cannot be kept does not hold up the others: where there is no room for new calls, there is for those under way. */
    private boolean keep(List<EventReading> readings) {
        List<RuntimeException> notKept = new ArrayList<>();
        List<String> malformed = new ArrayList<>();
        boolean ofUse = false;
        for (EventReading reading : readings) {
            if (reading instanceof EventReading.Relevant relevant) {
                ofUse = true;
                appended(relevant.event()).ifPresent(notKept::add);
            } else {
                keeper.passOver(reading);
            }
            if (reading instanceof EventReading.Malformed unreadable) {
                malformed.add(unreadable.reason());
            }
        }
        if (!notKept.isEmpty()) {
            throw notKept.get(0);
        }
        if (!malformed.isEmpty()) {
            throw new MalformedEventException(malformed.get(0));
        }
        return ofUse;
    }

    private Optional<RuntimeException> appended(CallEvent event) {
        try {
            keeper.append(event);
            return Optional.empty();
        } catch (RuntimeException failure) {
            return Optional.of(failure);
        }
    }

    /** Of what is not ours there is nothing to read, and nothing to count. */
    private Optional<EventReading> reading(EventFields fields, boolean ofConference) {
        return settings.accounts().stream()
                .filter(account -> account.owns(fields) && account.takesWorkspaceOf(fields))
                .findFirst()
                .map(account -> reading(account, fields, ofConference));
    }

    private EventReading reading(WebhookAccount account, EventFields fields, boolean ofConference) {
        try {
            return ofConference ? account.readOfConference(fields) : events.read(fields);
        } catch (BeyondLimitsException beyond) {
            return new EventReading.Malformed(beyond.reason());
        }
    }
}
