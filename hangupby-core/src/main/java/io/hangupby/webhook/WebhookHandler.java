package io.hangupby.webhook;

import io.hangupby.call.WorkspaceSid;
import io.hangupby.internal.event.EventReader;
import io.hangupby.internal.event.EventReading;
import io.hangupby.internal.journal.TaskJournal;
import io.hangupby.telemetry.Telemetry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles Twilio's requests: verifies the signature, reads the events, and records them in the journal before it responds. Waits
 * only for the journal. Until the signature is verified, the handler trusts nothing in a request, and quotes nothing of it in a
 * response or a log. Thread-safe.
 */
public final class WebhookHandler {
    /** The largest body that any endpoint accepts, in bytes. */
    public static final int MAX_BODY_BYTES =
            Arrays.stream(Endpoint.values()).mapToInt(Endpoint::maxBytes).max().orElse(0);

    private static final Logger log = LoggerFactory.getLogger(WebhookHandler.class);
    private static final String SIGNATURE = "X-Twilio-Signature";
    private static final WebhookResponse INTERNAL_ERROR =
            WebhookResponse.rejected(500, "internal error; send it again");
    private static final WebhookResponse UNSIGNED =
            WebhookResponse.rejected(403, "the X-Twilio-Signature header is missing");

    private final WebhookSettings settings;
    private final Map<String, WebhookAccount> accounts;
    private final EventReader events;
    private final TimeLimitedJournal timeLimited;
    private final WebhookDiagnostics handled;
    private final WebhookDiagnostics observed;

    /**
     * @param settings the accounts whose requests are accepted
     * @param events reads the events of requests
     * @param journal keeps events
     */
    public WebhookHandler(WebhookSettings settings, EventReader events, TaskJournal journal) {
        this(settings, events, journal, Telemetry.NOOP);
    }

    /**
     * @param settings the accounts whose requests are accepted
     * @param events reads the events of requests
     * @param journal keeps events
     * @param telemetry counts the events
     */
    public WebhookHandler(WebhookSettings settings, EventReader events, TaskJournal journal, Telemetry telemetry) {
        this.settings = settings;
        this.accounts = settings.accounts().stream()
                .collect(Collectors.toUnmodifiableMap(
                        account -> account.account().value(), account -> account));
        this.events = events;
        this.handled = new WebhookDiagnostics(journal::append, telemetry, "Rejected", "hangupby.public-url");
        this.timeLimited = new TimeLimitedJournal(journal);
        this.observed =
                new WebhookDiagnostics(timeLimited::append, telemetry, "Did not observe", "hangupby.filter.public-url");
    }

    /**
     * Returns whether a setting gives the address that the signatures of requests to {@link #handle} must match. Otherwise the
     * request's own address is used, and a request that Twilio signed for another server with the same path is accepted too.
     */
    public boolean hasPublicUrl() {
        return settings.publicUrl().isPresent();
    }

    /** Returns how many events were rejected with 503 since the start, because they could not be recorded. */
    public long rejectedEvents() {
        return handled.recorder().unrecorded();
    }

    /** Returns how many callbacks to {@link #observe} were not recorded since the start. */
    public long missedEvents() {
        return observed.recorder().unrecorded();
    }

    /**
     * Handles one request and returns the response. Reads the body only if the request line and the headers are valid.
     *
     * @throws IOException if the body could not be received, so that no response can be sent
     */
    public WebhookResponse handle(WebhookRequest request) throws IOException {
        return forSender(request, process(request, this::signedUrl, handled));
    }

    /**
     * Returns a rejection as the sender of the request needs it. Event Streams discards a batch after most responses, and sends it again
     * after 503. A person then has four hours to correct a setting or a proxy. Logs each reason once.
     *
     * @param rejection the response, for example {@link WebhookResponse#TOO_SLOW}
     */
    public WebhookResponse forSender(WebhookRequest request, WebhookResponse rejection) {
        if (!EventStreamResponses.canBeMended(request, rejection)) {
            return rejection;
        }
        if (request.header(SIGNATURE).isPresent() || EventStreamResponses.hasBodyHash(request)) {
            handled.repeated(rejection);
        }
        return rejection.sentAgain();
    }

