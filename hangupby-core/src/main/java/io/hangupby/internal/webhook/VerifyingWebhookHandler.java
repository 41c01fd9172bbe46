package io.hangupby.internal.webhook;

import io.hangupby.call.WorkspaceSid;
import io.hangupby.internal.event.EventFields;
import io.hangupby.internal.event.EventReader;
import io.hangupby.internal.event.EventReading;
import io.hangupby.internal.facts.LiveFacts;
import io.hangupby.internal.journal.TaskJournal;
import io.hangupby.telemetry.Telemetry;
import io.hangupby.webhook.WebhookHandler;
import io.hangupby.webhook.WebhookRequest;
import io.hangupby.webhook.WebhookResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Verifies each request's signature, and records its events before it responds. Thread-safe. */
public final class VerifyingWebhookHandler implements WebhookHandler {
    private static final int MAX_BODY_BYTES =
            Arrays.stream(Endpoint.values()).mapToInt(Endpoint::maxBytes).max().orElse(0);

    private static final Logger log = LoggerFactory.getLogger(VerifyingWebhookHandler.class);
    private static final String SIGNATURE = RequestHead.SIGNATURE;
    private static final String TOKEN = "I-Twilio-Idempotency-Token";

    private final WebhookSettings settings;
    private final Map<String, WebhookAccount> accounts;
    private final ExpectedAddresses expected;
    private final EventReader events;
    private final LiveFacts facts;
    private final TimeLimitedJournal timeLimited;
    private final WebhookDiagnostics handled;
    private final WebhookDiagnostics observed;
    private final CheckRequests checks = new CheckRequests();

    /**
     * @param settings the accounts whose requests are accepted
     * @param events reads the events of requests
     * @param journal keeps events
     */
    public VerifyingWebhookHandler(WebhookSettings settings, EventReader events, TaskJournal journal) {
        this(settings, events, journal, Telemetry.NOOP, new LiveFacts(Clock.systemUTC()));
    }

    /**
     * @param settings the accounts whose requests are accepted
     * @param events reads the events of requests
     * @param journal keeps events
     * @param telemetry counts the events
     * @param facts notes what the events are like
     */
    public VerifyingWebhookHandler(
            WebhookSettings settings, EventReader events, TaskJournal journal, Telemetry telemetry, LiveFacts facts) {
        this.settings = settings;
        this.facts = facts;
        this.expected = new ExpectedAddresses(settings);
        this.accounts = settings.accounts().stream()
                .collect(Collectors.toUnmodifiableMap(
                        account -> account.account().value(), account -> account));
        this.events = events;
        this.handled = new WebhookDiagnostics(
                new EventRecorder(journal::append, journal::tasksOf, telemetry, System::nanoTime),
                telemetry,
                "Rejected",
                "hangupby.public-url");
        this.timeLimited = new TimeLimitedJournal(journal);
        this.observed =
                new WebhookDiagnostics(timeLimited::append, telemetry, "Did not observe", "hangupby.filter.public-url");
    }

    @Override
    public boolean hasPublicUrl() {
        return !settings.publicUrls().isEmpty();
    }

    /** Returns how many events were rejected with 503 since the start, because they could not be recorded. */
    public long rejectedEvents() {
        return handled.recorder().unrecorded();
    }

    /** Returns how many callbacks to {@link #observe} were not recorded since the start. */
    public long missedEvents() {
        return observed.recorder().unrecorded();
    }

    @Override
    public WebhookResponse handle(WebhookRequest request) throws IOException {
        return forSender(request, process(request, expected::of, handled));
    }

    @Override
    public WebhookResponse forSender(WebhookRequest request, WebhookResponse rejection) {
        if (!EventStreamResponses.canBeMended(request, rejection)) {
            return rejection;
        }
        if (request.header(SIGNATURE).isPresent() || EventStreamResponses.hasBodyHash(request)) {
            handled.repeated(rejection);
        }
        return EventStreamResponses.sentAgain(rejection);
    }

