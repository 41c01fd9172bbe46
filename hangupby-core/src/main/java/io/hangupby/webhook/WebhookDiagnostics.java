package io.hangupby.webhook;

import io.hangupby.internal.event.CallEvent;
import io.hangupby.telemetry.Telemetry;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One of the two ways in which forms come in: to be answered by us, or by the application that they are meant for. It tells
 * whoever sets hangupby up what to mend, each thing once: whoever attacks it must not fill the log. Thread-safe.
 */
final class WebhookDiagnostics {
    private static final Logger log = LoggerFactory.getLogger(WebhookDiagnostics.class);

    private final EventRecorder keeper;
    private final Telemetry telemetry;
    private final String turnedAway;
    private final String urlProperty;
    private final AtomicBoolean heard = new AtomicBoolean();
    private final Set<String> warnings = ConcurrentHashMap.newKeySet();

    /**
     * @param journal where its events are appended
     * @param telemetry counts what comes in
     * @param turnedAway what becomes of a request with a wrong signature
     * @param urlProperty the setting that says by which address Twilio signs
     */
    WebhookDiagnostics(Consumer<CallEvent> journal, Telemetry telemetry, String turnedAway, String urlProperty) {
        this.keeper = new EventRecorder(journal, telemetry, System::nanoTime);
        this.telemetry = telemetry;
        this.turnedAway = turnedAway;
        this.urlProperty = urlProperty;
    }

    EventRecorder keeper() {
        return keeper;
    }

    /** Says that the way to here is right. */
    void heard() {
        if (!heard.get() && heard.compareAndSet(false, true)) {
            log.info("hangupby is reached: the first request with a right signature has come");
        }
    }

    WebhookResponse wrongSignature(SignedAddress address) {
        telemetry.signatureRejected();
        warnOnce(
                "a request with a wrong signature was {}: it is not that for {}; if it was Twilio's, {}, or correct "
                        + "hangupby.auth-token",
                turnedAway,
                address.shown(),
                (address.isGiven() ? "correct " : "set ") + urlProperty + ", the address that Twilio was given");
        return WebhookResponse.WRONG_SIGNATURE;
    }

    /** Rejects what Twilio cannot have signed: the address by which it came is no URL. */
    WebhookResponse malformedAddress() {
        telemetry.signatureRejected();
        warnOnce(
                "a request was {}: its host, its query or a header X-Forwarded-… holds what no part of a URL can hold; if it was "
                        + "Twilio's, set {}, the address that Twilio was given, or see to what the proxy in front sends",
                turnedAway,
                urlProperty);
        return WebhookResponse.WRONG_SIGNATURE;
    }

    /**
     * Rejects a form of an account that is not known here. Whether one of our tokens signed it is not found out, so the sender is
     * not told whose account is known either; the log is for whoever sets hangupby up.
     */
    WebhookResponse unknownAccount(List<WebhookAccount> ours) {
        telemetry.signatureRejected();
        warnOnce(
                "a form was {}, its signature unchecked: the account that it names is none of {}; if it was Twilio's, correct "
                        + "hangupby.account-sid",
                turnedAway,
                ours);
        return WebhookResponse.WRONG_SIGNATURE;
    }

    WebhookResponse otherAccount(List<WebhookAccount> ours) {
        warnOnce(
                "an event with a right signature was {}: it is of an account that is none of {}; see to hangupby.account-sid",
                turnedAway,
                ours);
        return WebhookResponse.OTHER_ACCOUNT;
    }

    WebhookResponse otherWorkspace(List<WebhookAccount> ours) {
        warnOnce(
                "an event with a right signature was {}: it is of a workspace that is none of {}; if it is to be looked at, see to "
                        + "hangupby.workspace-sid",
                turnedAway,
                ours.stream().flatMap(account -> account.workspace().stream()).toList());
        return WebhookResponse.OTHER_WORKSPACE;
    }

    /** A callback URL that lacks its last part is soon set. */
    void astray() {
        warnOnce(
                "a request with a signature came to a path that is none of hangupby's; TaskRouter's event callback URL ends in "
                        + "/taskrouter");
    }

    void unsigned() {
        warnOnce(
                "a form without X-Twilio-Signature was {}; if it was Twilio's, a proxy takes this header away: let it through",
                turnedAway);
    }

    private void warnOnce(String warning, Object... values) {
        if (warnings.add(warning)) {
            log.warn(warning + ". Logged once", values);
        }
    }
}
