package io.hangupby.servlet;

import io.hangupby.HangUpBy;
import io.hangupby.internal.SilentLog;
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
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives Twilio's callbacks. Map the servlet to a path with everything below, such as {@code /hangupby/*}. TaskRouter's event callbacks
 * then go to {@code /hangupby/taskrouter}. A servlet that is registered in code takes a {@link HangUpBy}, which the caller closes. A
 * servlet that is declared in {@code web.xml} creates its own from its init parameters, and sets it as the {@link #ATTRIBUTE}.
 *
 * <p>Register the servlet with async support. A request whose body arrives slowly then holds no thread, and is rejected after ten
 * seconds. Without async support such a request holds a thread of the container, and at most 32 such requests are received at once. It is
 * rejected at its first byte after ten seconds, or by the container's own timeout. A body without an announced length is rejected with
 * 411.
 *
 * <p>Requests whose bodies are arriving take at most a tenth of the heap, and are at most 1,000. A further request is rejected with 503,
 * unless another body has been arriving for 100 ms; then the oldest such request is rejected with 408 in its place. While more than half
 * of this budget is taken, a body has one second to arrive. A request that its head already decides gets its response without its body.
 * In all these cases the connection is closed. Thread-safe.
 */
public final class HangUpByServlet extends HttpServlet {
    /**
     * The attribute of the {@code ServletContext} with the {@link HangUpBy} of a servlet or a filter that is declared in {@code web.xml}.
     * The first of them sets it at its start, and removes it at its end.
     */
    public static final String ATTRIBUTE = "io.hangupby.HangUpBy";

    private static final long serialVersionUID = 1;
    private static final Logger log = LoggerFactory.getLogger(HangUpByServlet.class);

    private static final Duration BODY_DEADLINE = Duration.ofSeconds(10);

    /** The deadline while the budget is scarce. Twilio's bodies arrive with their heads, or milliseconds later. */
    private static final Duration SCARCE_BODY_DEADLINE = Duration.ofSeconds(1);

    private final Duration bodyDeadline;
    private final transient BodyBudget budget;
    private transient Optional<HangUpBy> hangUpBy;
    private transient Optional<HangUpBy> own = Optional.empty();
    private transient Optional<ReceivedBodies> receivedBodies;

    /**
     * Creates a servlet for {@code web.xml}. Its init parameters are named like the Spring properties without {@code hangupby.} in
     * front. A missing parameter comes from a system property, such as {@code hangupby.auth-token} for {@code auth-token}, or from the
     * environment, as {@code HANGUPBY_AUTH_TOKEN}.
     */
    public HangUpByServlet() {
        this(Optional.empty(), BODY_DEADLINE, BodyBudget.ofThisHeap());
    }

    /**
     * Creates a servlet that is registered in code.
     *
     * @param hangUpBy handles the requests; the caller closes it
     */
    public HangUpByServlet(HangUpBy hangUpBy) {
        this(hangUpBy, BODY_DEADLINE, BodyBudget.ofThisHeap());
    }

    /**
     * @param bodyDeadline how long a body may take to arrive
     * @param budget bounds the requests whose bodies are arriving
     */
    HangUpByServlet(HangUpBy hangUpBy, Duration bodyDeadline, BodyBudget budget) {
        this(Optional.of(hangUpBy), bodyDeadline, budget);
    }

    private HangUpByServlet(Optional<HangUpBy> hangUpBy, Duration bodyDeadline, BodyBudget budget) {
        this.hangUpBy = hangUpBy;
        this.receivedBodies = hangUpBy.map(HangUpBy::webhook).map(ReceivedBodies::new);
        this.bodyDeadline = bodyDeadline;
        this.budget = budget;
    }

    /**
     * @throws io.hangupby.HangUpByConfigurationException if an init parameter is missing, wrong or unknown
     */
    @Override
    public void init() {
        SilentLog.warnOnce(getServletContext()::log);
        if (hangUpBy.isEmpty()) {
            own = Optional.of(InitParameters.start(InitParameters.of(getServletConfig(), System.getenv())));
            hangUpBy = own;
            receivedBodies = own.map(HangUpBy::webhook).map(ReceivedBodies::new);
            own.ifPresent(started -> ContextAttribute.publish(started, getServletContext()));
        }
        warnOfMapping(getServletConfig());
        warnOfMissingPublicUrl();
    }

    /** Warns because without this setting the sender of a request chooses the host that its signature is checked for. */
    private void warnOfMissingPublicUrl() {
        if (hangUpBy.stream().noneMatch(mounted -> mounted.webhook().hasPublicUrl())) {
            log.warn(
                    "hangupby.public-url is not set: requests that were signed for another host with the same path are accepted "
                            + "too; set it to the public address of this servlet, as given to Twilio");
        }
    }

    /** Warns of a mapping without the paths below, because requests to the endpoints would then never reach the servlet. */
    private static void warnOfMapping(ServletConfig config) {
        ServletRegistration mapped = config.getServletContext().getServletRegistration(config.getServletName());
        Collection<String> patterns = mapped == null ? List.of() : mapped.getMappings();
        // An embedded container can add mappings later.
        if (!patterns.isEmpty() && patterns.stream().noneMatch(pattern -> pattern.endsWith("/*"))) {
            log.warn(
                    "The servlet of hangupby is mapped to {}, so that its endpoints cannot be reached; map it to a path with "
                            + "everything below, such as /hangupby/*",
                    patterns);
        }
    }

    @Override
    public void destroy() {
        own.ifPresent(started -> ContextAttribute.withdraw(started, getServletContext()));
        own.ifPresent(HangUpBy::close);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        ReceivedBodies bodies =
                receivedBodies.orElseThrow(() -> new ServletException("The servlet was used before init"));
        try {
            serve(bodies, request, response);
        } catch (IOException brokenOff) {
            // Otherwise the container would send the message of the exception.
            if (!response.isCommitted()) {
                WebhookResponse incomplete =
                        bodies.webhook().forSender(new ServletWebhookRequest(request), WebhookResponse.BROKEN_OFF);
                ServletResponses.sendLast(incomplete, request, response);
            }
        }
    }

    private void serve(ReceivedBodies bodies, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        ServletWebhookRequest arriving = new ServletWebhookRequest(request);
        if (arriving.hasNoBody()) {
            handle(bodies.webhook(), arriving, response);
            return;
        }
        ReceivedBody body =
                new ReceivedBody(arriving.announcedLength(), bodies.webhook().maxBodyBytes(arriving));
        if (arriving.announcedLength() >= 0 && !arriving.expectsContinue()) {
            // Only with a length, because Tomcat counts half the head of a chunk as arrived, and then waits for the
            // rest.
            body.readArrived(arriving.unread(), BodyBudget.FIRST_BYTES);
        }
        if (body.isComplete()) {
            handle(bodies.webhook(), arriving.with(body.stream()), response);
        } else if (!arriving.expectsContinue() && arriving.isReadInFront()) {
            ServletResponses.send(bodies.handle(arriving, body), response);
        } else {
            handleArriving(bodies, arriving, body, response);
        }
    }

    /** Handles a request whose body is still arriving. */
    private void handleArriving(
            ReceivedBodies bodies, ServletWebhookRequest arriving, ReceivedBody body, HttpServletResponse response)
            throws IOException {
        WebhookHandler webhook = bodies.webhook();
        Optional<WebhookResponse> rejection = webhook.rejection(arriving);
        if (rejection.isPresent()) {
            ServletResponses.sendAndClose(rejection.get(), arriving.request(), response);
            return;
        }
        boolean isContainersBody = arriving.hasContainersBody();
        boolean holdsThread = !(isContainersBody && arriving.request().isAsyncSupported());
        if (holdsThread && isContainersBody && arriving.announcedLength() < 0) {
            // The container waits for the head of a chunk without regard to our deadline.
            WebhookResponse unknownLength = webhook.forSender(arriving, WebhookResponse.LENGTH_REQUIRED);
            ServletResponses.sendAndClose(unknownLength, arriving.request(), response);
            return;
        }
        Optional<BodyBudget.Room> room = budget.take(body.expectedBytes(), holdsThread);
        if (room.isEmpty()) {
            ServletResponses.sendAndClose(WebhookResponse.TOO_MANY_BODIES, arriving.request(), response);
            return;
        }
        receive(bodies, arriving, body, room.get(), holdsThread, response);
    }

    private void receive(
            ReceivedBodies bodies,
            ServletWebhookRequest arriving,
            ReceivedBody body,
            BodyBudget.Room room,
            boolean holdsThread,
            HttpServletResponse response)
            throws IOException {
        Duration deadline = room.isScarce() && bodyDeadline.compareTo(SCARCE_BODY_DEADLINE) > 0
                ? SCARCE_BODY_DEADLINE
                : bodyDeadline;
        if (!holdsThread) {
            BodyReceiver.start(bodies, arriving, body, room, response, deadline);
            return;
        }
        try {
            receiveBlocking(bodies, arriving, body, room, response, deadline);
        } finally {
            room.release();
        }
    }

    /** Receives with the container's thread. Can hold the thread beyond the deadline, until the last read ends. */
    private static void receiveBlocking(
            ReceivedBodies bodies,
            ServletWebhookRequest arriving,
            ReceivedBody body,
            BodyBudget.Room room,
            HttpServletResponse response,
            Duration deadline)
            throws IOException {
        InputStream in = arriving.unread();
        long start = System.nanoTime();
        boolean more = true;
        while (more && !body.isTooLarge()) {
            more = body.read(in);
            if (more && System.nanoTime() - start > deadline.toNanos()) {
                WebhookResponse tooSlow = bodies.webhook().forSender(arriving, WebhookResponse.TOO_SLOW);
                ServletResponses.sendAndClose(tooSlow, arriving.request(), response);
                return;
            }
            if (!room.fits(body.count())) {
                ServletResponses.sendAndClose(WebhookResponse.TOO_MANY_BODIES, arriving.request(), response);
                return;
            }
        }
        room.hasArrived();
        WebhookResponse result = bodies.handle(arriving, body);
        if (more) {
            ServletResponses.sendAndClose(result, arriving.request(), response);
        } else {
            ServletResponses.send(result, response);
        }
    }

    private static void handle(WebhookHandler webhook, ServletWebhookRequest request, HttpServletResponse response)
            throws IOException {
        ServletResponses.send(webhook.handle(request), response);
    }
}
