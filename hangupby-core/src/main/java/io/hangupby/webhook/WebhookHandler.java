package io.hangupby.webhook;

import io.hangupby.call.WorkspaceSid;
import io.hangupby.event.EventReader;
import io.hangupby.event.EventReading;
import io.hangupby.journal.CallJournal;
import io.hangupby.telemetry.Telemetry;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
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
    private static final WebhookResponse UNFORESEEN =
            WebhookResponse.refused(500, "an error of our own; send it again");
    private static final WebhookResponse UNSIGNED =
            WebhookResponse.refused(403, "the X-Twilio-Signature header is missing");

    private final WebhookSettings settings;
    private final Map<String, WebhookAccount> accounts;
    private final EventReader events;
    private final PromptJournal prompt;
    private final Intake answered;
    private final Intake watched;

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
        this.accounts = settings.accounts().stream()
                .collect(Collectors.toUnmodifiableMap(
                        account -> account.account().value(), account -> account));
        this.events = events;
        this.answered = new Intake(journal::append, telemetry, "refused", "hangupby.public-url");
        this.prompt = new PromptJournal(journal);
        this.watched = new Intake(prompt::append, telemetry, "passed on unseen", "hangupby.filter.public-url");
    }

    /**
     * Returns whether a setting has the address for which requests to {@link #handle} have to be signed. Otherwise each request
     * names it itself, so that one which Twilio signed for another server with this path is accepted too.
     */
    public boolean hasPublicUrl() {
        return settings.publicUrl().isPresent();
    }

    /** Returns how many events could not be kept since the start, and were answered 503. */
    public long refusedEvents() {
        return answered.keeper().refused();
    }

    /** Returns how many callbacks were {@linkplain #watch watched} in vain since the start. */
    public long missedEvents() {
        return watched.keeper().refused();
    }

    /**
     * Answers one request. Its body is read only if what comes before it is in order.
     *
     * @throws IOException if the body could not be received, so that there is nobody to answer
     */
    public WebhookResponse handle(WebhookRequest request) throws IOException {
        return take(request, this::signedUrl, answered);
    }

    /**
     * Keeps the event of a callback that somebody else answers. It waits for the journal for 250 ms at the most; an event that
     * is not kept by then is given up: counted, told of in the log, and left to recovery, unless the journal keeps it late.
     *
     * @param publicUrl the whole address that Twilio was given; the request's query is added if it has none. If empty, the
     *     request's own address is taken
     * @return what {@link #handle} would have answered: 204 if the event is kept or of no use, 503 if it is given up
     * @throws IOException if the body could not be received
     */
    public WebhookResponse watch(WebhookRequest callback, Optional<String> publicUrl) throws IOException {
        WebhookResponse answer = take(callback, request -> watchedUrl(request, publicUrl), watched);
        if (answer.equals(UNFORESEEN)) {
            missed("an error of our own");
        }
        return answer;
    }

    /** Says whether a request to somebody else's address can be a callback to {@link #watch}, whatever its body says. */
    public boolean watches(WebhookRequest request) {
        Optional<WebhookResponse> refusal = refusalOfHead(request);
        refusal.filter(UNSIGNED::equals).ifPresent(unsigned -> watched.unsigned());
        return refusal.isEmpty();
    }

    /**
     * Gives account of a callback that could not be watched.
     *
     * @param reason why, for the log: nothing that the request says
     */
    public void missed(String reason) {
        watched.keeper().refuse("a callback to the application's own handler", reason);
    }

    /** Ends the threads that {@link #watch} uses: from now on it gives up at once. */
    public void stopWatching() {
        prompt.stop();
    }

    private WebhookResponse take(
            WebhookRequest request, Function<WebhookRequest, Optional<SignedAddress>> address, Intake intake)
            throws IOException {
        try {
            Optional<WebhookResponse> refusal = refusalOfHead(request);
            if (refusal.isPresent()) {
                return turnedAway(refusal.get(), request, intake);
            }
            Optional<SignedAddress> signed = address.apply(request);
            return signed.isPresent() ? received(request, signed.get(), intake) : intake.malformedAddress();
        } catch (RuntimeException unforeseen) {
            return unforeseen(unforeseen);
        }
    }

    private static WebhookResponse unforeseen(RuntimeException unforeseen) {
        // Its message may quote the request.
        log.error("a request could not be dealt with: {} in {}", unforeseen.getClass(), unforeseen.getStackTrace());
        return UNFORESEEN;
    }

    private static WebhookResponse turnedAway(WebhookResponse refusal, WebhookRequest request, Intake intake) {
        if (refusal.equals(WebhookResponse.NO_SUCH_ENDPOINT)
                && request.header(SIGNATURE).isPresent()) {
            intake.astray();
        }
        return refusal;
    }

    /**
     * Returns the response to a request that is turned away whatever its body says, and counts it as {@link #handle} does: send
     * the response without receiving the body. Empty for a request whose body {@link #handle} has to see.
     */
    public Optional<WebhookResponse> refusal(WebhookRequest request) {
        try {
            Optional<WebhookResponse> refusal = refusalOfHead(request);
            return refusal.isPresent()
                    ? refusal.map(response -> turnedAway(response, request, answered))
                    : refusalOfSignature(request);
        } catch (RuntimeException unforeseen) {
            return Optional.of(unforeseen(unforeseen));
        }
    }

    /** A batch is signed by its URL alone, with the hash of its body, so that a stranger's need not be received. */
    private Optional<WebhookResponse> refusalOfSignature(WebhookRequest request) {
        if (Endpoint.at(request.endpoint()).orElseThrow() != Endpoint.EVENTS) {
            return Optional.empty();
        }
        Optional<SignedAddress> address = signedUrl(request);
        if (address.isEmpty()) {
            return Optional.of(answered.malformedAddress());
        }
        return signersOf(address.get(), request).isEmpty()
                ? Optional.of(answered.wrongSignature(address.get()))
                : Optional.empty();
    }

    /** Returns the most bytes that a request's body can have without being refused for its size. */
    public static int maxBodyBytes(WebhookRequest request) {
        return Endpoint.at(request.endpoint()).map(Endpoint::maxBytes).orElse(MAX_BODY_BYTES);
    }

    private static Optional<WebhookResponse> refusalOfHead(WebhookRequest request) {
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
        return request.header(SIGNATURE).isPresent() ? Optional.empty() : Optional.of(UNSIGNED);
    }

    private WebhookResponse received(WebhookRequest request, SignedAddress address, Intake intake) throws IOException {
        Endpoint endpoint = Endpoint.at(request.endpoint()).orElseThrow();
        try {
            return endpoint == Endpoint.EVENTS ? batch(address, request) : form(endpoint, address, request, intake);
        } catch (UndecodableBodyException undecodable) {
            return WebhookResponse.refused(400, undecodable.reason());
        } catch (BeyondLimitsException beyond) {
            return WebhookResponse.refused(400, beyond.reason());
        }
    }

    private static WebhookResponse tooLarge(Endpoint endpoint) {
        return WebhookResponse.refused(413, "the body is larger than " + endpoint.maxKib() + " KiB");
    }

    private WebhookResponse batch(SignedAddress address, WebhookRequest request)
            throws IOException, UndecodableBodyException {
        List<WebhookAccount> senders = signersOf(address, request);
        if (senders.isEmpty()) {
            return answered.wrongSignature(address);
        }
        Optional<byte[]> received = BodyBytes.read(request, Endpoint.EVENTS.maxBytes());
        if (received.isEmpty()) {
            return tooLarge(Endpoint.EVENTS);
        }
        byte[] body = received.get();
        if (!SignatureVerifier.hasHashOf(address.url(), body, body.length)) {
            return answered.wrongSignature(address);
        }
        WebhookResponse answer = new StreamIntake(senders, events, answered).take(EventBatch.read(body));
        answered.heard();
        return answer;
    }

    /** The accounts that signed a batch of events, as far as its URL tells. */
    private List<WebhookAccount> signersOf(SignedAddress address, WebhookRequest request) {
        String signature = request.header(SIGNATURE).orElseThrow();
        List<byte[]> urls = SignedUrl.signedTexts(address.url());
        return settings.accounts().stream()
                .filter(account -> account.signatures().acceptsUrl(urls, signature))
                .toList();
    }

    private WebhookResponse form(Endpoint endpoint, SignedAddress address, WebhookRequest request, Intake intake)
            throws IOException, UndecodableBodyException {
        Optional<byte[]> body = BodyBytes.read(request, endpoint.maxBytes());
        return body.isEmpty()
                ? tooLarge(endpoint)
                : form(endpoint, address, body.get(), request.header(SIGNATURE).orElseThrow(), intake);
    }

    /**
     * A form is verified by the account that it names: whoever has another one's token can say nothing for this one. A form of
     * an account that is not known here costs no signature, however many accounts there are: anybody can send such forms.
     */
    private WebhookResponse form(Endpoint endpoint, SignedAddress address, byte[] body, String signature, Intake intake)
            throws UndecodableBodyException {
        FormBody form = FormBody.decode(body, body.length);
        Optional<WebhookAccount> named =
                form.value("AccountSid").flatMap(sid -> Optional.ofNullable(accounts.get(sid)));
        if (named.isEmpty()) {
            return intake.unknownAccount(settings.accounts());
        }
        WebhookAccount account = named.get();
        return account.signatures().acceptsForm(address.url(), form, signature)
                ? accepted(account, endpoint, form, intake)
                : intake.wrongSignature(address);
    }

    private WebhookResponse accepted(WebhookAccount account, Endpoint endpoint, FormBody form, Intake intake) {
        boolean conference = endpoint == Endpoint.CONFERENCE;
        if (account.workspace()
                .filter(workspace -> isOfAnother(workspace, form, conference))
                .isPresent()) {
            return intake.otherWorkspace(List.of(account));
        }
        FormEventFields fields = new FormEventFields(form);
        EventReading reading = conference ? account.readOfConference(fields) : events.read(fields);
        boolean done = intake.keeper().take(reading);
        intake.heard();
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

    private Optional<SignedAddress> signedUrl(WebhookRequest request) {
        return settings.publicUrl()
                .map(url -> givenAddress(url + request.endpoint(), request))
                .orElseGet(() -> ownAddress(request));
    }

    private Optional<SignedAddress> watchedUrl(WebhookRequest request, Optional<String> publicUrl) {
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