    @Override
    public WebhookResponse observe(WebhookRequest callback, Optional<String> publicUrl) throws IOException {
        WebhookResponse response = process(callback, request -> expected.ofObserved(request, publicUrl), observed);
        if (response.equals(Responses.INTERNAL_ERROR)) {
            missed("internal error");
        }
        return response;
    }

    @Override
    public boolean canObserve(WebhookRequest request) {
        Optional<WebhookResponse> rejection = RequestHead.rejection(request);
        rejection.filter(Responses.UNSIGNED::equals).ifPresent(unsigned -> observed.unsigned());
        return rejection.isEmpty();
    }

    @Override
    public void observesAt(String publicUrl) {
        checks.observeAt(publicUrl);
    }

    @Override
    public void missed(String reason) {
        observed.recorder().reportUnrecorded("Did not observe a callback to the application's own handler", reason);
    }

    /** Returns the requests of the check, which this handler recognizes. */
    public CheckRequests checks() {
        return checks;
    }

    /** Stops the threads of {@link #observe}, which fails at once from now on. */
    public void stopObserving() {
        timeLimited.stop();
    }

    private WebhookResponse process(
            WebhookRequest request,
            Function<WebhookRequest, List<SignedAddress>> addresses,
            WebhookDiagnostics diagnostics)
            throws IOException {
        try {
            Optional<WebhookResponse> rejection = RequestHead.rejection(request);
            if (rejection.isPresent()) {
                return withPathHint(rejection.get(), request, diagnostics);
            }
            List<SignedAddress> possible = addresses.apply(request);
            return possible.isEmpty() ? diagnostics.malformedAddress() : receive(request, possible, diagnostics);
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
        return Responses.INTERNAL_ERROR;
    }

    private static WebhookResponse withPathHint(
            WebhookResponse rejection, WebhookRequest request, WebhookDiagnostics diagnostics) {
        if (rejection.equals(Responses.NO_SUCH_ENDPOINT)
                && request.header(SIGNATURE).isPresent()) {
            diagnostics.wrongPath();
        }
        return rejection;
    }

    @Override
    public Optional<WebhookResponse> rejection(WebhookRequest request) {
        try {
            Optional<WebhookResponse> rejection = RequestHead.rejection(request);
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
        List<SignedAddress> possible = expected.of(request);
        if (possible.isEmpty()) {
            return Optional.of(handled.malformedAddress());
        }
        return possible.stream()
                        .allMatch(address -> signersOf(address.url(), request).isEmpty())
                ? Optional.of(wrongBatchSignature(possible, request))
                : Optional.empty();
    }

    @Override
    public int maxBodyBytes(WebhookRequest request) {
        return Endpoint.at(request.endpoint()).map(Endpoint::maxBytes).orElse(MAX_BODY_BYTES);
    }

    private WebhookResponse receive(
            WebhookRequest request, List<SignedAddress> addresses, WebhookDiagnostics diagnostics) throws IOException {
        Endpoint endpoint = Endpoint.at(request.endpoint()).orElseThrow();
        try {
            return endpoint == Endpoint.EVENTS
                    ? batch(addresses, request)
                    : form(endpoint, addresses, request, diagnostics);
        } catch (UndecodableBodyException undecodable) {
            return WebhookResponse.rejected(400, undecodable.reason());
        } catch (BeyondLimitsException exceeded) {
            return WebhookResponse.rejected(400, exceeded.reason());
        }
    }

    private WebhookResponse batch(List<SignedAddress> addresses, WebhookRequest request)
            throws IOException, UndecodableBodyException {
        Optional<SignedAddress> signed = addresses.stream()
                .filter(address -> !signersOf(address.url(), request).isEmpty())
                .findFirst();
        if (signed.isEmpty()) {
            return wrongBatchSignature(addresses, request);
        }
        SignedAddress address = signed.get();
        Optional<byte[]> received = BodyBytes.read(request, Endpoint.EVENTS.maxBytes());
        if (received.isEmpty()) {
            return RequestHead.tooLarge(Endpoint.EVENTS);
        }
        byte[] body = received.get();
        if (!SignatureVerifier.hasHashOf(address.url(), body, body.length)) {
            return handled.wrongBody(address);
        }
        List<WebhookAccount> senders = signersOf(address.url(), request);
        List<CloudEventFields> batch = EventBatch.read(body);
        batch.forEach(event -> event.rateLimited().ifPresent(facts::rateLimited));
        WebhookResponse response = new EventStreamBatch(senders, events, handled, facts).record(batch);
        handled.reached();
        return response;
    }

    private WebhookResponse wrongBatchSignature(List<SignedAddress> addresses, WebhookRequest request) {
        return handled.wrongSignature(
                addresses, request, url -> !signersOf(url, request).isEmpty());
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
            Endpoint endpoint, List<SignedAddress> addresses, WebhookRequest request, WebhookDiagnostics diagnostics)
            throws IOException, UndecodableBodyException {
        Optional<byte[]> body = BodyBytes.read(request, endpoint.maxBytes());
        if (body.isEmpty()) {
            return RequestHead.tooLarge(endpoint);
        }
        List<FormBody> readings = new ArrayList<>();
        readings.add(FormBody.decode(body.get(), body.get().length));
        Optional<byte[]> other = request.otherReading();
        if (other.isPresent()) {
            readings.add(FormBody.decode(other.get(), other.get().length));
        }
        return form(endpoint, addresses, readings, request, diagnostics);
    }

    /**
     * Verifies a form with the tokens of the account that it names, so that another account's token cannot sign for that account. A
     * form of an unknown account costs no signature check, because anybody can send such forms.
     *
     * @param readings the same form in each charset in which it may have been sent
     */
    private WebhookResponse form(
            Endpoint endpoint,
            List<SignedAddress> addresses,
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
            if (account.hasSigned(form, addresses, signature)) {
                Optional<WebhookResponse> toCheck = checks.responseTo(form);
                if (toCheck.isPresent()) {
                    return toCheck.get();
                }
                return accepted(account, endpoint, new FormEventFields(form), request, diagnostics);
            }
        }
        return diagnostics.wrongSignature(
                addresses,
                request,
                url -> readings.stream().anyMatch(form -> account.signatures().acceptsForm(url, form, signature)));
    }

    private WebhookResponse accepted(
            WebhookAccount account,
            Endpoint endpoint,
            FormEventFields fields,
            WebhookRequest request,
            WebhookDiagnostics diagnostics) {
        boolean conference = endpoint == Endpoint.CONFERENCE;
        if (account.workspace()
                .filter(workspace -> isOfAnother(workspace, fields, conference))
                .isPresent()) {
            return diagnostics.otherWorkspace(List.of(account));
        }
        EventReading reading = conference ? account.readOfConference(fields) : events.read(fields);
        if (reading instanceof EventReading.Relevant relevant) {
            facts.callback(relevant.event(), fields, request.header(TOKEN).isPresent());
        }
        boolean recorded = diagnostics.recorder().record(reading);
        diagnostics.reached();
        if (reading instanceof EventReading.Malformed malformed) {
            return WebhookResponse.rejected(400, malformed.reason());
        }
        return recorded ? Responses.ACCEPTED : Responses.NOT_KEPT;
    }

    /** Returns whether a form belongs to another workspace. A conference status callback need not name its workspace. */
    private static boolean isOfAnother(WorkspaceSid workspace, EventFields fields, boolean canLackIt) {
        return !fields.is("WorkspaceSid", workspace.value())
                && !(canLackIt && fields.text("WorkspaceSid").isEmpty());
    }
}
