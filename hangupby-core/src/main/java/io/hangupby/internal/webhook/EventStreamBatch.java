package io.hangupby.internal.webhook;

import io.hangupby.internal.event.EventFields;
import io.hangupby.internal.event.EventReader;
import io.hangupby.internal.event.EventReading;
import io.hangupby.internal.event.VoiceReportReader;
import io.hangupby.internal.facts.LiveFacts;
import io.hangupby.webhook.WebhookResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records the events of one batch of Event Streams. Event Streams sends a batch again until it is accepted. A batch is
 * rejected only if an event cannot be recorded now: events that are useless or of unknown accounts would only return.
 *
 * @param senders the accounts whose token signed the batch; several if accounts share a token
 */
record EventStreamBatch(
        List<WebhookAccount> senders, EventReader events, WebhookDiagnostics diagnostics, LiveFacts facts) {
    private static final Logger log = LoggerFactory.getLogger(EventStreamBatch.class);

    WebhookResponse record(List<CloudEventFields> batch) {
        if (!batch.isEmpty() && batch.stream().noneMatch(CloudEventFields::isCloudEvent)) {
            return Responses.NOT_UNDERSTOOD;
        }
        List<CloudEventFields> ofUse =
                batch.stream().filter(CloudEventFields::isOfUse).toList();
        List<CloudEventFields> ours =
                ofUse.stream().filter(event -> rejection(event).isEmpty()).toList();
        if (ours.isEmpty() && !ofUse.isEmpty()) {
            return rejection(ofUse.get(0)).orElse(Responses.ACCEPTED);
        }
        boolean allRecorded = true;
        List<String> skipped = new ArrayList<>();
        for (CloudEventFields event : ours) {
            EventReading reading = read(event);
            if (reading instanceof EventReading.Relevant relevant) {
                facts.streamed(relevant.event(), event);
            }
            allRecorded &= diagnostics.recorder().record(reading);
            if (reading instanceof EventReading.Malformed malformed) {
                skipped.add(malformed.reason());
            }
        }
        if (!skipped.isEmpty()) {
            log.warn(
                    "Skipped {} of {} events of an Event Streams batch: {}",
                    skipped.size(),
                    batch.size(),
                    skipped.get(0));
        }
        if (!ours.isEmpty() && skipped.size() == batch.size()) {
            return Responses.NOT_UNDERSTOOD;
        }
        return allRecorded ? Responses.ACCEPTED : Responses.NOT_KEPT;
    }

    private EventReading read(CloudEventFields event) {
        try {
            if (event.isVoiceReport()) {
                return owners(event).stream()
                        .findFirst()
                        .map(account -> VoiceReportReader.read(account.account(), event.type(), event))
                        .orElseGet(EventReading.Irrelevant::new);
            }
            return event.isOfConference() ? readOfConference(event) : events.read(event);
        } catch (BeyondLimitsException exceeded) {
            return new EventReading.Malformed(exceeded.reason());
        }
    }

    private EventReading readOfConference(CloudEventFields event) {
        return owners(event).stream()
                .filter(account -> account.acceptsWorkspaceOf(event))
                .findFirst()
                .<EventReading>map(account -> account.readOfConference(event))
                .orElseGet(EventReading.Irrelevant::new);
    }

    private List<WebhookAccount> owners(EventFields event) {
        return senders.stream().filter(account -> account.owns(event)).toList();
    }

    /** Accepts an event without an account: the reader finds it malformed. */
    private Optional<WebhookResponse> rejection(EventFields event) {
        List<WebhookAccount> owners = owners(event);
        if (owners.isEmpty()) {
            return Optional.of(diagnostics.otherAccount(senders));
        }
        return owners.stream().anyMatch(account -> account.acceptsWorkspaceOf(event))
                ? Optional.empty()
                : Optional.of(diagnostics.otherWorkspace(owners));
    }
}
