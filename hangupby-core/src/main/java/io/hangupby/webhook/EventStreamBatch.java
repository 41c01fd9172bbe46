package io.hangupby.webhook;

import io.hangupby.internal.event.EventFields;
import io.hangupby.internal.event.EventReader;
import io.hangupby.internal.event.EventReading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the events that Event Streams sends together. They are sent together again until we say that all is well, so that
 * is said of all but those that cannot be kept now: what is of no use, or of nobody we know, would only come back.
 *
 * @param senders the accounts of which they may be, as they are signed by them; of two with one token, both
 */
record EventStreamBatch(List<WebhookAccount> senders, EventReader events, WebhookDiagnostics intake) {
    private static final Logger log = LoggerFactory.getLogger(EventStreamBatch.class);

    WebhookResponse take(List<CloudEventFields> batch) {
        List<CloudEventFields> told =
                batch.stream().filter(CloudEventFields::isOfTaskRouter).toList();
        List<CloudEventFields> ours =
                told.stream().filter(event -> foreignness(event).isEmpty()).toList();
        if (ours.isEmpty() && !told.isEmpty()) {
            return foreignness(told.get(0)).orElse(WebhookResponse.ACCEPTED);
        }
        boolean allKept = true;
        List<String> passedOver = new ArrayList<>();
        for (CloudEventFields event : ours) {
            EventReading reading = read(event);
            allKept &= intake.keeper().take(reading);
            if (reading instanceof EventReading.Malformed malformed) {
                passedOver.add(malformed.reason());
            }
        }
        if (!passedOver.isEmpty()) {
            log.warn(
                    "{} of {} events of Event Streams passed over: {}",
                    passedOver.size(),
                    batch.size(),
                    passedOver.get(0));
        }
        return allKept ? WebhookResponse.ACCEPTED : WebhookResponse.NOT_KEPT;
    }

    private EventReading read(CloudEventFields event) {
        try {
            return events.read(event);
        } catch (BeyondLimitsException beyond) {
            return new EventReading.Malformed(beyond.reason());
        }
    }

    /** An event that does not say whose it is belongs to nobody else: it is malformed. */
    private Optional<WebhookResponse> foreignness(EventFields event) {
        List<WebhookAccount> owners =
                senders.stream().filter(account -> account.owns(event)).toList();
        if (owners.isEmpty()) {
            return Optional.of(intake.otherAccount(senders));
        }
        return owners.stream().anyMatch(account -> account.takesWorkspaceOf(event))
                ? Optional.empty()
                : Optional.of(intake.otherWorkspace(owners));
    }
}
