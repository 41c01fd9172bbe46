package io.hangupby.webhook;

import io.hangupby.call.WorkspaceSid;
import io.hangupby.event.EventReader;
import io.hangupby.event.EventReading;
import io.hangupby.journal.CallJournal;
import io.hangupby.telemetry.Telemetry;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers Twilio: verifies a request, reads its events, and has them journalled before it says so. It never waits for
 * anything but the journal. Nothing that a request says is believed, or shown in an answer or a log, before its signature
 * is verified. Thread-safe.
 */
public final class WebhookHandler {
    /** The most bytes that a body can have without being refused for its size, wherever it is sent to. */
    public static final int MAX_BODY_BYTES =
            Arrays.stream(Endpoint.values()).mapToInt(Endpoint::maxBytes).max().orElse(0);

    private static final Logger log = LoggerFactory.getLogger(WebhookHandler.class);
    private static final String SIGNATURE = "X-Twilio-Signature";

    private final WebhookSettings settings;
    private final EventReader events;
    private final EventKeeper keeper;
    private final Telemetry telemetry;
    private final AtomicBoolean warnedOfSignature = new AtomicBoolean();

    /**
     * @param settings whose requests are taken
     * @param events makes events of requests
     * @param journal keeps events
     */
    public WebhookHandler(WebhookSettings settings, EventReader events, CallJournal journal) {
        this(settings, events, journal, Telemetry.NOOP);
    }

    /**
     * @param settings whose requests are taken
     * @param events makes events of requests
     * @param journal keeps events
     * @param telemetry counts them
     */
    public WebhookHandler(WebhookSettings settings, EventReader events, CallJournal journal, Telemetry telemetry) {
        this.settings = settings;
        this.events = events;
        this.keeper = new EventKeeper(journal, telemetry, System::nanoTime);
        this.telemetry = telemetry;
    }

    /** Returns how many events could not be kept since the start, and were answered 503. */
    public long refusedEvents() {
        return keeper.refused();
    }

    /**
     * Answers one request. Its body is read only if what comes before it is in order.
     *
     * @throws IOException if the body could not be received, so that there is nobody to answer
     */
    public WebhookResponse handle(WebhookRequest request) throws IOException {
        try {
            Optional<WebhookResponse> refusal = refusal(request);
            return refusal.isPresent() ? refusal.get() : received(request);
        } catch (RuntimeException unforeseen) {
            // Its message may quote the request.
            log.error("a request could not be answered: {} in {}", unforeseen.getClass(), unforeseen.getStackTrace());
            return WebhookResponse.refused(500, "an error of our own; send it again");
        }
    }

    /**
     * Returns the answer to a request that is refused whatever its body says: nobody need wait for that. Empty for one that
     * {@link #handle} has to see.
     */
    public Optional<WebhookResponse> refusal(WebhookRequest request) {
        Optional<Endpoint> known = Endpoint.at(request.endpoint());
        if (known.isEmpty()) {
            return Optional.of(WebhookResponse.NO_SUCH_ENDPOINT);
        }
        Endpoint endpoint = known.get();
        if (!request.method().equals("POST")) {
            return Optional.of(WebhookResponse.refused(405, "only POST is answered here"));
        }
        if (request.header("Content-Type").filter(endpoint::takes).isEmpty()) {
            return Optional.of(WebhookResponse.refused(415, "the content type must be " + endpoint.mediaType()));
        }
        if (request.announcedLength() > endpoint.maxBytes()) {
            return Optional.of(tooLarge(endpoint));
        }
        return request.header(SIGNATURE).isPresent()
                ? Optional.empty()
                : Optional.of(WebhookResponse.refused(403, "the X-Twilio-Signature header is missing"));
    }

    private WebhookResponse received(WebhookRequest request) throws IOException {
        Endpoint endpoint = Endpoint.at(request.endpoint()).orElseThrow();
        Optional<byte[]> body = BodyBytes.read(request, endpoint.maxBytes());
        return body.isEmpty()
                ? tooLarge(endpoint)
                : received(
                        endpoint, request, body.get(), request.header(SIGNATURE).orElseThrow());
    }

