package io.hangupby.webhook;

import io.hangupby.call.WorkspaceSid;
import io.hangupby.event.ConferenceEventReader;
import io.hangupby.event.EventReader;
import io.hangupby.event.EventReading;
import io.hangupby.journal.CallJournal;
import io.hangupby.journal.JournalException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers Twilio: verifies a request, reads its event, and has it journalled before it says so. It never waits for anything
 * but the journal. Nothing that a request says is believed, or shown in an answer or a log, before its signature is
 * verified. Thread-safe.
 */
public final class WebhookHandler {
    private static final Logger log = LoggerFactory.getLogger(WebhookHandler.class);

    private static final String TASKROUTER = "/taskrouter";
    private static final String CONFERENCE = "/conference";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final int MAX_BODY_BYTES = 256 * 1024;

    private final WebhookSettings settings;
    private final SignatureVerifier signatures;
    private final EventReader events;
    private final ConferenceEventReader conferenceEvents;
    private final CallJournal journal;
    private final AtomicBoolean warnedOfSignature = new AtomicBoolean();

    /**
     * @param settings whose requests are taken
     * @param signatures tells Twilio's requests from others
     * @param events makes events of requests
     * @param journal keeps events
     */
    public WebhookHandler(
            WebhookSettings settings, SignatureVerifier signatures, EventReader events, CallJournal journal) {
        this.settings = settings;
        this.signatures = signatures;
        this.events = events;
        this.conferenceEvents = new ConferenceEventReader(settings.workspace());
        this.journal = journal;
    }

    /**
     * Answers one request.
     *
     * @throws IOException if the body could not be received, so that there is nobody to answer
     */
    public WebhookResponse handle(WebhookRequest request) throws IOException {
        if (!request.endpoint().equals(TASKROUTER) && !request.endpoint().equals(CONFERENCE)) {
            return WebhookResponse.refused(
                    404,
                    "no such endpoint; TaskRouter's event callbacks go to /taskrouter, conference status callbacks to"
                            + " /conference");
        }
        if (!request.method().equals("POST")) {
            return WebhookResponse.refused(405, "only POST is answered here");
        }
        if (!isForm(request)) {
            return WebhookResponse.refused(415, "the content type must be " + FORM);
        }
        Optional<byte[]> body = body(request);
        if (body.isEmpty()) {
            return WebhookResponse.refused(413, "the body is larger than " + MAX_BODY_BYTES / 1024 + " KiB");
        }
        return verified(request, body.get());
    }

    private WebhookResponse verified(WebhookRequest request, byte[] body) {
        Optional<String> signature = request.header("X-Twilio-Signature");
        if (signature.isEmpty()) {
            return WebhookResponse.refused(403, "the X-Twilio-Signature header is missing");
        }
        FormBody form;
        try {
            form = FormBody.decode(body, body.length);
        } catch (UndecodableBodyException undecodable) {
            return WebhookResponse.refused(400, undecodable.reason());
        }
        if (!signatures.acceptsForm(signedUrl(request), form, signature.get())) {
            warnOfSignature();
            return WebhookResponse.refused(403, "the signature is not that of this URL, body and auth token");
        }
        return accepted(request.endpoint(), form);
    }

    private WebhookResponse accepted(String endpoint, FormBody form) {
        if (!form.is("AccountSid", settings.account().value())) {
            return WebhookResponse.refused(403, "the event is of another account");
        }
        boolean conference = endpoint.equals(CONFERENCE);
        if (settings.workspace()
                .filter(workspace -> isOfAnother(workspace, form, conference))
                .isPresent()) {
            return WebhookResponse.refused(403, "the event is of another workspace");
        }
        FormEventFields fields = new FormEventFields(form);
        EventReading reading = conference ? conferenceEvents.read(fields) : events.read(fields);
        if (reading instanceof EventReading.Malformed malformed) {
            return WebhookResponse.refused(400, malformed.reason());
        }
        return reading instanceof EventReading.Relevant relevant ? journalled(relevant) : WebhookResponse.ACCEPTED;
    }

    /** A conference's status callback need not say of which workspace it is. */
    private static boolean isOfAnother(WorkspaceSid workspace, FormBody form, boolean canLackIt) {
        return !form.is("WorkspaceSid", workspace.value())
                && !(canLackIt && form.value("WorkspaceSid").isEmpty());
    }

    private WebhookResponse journalled(EventReading.Relevant relevant) {
        try {
            journal.append(relevant.event());
            return WebhookResponse.ACCEPTED;
        } catch (JournalException full) {
            log.warn("task {}: its event is not kept: {}", relevant.event().task(), full.getMessage());
            return WebhookResponse.refused(503, "the event cannot be kept now; send it again");
        }
    }

    private String signedUrl(WebhookRequest request) {
        String address =
                settings.publicUrl().map(url -> url + request.endpoint()).orElseGet(request::url);
        return request.query().map(query -> address + "?" + query).orElse(address);
    }

    /** Said once: whoever sets hangupby up needs to hear it, whoever attacks it must not fill the log. */
    private void warnOfSignature() {
        if (warnedOfSignature.compareAndSet(false, true)) {
            log.warn("a request with a wrong signature was refused; if it was Twilio's, hangupby.public-url is not the "
                    + "address that Twilio was given, or hangupby.auth-token is not this account's. Not said again");
        }
    }

    private static boolean isForm(WebhookRequest request) {
        return request.header("Content-Type")
                .filter(type -> type.equals(FORM)
                        || type.split(";", 2)[0]
                                .strip()
                                .toLowerCase(Locale.ROOT)
                                .equals(FORM))
                .isPresent();
    }

    /** Returns the whole body, or nothing if it is too large, of which no more is read than it takes to know. */
    private static Optional<byte[]> body(WebhookRequest request) throws IOException {
        long announced = request.announcedLength();
        if (announced > MAX_BODY_BYTES) {
            return Optional.empty();
        }
        try (InputStream in = request.body()) {
            byte[] body = read(in, (int) Math.max(announced, 0));
            return body.length > MAX_BODY_BYTES ? Optional.empty() : Optional.of(body);
        }
    }

    /** Reads as much as is expected into an array of just that size, and goes on only if there is more, against all reason. */
    private static byte[] read(InputStream in, int expected) throws IOException {
        byte[] body = in.readNBytes(expected);
        int next = in.read();
        if (next < 0) {
            return body;
        }
        byte[] rest = in.readNBytes(MAX_BODY_BYTES - body.length);
        return ByteBuffer.allocate(body.length + 1 + rest.length)
                .put(body)
                .put((byte) next)
                .put(rest)
                .array();
    }
}
