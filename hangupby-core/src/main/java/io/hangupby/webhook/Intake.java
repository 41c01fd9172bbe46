package io.hangupby.webhook;

import io.hangupby.event.CallEvent;
import io.hangupby.telemetry.Telemetry;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One of the two ways in which forms come in: to be answered by us, or by the application that they are meant for. Thread-safe. */
final class Intake {
    private static final Logger log = LoggerFactory.getLogger(Intake.class);

    private final EventKeeper keeper;
    private final Telemetry telemetry;
    private final String turnedAway;
    private final String urlProperty;
    private final AtomicBoolean warned = new AtomicBoolean();

    /**
     * @param journal where its events are appended
     * @param telemetry counts what comes in
     * @param turnedAway what becomes of a request with a wrong signature
     * @param urlProperty the setting that says by which address Twilio signs
     */
    Intake(Consumer<CallEvent> journal, Telemetry telemetry, String turnedAway, String urlProperty) {
        this.keeper = new EventKeeper(journal, telemetry, System::nanoTime);
        this.telemetry = telemetry;
        this.turnedAway = turnedAway;
        this.urlProperty = urlProperty;
    }

    EventKeeper keeper() {
        return keeper;
    }

    /** Logged once: whoever sets hangupby up needs to hear it, whoever attacks it must not fill the log. */
    WebhookResponse wrongSignature(SignedAddress address) {
        telemetry.signatureRefused();
        if (warned.compareAndSet(false, true)) {
            log.warn(
                    "a request with a wrong signature was {}: it is not that for {}; if it was Twilio's, {} is not the address that "
                            + "Twilio was given, or hangupby.auth-token is not this account's. Not said again",
                    turnedAway,
                    address.shown(),
                    urlProperty);
        }
        return WebhookResponse.refused(403, "the signature is not that of this URL, body and auth token");
    }
}
