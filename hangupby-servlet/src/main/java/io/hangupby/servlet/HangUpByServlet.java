package io.hangupby.servlet;

import io.hangupby.HangUpBy;
import io.hangupby.webhook.WebhookHandler;
import io.hangupby.webhook.WebhookResponse;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers Twilio's callbacks itself. Map it to a path with everything below it, {@code /hangupby/*}; TaskRouter's event
 * callbacks then go to {@code /hangupby/taskrouter}. Registered in code it takes a {@link HangUpBy}, which stays the
 * caller's to close; declared in {@code web.xml} it makes its own of its init parameters.
 *
 * <p>Register it with async support: a request whose body is slow to arrive then holds no thread, and is given up after ten
 * seconds. Without, it is received like any other. Thread-safe.
 */
public final class HangUpByServlet extends HttpServlet {
    private static final long serialVersionUID = 1;
    private static final Logger log = LoggerFactory.getLogger(HangUpByServlet.class);

    private static final Duration BODY_DEADLINE = Duration.ofSeconds(10);

    private final Duration bodyDeadline;
    private transient Optional<HangUpBy> hangUpBy;
    private transient Optional<HangUpBy> own = Optional.empty();

    /**
     * For {@code web.xml}: the init parameters are named like the Spring properties, without {@code hangupby.} in front. One
     * that is not given is taken from the environment, where {@code auth-token} is {@code HANGUPBY_AUTH_TOKEN}.
     */
    public HangUpByServlet() {
        this(Optional.empty(), BODY_DEADLINE);
    }

    /**
     * @param hangUpBy answers; closing it is the caller's business
     */
    public HangUpByServlet(HangUpBy hangUpBy) {
        this(Optional.of(hangUpBy), BODY_DEADLINE);
    }

    /**
     * @param bodyDeadline how long a request may take to arrive
     */
    HangUpByServlet(HangUpBy hangUpBy, Duration bodyDeadline) {
        this(Optional.of(hangUpBy), bodyDeadline);
    }

    private HangUpByServlet(Optional<HangUpBy> hangUpBy, Duration bodyDeadline) {
        this.hangUpBy = hangUpBy;
        this.bodyDeadline = bodyDeadline;
    }

    /**
     * @throws io.hangupby.HangUpByConfigurationException if an init parameter is missing, wrong or unknown
     */
    @Override
    public void init() {
        if (hangUpBy.isEmpty()) {
            own = Optional.of(InitParameters.start(InitParameters.of(getServletConfig(), System.getenv())));
            hangUpBy = own;
        }
        lookAtMapping(getServletConfig());
        lookAtAddress();
    }

    /** Whoever sends a request says which host it is for. */
    private void lookAtAddress() {
        if (hangUpBy.stream().noneMatch(mounted -> mounted.webhook().hasPublicUrl())) {
            log.warn(
                    "hangupby.public-url is not set: a request that was signed for another host with the same path is accepted "
                            + "here too; set it to the public address that reaches this servlet, as Twilio was given it");
        }
    }

    /** Without what is below its path, the endpoints are none of ours, and nobody would say so. */
    private static void lookAtMapping(ServletConfig config) {
        ServletRegistration mapped = config.getServletContext().getServletRegistration(config.getServletName());
        Collection<String> patterns = mapped == null ? List.of() : mapped.getMappings();
        // An embedded container can be told of them later.
        if (!patterns.isEmpty() && patterns.stream().noneMatch(pattern -> pattern.endsWith("/*"))) {
            log.warn(
                    "hangupby is mapped to {}, so that its endpoints are not reached; map it to a path with all below it, such "
                            + "as /hangupby/*",
                    patterns);
        }
    }

    @Override
    public void destroy() {
        own.ifPresent(HangUpBy::close);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        WebhookHandler webhook = hangUpBy.orElseThrow(() -> new ServletException("used before init"))
                .webhook();
        try {
            serve(webhook, request, response);
        } catch (IOException brokenOff) {
            // The container would answer with the words of the exception, to whoever still listens.
            if (!response.isCommitted()) {
                Answers.send(WebhookResponse.BROKEN_OFF, response);
            }
        }
    }

    private void serve(WebhookHandler webhook, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        ServletWebhookRequest arriving = new ServletWebhookRequest(request);
        if (!request.isAsyncSupported() || arriving.hasNoBody()) {
            answer(webhook, arriving, response);
        } else if (arriving.isWaitedForByItsSender()) {
            receive(webhook, arriving, new ReceivedBody(arriving.announcedLength()), response);
        } else {
            ReceivedBody body = new ReceivedBody(arriving.announcedLength());
            body.readArrived(request.getInputStream());
            if (body.isComplete()) {
                answer(webhook, arriving.with(body.stream()), response);
            } else {
                receive(webhook, arriving, body, response);
            }
        }
    }

    /** Receives the rest of a body before the request is answered. */
    private void receive(
            WebhookHandler webhook, ServletWebhookRequest arriving, ReceivedBody body, HttpServletResponse response)
            throws IOException {
        Optional<WebhookResponse> refusal = webhook.refusal(arriving);
        if (refusal.filter(answer -> isUrgent(answer, arriving)).isPresent()) {
            answer(webhook, arriving, response);
        } else if (arriving.hasBodyOfTheContainers()) {
            BodyReceiver.begin(webhook, refusal, arriving.request(), body, response, bodyDeadline);
        } else {
            InputStream all =
                    new SequenceInputStream(body.stream(), arriving.request().getInputStream());
            answer(webhook, arriving.with(all), response);
        }
    }

    /** The body is not to be sent at all: the container hangs up if it is. */
    private static boolean isUrgent(WebhookResponse refusal, ServletWebhookRequest request) {
        return refusal.status() == HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE || request.isWaitedForByItsSender();
    }

    private static void answer(WebhookHandler webhook, ServletWebhookRequest request, HttpServletResponse response)
            throws IOException {
        Answers.send(webhook.handle(request), response);
    }
}