    private static WebhookResponse tooLarge(Endpoint endpoint) {
        return WebhookResponse.refused(413, "the body is larger than " + endpoint.maxKib() + " KiB");
    }

    private WebhookResponse received(Endpoint endpoint, WebhookRequest request, byte[] body, String signature) {
        try {
            return endpoint == Endpoint.EVENTS
                    ? batch(request, body, signature)
                    : form(endpoint, request, body, signature);
        } catch (UndecodableBodyException undecodable) {
            return WebhookResponse.refused(400, undecodable.reason());
        } catch (BeyondLimitsException beyond) {
            return WebhookResponse.refused(400, beyond.reason());
        }
    }

    private WebhookResponse batch(WebhookRequest request, byte[] body, String signature)
            throws UndecodableBodyException {
        String url = signedUrl(request);
        List<WebhookAccount> senders = settings.accounts().stream()
                .filter(account -> account.signatures().acceptsJson(url, body, body.length, signature))
                .toList();
        if (senders.isEmpty()) {
            EventBatch.check(body);
            return wrongSignature();
        }
        return new StreamIntake(senders, events, keeper).take(EventBatch.read(body));
    }

    /** A form is verified by the account that it names: whoever has another one's token can say nothing for this one. */
    private WebhookResponse form(Endpoint endpoint, WebhookRequest request, byte[] body, String signature)
            throws UndecodableBodyException {
        FormBody form = FormBody.decode(body, body.length);
        String url = signedUrl(request);
        for (WebhookAccount account : settings.accounts()) {
            if (form.is("AccountSid", account.account().value())) {
                return account.signatures().acceptsForm(url, form, signature)
                        ? accepted(account, endpoint, form)
                        : wrongSignature();
            }
        }
        boolean isOfAnother = settings.accounts().stream()
                .anyMatch(account -> account.signatures().acceptsForm(url, form, signature));
        return isOfAnother ? WebhookResponse.OTHER_ACCOUNT : wrongSignature();
    }

    private WebhookResponse accepted(WebhookAccount account, Endpoint endpoint, FormBody form) {
        boolean conference = endpoint == Endpoint.CONFERENCE;
        if (account.workspace()
                .filter(workspace -> isOfAnother(workspace, form, conference))
                .isPresent()) {
            return WebhookResponse.OTHER_WORKSPACE;
        }
        FormEventFields fields = new FormEventFields(form);
        EventReading reading = conference ? account.readOfConference(fields) : events.read(fields);
        boolean done = keeper.take(reading);
        if (reading instanceof EventReading.Malformed malformed) {
            return WebhookResponse.refused(400, malformed.reason());
        }
        return done ? WebhookResponse.ACCEPTED : WebhookResponse.NOT_KEPT;
    }

    /** A conference's status callback need not say of which workspace it is. */
    private static boolean isOfAnother(WorkspaceSid workspace, FormBody form, boolean canLackIt) {
        return !form.is("WorkspaceSid", workspace.value())
                && !(canLackIt && form.value("WorkspaceSid").isEmpty());
    }

    private String signedUrl(WebhookRequest request) {
        String address = settings.publicUrl()
                .map(url -> url + request.endpoint())
                .orElseGet(() -> settings.trustForwardedHeaders() ? ForwardedUrl.of(request) : request.url());
        return request.query().map(query -> address + "?" + query).orElse(address);
    }

    /** Logged once: whoever sets hangupby up needs to hear it, whoever attacks it must not fill the log. */
    private WebhookResponse wrongSignature() {
        telemetry.signatureRefused();
        if (warnedOfSignature.compareAndSet(false, true)) {
            log.warn("a request with a wrong signature was refused; if it was Twilio's, hangupby.public-url is not the "
                    + "address that Twilio was given, or hangupby.auth-token is not this account's. Not said again");
        }
        return WebhookResponse.refused(403, "the signature is not that of this URL, body and auth token");
    }
}