    /**
     * Records the event of a callback to which the application responds. Waits at most 250 ms for the journal. An event that takes
     * longer is counted, logged and left to recovery, unless the journal records it late.
     *
     * @param publicUrl the whole address that Twilio was given; the request's query is added if the address has none. If empty,
     *     the request's own address is used
     * @return the response that {@link #handle} would have returned: 204 if the event is recorded or useless, 503 if the event
     *     could not be recorded
     * @throws IOException if the body could not be received
     */
    public WebhookResponse observe(WebhookRequest callback, Optional<String> publicUrl) throws IOException {
        WebhookResponse response = process(callback, request -> observedUrl(request, publicUrl), observed);
        if (response.equals(INTERNAL_ERROR)) {
            missed("internal error");
        }
        return response;
    }

    /** Returns whether a request can be a callback to {@link #observe}, judged without its body. */
    public boolean canObserve(WebhookRequest request) {
        Optional<WebhookResponse> rejection = rejectionByHead(request);
        rejection.filter(UNSIGNED::equals).ifPresent(unsigned -> observed.unsigned());
        return rejection.isEmpty();
    }

    /**
     * Counts and logs a callback that could not be observed.
     *
     * @param reason the reason for the log, which must quote nothing of the request
     */
    public void missed(String reason) {
        observed.recorder().reportUnrecorded("Did not observe a callback to the application's own handler", reason);
    }

    /** Stops the threads of {@link #observe}, which fails at once from now on. */
    public void stopObserving() {
        timeLimited.stop();
    }

    private WebhookResponse process(
            WebhookRequest request,
            Function<WebhookRequest, Optional<SignedAddress>> address,
            WebhookDiagnostics diagnostics)
            throws IOException {
        try {
            Optional<WebhookResponse> rejection = rejectionByHead(request);
            if (rejection.isPresent()) {
                return withPathHint(rejection.get(), request, diagnostics);
            }
            Optional<SignedAddress> signed = address.apply(request);
            return signed.isPresent() ? receive(request, signed.get(), diagnostics) : diagnostics.malformedAddress();
        } catch (RuntimeException unexpected) {
            return unexpected(unexpected);
        }
    }

    private static WebhookResponse unexpected(RuntimeException unexpected) {
        // Its message may quote the request.
        log.error(
                "Could not process a request: {} in {}; report this error of hangupby",
                unexpected.getClass(),
                unexpected.getStackTrace());
        return INTERNAL_ERROR;
    }

    private static WebhookResponse withPathHint(
            WebhookResponse rejection, WebhookRequest request, WebhookDiagnostics diagnostics) {
        if (rejection.equals(WebhookResponse.NO_SUCH_ENDPOINT)
                && request.header(SIGNATURE).isPresent()) {
            diagnostics.wrongPath();
        }
        return rejection;
    }

    /**
     * Returns the response to a request that is rejected whatever its body says, and counts the request as {@link #handle} does.
     * The caller can send this response without receiving the body. Empty if {@link #handle} needs the body.
     */
    public Optional<WebhookResponse> rejection(WebhookRequest request) {
        try {
            Optional<WebhookResponse> rejection = rejectionByHead(request);
            return (rejection.isPresent()
                            ? rejection.map(response -> withPathHint(response, request, handled))
                            : rejectionBySignature(request))
                    .map(response -> forSender(request, response));
        } catch (RuntimeException unexpected) {
            return Optional.of(unexpected(unexpected));
        }
    }

