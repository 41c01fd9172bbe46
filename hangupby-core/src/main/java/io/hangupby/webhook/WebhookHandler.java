package io.hangupby.webhook;

import io.hangupby.call.WorkspaceSid;
import io.hangupby.event.ConferenceEventReader;
import io.hangupby.event.EventReader;
import io.hangupby.event.EventReading;
import io.hangupby.journal.CallJournal;
import io.hangupby.telemetry.Telemetry;
import java.io.IOException;
import java.util.Arrays;
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
    private final SignatureVerifier signatures;
    private final EventReader events;
    private final ConferenceEventReader conferenceEvents;
    private final EventKeeper keeper;
    private final StreamIntake stream;
    private final Telemetry telemetry;
    private final AtomicBoolean warnedOfSignature = new AtomicBoolean();

    /**
     * @param settings whose requests are taken
     * @param signatures tells Twilio's requests from others
     * @param events makes events of requests
     * @param journal keeps events
     */
    public WebhookHandler(
            WebhookSettings settings, SignatureVerifier signatures, EventReader events, CallJournal journal) {
        this(settings, signatures, events, journal, Telemetry.NOOP);
    }

    /**
     * @param settings whose requests are taken
     * @param signatures tells Twilio's requests from others
     * @param events makes events of requests
     * @param journal keeps events
     * @param telemetry counts them
     */
    public WebhookHandler(
            WebhookSettings settings,
            SignatureVerifier signatures,
            EventReader events,
            CallJournal journal,
            Telemetry telemetry) {
        this.settings = settings;
        this.signatures = signatures;
        this.events = events;
        this.conferenceEvents = new ConferenceEventReader(settings.workspace());
        this.keeper = new EventKeeper(journal, telemetry, System::nanoTime);
        this.stream = new StreamIntake(settings, events, keeper);
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
        if (!signatures.acceptsJson(signedUrl(request), body, body.length, signature)) {
            EventBatch.check(body);
            return wrongSignature();
        }
        return stream.take(EventBatch.read(body));
    }

    private WebhookResponse form(Endpoint endpoint, WebhookRequest request, byte[] body, String signature)
            throws UndecodableBodyException {
        FormBody form = FormBody.decode(body, body.length);
        if (!signatures.acceptsForm(signedUrl(request), form, signature)) {
            return wrongSignature();
        }
        return accepted(endpoint, form);
    }

    private WebhookResponse accepted(Endpoint endpoint, FormBody form) {
        if (!form.is("AccountSid", settings.account().value())) {
            return WebhookResponse.OTHER_ACCOUNT;
        }
        boolean conference = endpoint == Endpoint.CONFERENCE;
        if (settings.workspace()
                .filter(workspace -> isOfAnother(workspace, form, conference))
                .isPresent()) {
            return WebhookResponse.OTHER_WORKSPACE;
        }
        FormEventFields fields = new FormEventFields(form);
        EventReading reading = conference ? conferenceEvents.read(fields) : events.read(fields);
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
