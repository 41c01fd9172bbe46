package io.hangupby.internal.webhook;

import io.hangupby.internal.event.CallEvent;
import io.hangupby.telemetry.Telemetry;
import io.hangupby.webhook.WebhookRequest;
import io.hangupby.webhook.WebhookResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts and logs problems with requests, separately for the servlet's endpoints and for the filter. Logs each problem of the
 * configuration once, so that an attacker cannot fill the log. Thread-safe.
 */
final class WebhookDiagnostics {
    private static final Logger log = LoggerFactory.getLogger(WebhookDiagnostics.class);

    /** Bounds the work that strangers cause, because each search tries several addresses. */
    private static final Duration SEARCH_INTERVAL = Duration.ofSeconds(10);

    private final EventRecorder recorder;
    private final Telemetry telemetry;
    private final String action;
    private final String urlProperty;
    private final AtomicBoolean reached = new AtomicBoolean();
    private final Set<String> warnings = ConcurrentHashMap.newKeySet();
    private final AtMostEvery searches;

    /**
     * @param journal appends the events
     * @param telemetry counts the events
     * @param action what the log says was done with a request that is not accepted, such as "Rejected"
     * @param urlProperty the setting with the address that Twilio signs
     */
    WebhookDiagnostics(Consumer<CallEvent> journal, Telemetry telemetry, String action, String urlProperty) {
        this(new EventRecorder(journal, telemetry, System::nanoTime), telemetry, action, urlProperty);
    }

    /** Records events by this recorder. */
    WebhookDiagnostics(EventRecorder recorder, Telemetry telemetry, String action, String urlProperty) {
        this.recorder = recorder;
        this.searches = new AtMostEvery(SEARCH_INTERVAL, System::nanoTime);
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

    /**
     * Rejects a request that is not signed for its address. Logs for which address at hand it is signed; the response does not say.
     *
     * @param isSigned whether the request is signed for another address
     */
    WebhookResponse wrongSignature(List<SignedAddress> addresses, WebhookRequest request, Predicate<String> isSigned) {
        telemetry.signatureRejected();
        if (searches.isDue()) {
            Optional<String> right =
                    AddressesAtHand.of(addresses, request).filter(isSigned).findFirst();
            right.ifPresentOrElse(url -> warnOfAddress(addresses, url), () -> warnOfToken(addresses));
        }
        return Responses.WRONG_SIGNATURE;
    }

    private void warnOfAddress(List<SignedAddress> addresses, String right) {
        warnOnce(
                "{} a request: X-Twilio-Signature does not match {}, but {}; {} {}, or correct the address at Twilio",
                action,
                shown(addresses),
                SignedAddress.shown(right) + queryNote(addresses, right),
                addresses.get(0).isGiven() ? "correct" : "set",
                urlProperty);
    }

    private void warnOfToken(List<SignedAddress> addresses) {
        warnOnce(
                "{} a request: X-Twilio-Signature does not match {}, nor another address at hand; {} hangupby.auth-token, and see "
                        + "that no proxy or filter changes the body",
                action,
                shown(addresses),
                addresses.get(0).isGiven()
                        ? "check " + urlProperty + " and"
                        : "set " + urlProperty + " to the address that Twilio was given, check");
    }

    private static String shown(List<SignedAddress> addresses) {
        return addresses.stream().map(SignedAddress::shown).collect(Collectors.joining(" or "));
    }

    /** Says so where only the query differs, which the log does not show. */
    private static String queryNote(List<SignedAddress> expected, String right) {
        boolean sameButForQuery = expected.stream()
                .anyMatch(address -> SignedAddress.shown(address.url()).equals(SignedAddress.shown(right)));
        return sameButForQuery ? " without the query that a proxy or a filter has added" : "";
    }

    /** Rejects a batch whose URL has a valid signature, and another body's hash. */
    WebhookResponse wrongBody(SignedAddress address) {
        telemetry.signatureRejected();
        warnOnce(
                "{} a batch of Event Streams: X-Twilio-Signature matches {}, and Twilio sent another body; see that no "
                        + "proxy or filter changes it",
                action,
                address.shown());
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

    /** Logs a batch that Event Streams sends again, with the reason of its rejection. A wrong signature has a line of its own. */
    void repeated(WebhookResponse rejection) {
        if (!rejection.equals(Responses.WRONG_SIGNATURE) && !rejection.equals(Responses.OTHER_ACCOUNT)) {
            warnOnce(
                    "{} a batch of Event Streams with 503 in place of " + rejection.status() + ": " + rejection.body()
                            + "; Event Streams sends it again for four hours, so correct the cause until then",
                    action);
        }
    }

    private void warnOnce(String warning, Object... values) {
        if (warnings.add(warning)) {
            log.warn(warning + ". Logged once.", values);
        }
    }
}