    /** Checks the signature of a batch before its body is received, because Twilio signs only the URL with the body's hash. */
    private Optional<WebhookResponse> rejectionBySignature(WebhookRequest request) {
        if (Endpoint.at(request.endpoint()).orElseThrow() != Endpoint.EVENTS) {
            return Optional.empty();
        }
        Optional<SignedAddress> address = signedUrl(request);
        if (address.isEmpty()) {
            return Optional.of(handled.malformedAddress());
        }
        return signersOf(address.get().url(), request).isEmpty()
                ? Optional.of(wrongBatchSignature(address.get(), request))
                : Optional.empty();
    }

    /** Returns the maximum size of a request's body in bytes. */
    public static int maxBodyBytes(WebhookRequest request) {
        return Endpoint.at(request.endpoint()).map(Endpoint::maxBytes).orElse(MAX_BODY_BYTES);
    }

    private static Optional<WebhookResponse> rejectionByHead(WebhookRequest request) {
        Optional<Endpoint> known = Endpoint.at(request.endpoint());
        if (known.isEmpty()) {
            return Optional.of(WebhookResponse.NO_SUCH_ENDPOINT);
        }
        Endpoint endpoint = known.get();
        if (!request.method().equals("POST")) {
            return Optional.of(WebhookResponse.rejected(405, "the method must be POST"));
        }
        if (request.header("Content-Type").filter(endpoint::accepts).isEmpty()) {
            return Optional.of(WebhookResponse.rejected(415, "the content type must be " + endpoint.mediaTypes()));
        }
        if (request.announcedLength() > endpoint.maxBytes()) {
            return Optional.of(tooLarge(endpoint));
        }
        return request.header(SIGNATURE).isPresent() ? Optional.empty() : Optional.of(UNSIGNED);
    }

    private WebhookResponse receive(WebhookRequest request, SignedAddress address, WebhookDiagnostics diagnostics)
            throws IOException {
        Endpoint endpoint = Endpoint.at(request.endpoint()).orElseThrow();
        try {
            return endpoint == Endpoint.EVENTS
                    ? batch(address, request)
                    : form(endpoint, address, request, diagnostics);
        } catch (UndecodableBodyException undecodable) {
            return WebhookResponse.rejected(400, undecodable.reason());
        } catch (BeyondLimitsException exceeded) {
            return WebhookResponse.rejected(400, exceeded.reason());
        }
    }

    private static WebhookResponse tooLarge(Endpoint endpoint) {
        return WebhookResponse.rejected(413, "the body is larger than " + endpoint.maxKib() + " KiB");
    }

    private WebhookResponse batch(SignedAddress address, WebhookRequest request)
            throws IOException, UndecodableBodyException {
        List<WebhookAccount> senders = signersOf(address.url(), request);
        if (senders.isEmpty()) {
            return wrongBatchSignature(address, request);
        }
        Optional<byte[]> received = BodyBytes.read(request, Endpoint.EVENTS.maxBytes());
        if (received.isEmpty()) {
            return tooLarge(Endpoint.EVENTS);
        }
        byte[] body = received.get();
        if (!SignatureVerifier.hasHashOf(address.url(), body, body.length)) {
            return handled.wrongBody(address);
        }
        WebhookResponse response = new EventStreamBatch(senders, events, handled).record(EventBatch.read(body));
        handled.reached();
        return response;
    }

    private WebhookResponse wrongBatchSignature(SignedAddress address, WebhookRequest request) {
        return handled.wrongSignature(
                address, request, url -> !signersOf(url, request).isEmpty());
    }

    /** Returns the accounts whose token signed the URL of a batch. */
    private List<WebhookAccount> signersOf(String url, WebhookRequest request) {
        String signature = request.header(SIGNATURE).orElseThrow();
        List<byte[]> urls = SignedUrl.signedTexts(url);
        return settings.accounts().stream()
                .filter(account -> account.signatures().acceptsUrl(urls, signature))
                .toList();
    }

