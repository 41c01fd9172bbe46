package io.hangupby.internal.webhook;

import io.hangupby.internal.event.CallEvent;
import io.hangupby.telemetry.Telemetry;
import io.hangupby.webhook.WebhookResponse;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts and logs problems with requests, separately for the servlet's endpoints and for the filter. Logs each problem of the
 * configuration once, so that an attacker cannot fill the log. Thread-safe.
 */
final class WebhookDiagnostics {
    private static final Logger log = LoggerFactory.getLogger(WebhookDiagnostics.class);

    private final EventRecorder recorder;
    private final Telemetry telemetry;
    private final String action;
    private final String urlProperty;
    private final AtomicBoolean reached = new AtomicBoolean();
    private final Set<String> warnings = ConcurrentHashMap.newKeySet();

    /**
     * @param journal appends the events
     * @param telemetry counts the events
     * @param action what the log says was done with a request that is not accepted, such as "Rejected"
     * @param urlProperty the setting with the address that Twilio signs
     */
    WebhookDiagnostics(Consumer<CallEvent> journal, Telemetry telemetry, String action, String urlProperty) {
        this.recorder = new EventRecorder(journal, telemetry, System::nanoTime);
        this.telemetry = telemetry;
        this.action = action;
        this.urlProperty = urlProperty;
    }

    EventRecorder recorder() {
        return recorder;
    }

    /** Logs once that Twilio reaches hangupby. */
    void reached() {
        if (!reached.get() && reached.compareAndSet(false, true)) {
            log.info("hangupby is reached: received the first request with a valid signature");
        }
    }

    WebhookResponse wrongSignature(SignedAddress address) {
        telemetry.signatureRejected();
        warnOnce(
                "{} a request: X-Twilio-Signature does not match {}; {} hangupby.auth-token",
                action,
                address.shown(),
                address.isGiven()
                        ? "check " + urlProperty + " and"
                        : "set " + urlProperty + " to the address that Twilio was given, and check");
        return Responses.WRONG_SIGNATURE;
    }

    /** Rejects a request whose address is not a URL, so that Twilio cannot have signed it. */
    WebhookResponse malformedAddress() {
        telemetry.signatureRejected();
        warnOnce(
                "{} a request: its host, its query or an X-Forwarded header has characters that a URL cannot have; set {} to the "
                        + "address that Twilio was given, or check the headers that the proxy sends",
                action,
                urlProperty);
        return Responses.WRONG_SIGNATURE;
    }

    /**
     * Rejects a form of an unknown account without a check of its signature. The response does not reveal which accounts are known;
     * only the log names them.
     */
    WebhookResponse unknownAccount(List<WebhookAccount> ours) {
        telemetry.signatureRejected();
        warnOnce(
                "{} a form without a check of its signature: its account is none of {}; if Twilio sent it, check "
                        + "hangupby.account-sid",
                action,
                ours);
        return Responses.WRONG_SIGNATURE;
    }

    WebhookResponse otherAccount(List<WebhookAccount> ours) {
        warnOnce(
                "{} an event with a valid signature: its account is none of {}; check hangupby.account-sid",
                action,
                ours);
        return Responses.OTHER_ACCOUNT;
    }

    WebhookResponse otherWorkspace(List<WebhookAccount> ours) {
        warnOnce(
                "{} an event with a valid signature: its workspace is none of {}; if its calls matter, check "
                        + "hangupby.workspace-sid",
                action,
                ours.stream().flatMap(account -> account.workspace().stream()).toList());
        return Responses.OTHER_WORKSPACE;
    }

    /** Hints at a callback URL without the path of the endpoint, which is a common mistake. */
    void wrongPath() {
        warnOnce(
                "{} a request with a signature: its path is not an endpoint of hangupby; end TaskRouter's event callback URL "
                        + "with /taskrouter",
                action);
    }

    void unsigned() {
        warnOnce(
                "{} a form: X-Twilio-Signature is missing; if Twilio sent the form, have the proxy pass this header on",
                action);
    }

    private void warnOnce(String warning, Object... values) {
        if (warnings.add(warning)) {
            log.warn(warning + ". Logged once.", values);
        }
    }
}