    private WebhookResponse form(
            Endpoint endpoint, SignedAddress address, WebhookRequest request, WebhookDiagnostics diagnostics)
            throws IOException, UndecodableBodyException {
        Optional<byte[]> body = BodyBytes.read(request, endpoint.maxBytes());
        if (body.isEmpty()) {
            return tooLarge(endpoint);
        }
        List<FormBody> readings = new ArrayList<>();
        readings.add(FormBody.decode(body.get(), body.get().length));
        Optional<byte[]> other = request.otherReading();
        if (other.isPresent()) {
            readings.add(FormBody.decode(other.get(), other.get().length));
        }
        return form(endpoint, address, readings, request, diagnostics);
    }

    /**
     * Verifies a form with the tokens of the account that it names, so that another account's token cannot sign for that account. A
     * form of an unknown account costs no signature check, because anybody can send such forms.
     *
     * @param readings the same form in each charset in which it may have been sent
     */
    private WebhookResponse form(
            Endpoint endpoint,
            SignedAddress address,
            List<FormBody> readings,
            WebhookRequest request,
            WebhookDiagnostics diagnostics) {
        Optional<WebhookAccount> named =
                readings.get(0).value("AccountSid").flatMap(sid -> Optional.ofNullable(accounts.get(sid)));
        if (named.isEmpty()) {
            return diagnostics.unknownAccount(settings.accounts());
        }
        WebhookAccount account = named.get();
        String signature = request.header(SIGNATURE).orElseThrow();
        for (FormBody form : readings) {
            if (account.signatures().acceptsForm(address.url(), form, signature)) {
                return accepted(account, endpoint, form, diagnostics);
            }
        }
        return diagnostics.wrongSignature(
                address,
                request,
                url -> readings.stream().anyMatch(form -> account.signatures().acceptsForm(url, form, signature)));
    }

    private WebhookResponse accepted(
            WebhookAccount account, Endpoint endpoint, FormBody form, WebhookDiagnostics diagnostics) {
        boolean conference = endpoint == Endpoint.CONFERENCE;
        if (account.workspace()
                .filter(workspace -> isOfAnother(workspace, form, conference))
                .isPresent()) {
            return diagnostics.otherWorkspace(List.of(account));
        }
        FormEventFields fields = new FormEventFields(form);
        EventReading reading = conference ? account.readOfConference(fields) : events.read(fields);
        boolean recorded = diagnostics.recorder().record(reading);
        diagnostics.reached();
        if (reading instanceof EventReading.Malformed malformed) {
            return WebhookResponse.rejected(400, malformed.reason());
        }
        return recorded ? WebhookResponse.ACCEPTED : WebhookResponse.NOT_KEPT;
    }

    /** Returns whether a form belongs to another workspace. A conference status callback need not name its workspace. */
    private static boolean isOfAnother(WorkspaceSid workspace, FormBody form, boolean canLackIt) {
        return !form.is("WorkspaceSid", workspace.value())
                && !(canLackIt && form.value("WorkspaceSid").isEmpty());
    }

    private Optional<SignedAddress> signedUrl(WebhookRequest request) {
        return settings.publicUrl()
                .map(url -> givenAddress(url + request.endpoint(), request))
                .orElseGet(() -> ownAddress(request));
    }

    private Optional<SignedAddress> observedUrl(WebhookRequest request, Optional<String> publicUrl) {
        return publicUrl
                .map(SignedUrl::withoutFragment)
                .map(url -> url.contains("?") ? Optional.of(new SignedAddress(url, true)) : givenAddress(url, request))
                .orElseGet(() -> ownAddress(request));
    }

    private static Optional<SignedAddress> givenAddress(String url, WebhookRequest request) {
        return RequestUrl.withQuery(url, request).map(address -> new SignedAddress(address, true));
    }

    private Optional<SignedAddress> ownAddress(WebhookRequest request) {
        Optional<String> url =
                settings.trustForwardedHeaders() ? RequestUrl.forwarded(request) : RequestUrl.own(request);
        return url.flatMap(own -> RequestUrl.withQuery(own, request)).map(address -> new SignedAddress(address, false));
    }
}
