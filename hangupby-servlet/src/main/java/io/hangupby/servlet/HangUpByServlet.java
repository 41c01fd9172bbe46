package io.hangupby.servlet;

import io.hangupby.HangUpBy;
import io.hangupby.webhook.WebhookHandler;
import io.hangupby.webhook.WebhookResponse;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
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
 * seconds. Without, it holds a thread of the container, as no more than 32 do at once, and is given up at its first byte after
 * ten seconds, or by the container's own timeout; a body whose length is not announced is then answered 411.
 *
 * <p>Bodies under way take no more than a tenth of the heap, and are no more than 1,000 at once: whatever is beyond that is
 * answered 503, unless another body has been under way for 100 ms; the oldest such body is given up for it with 408. While more
 * than half of this is taken, a body has one second to arrive. What the head of a request decides is answered without its body. In both cases the connection is closed. Thread-safe.
 */
public final class HangUpByServlet extends HttpServlet {
    private static final long serialVersionUID = 1;
    private static final Logger log = LoggerFactory.getLogger(HangUpByServlet.class);

    private static final Duration BODY_DEADLINE = Duration.ofSeconds(10);

    /** While the budget is scarce: Twilio's bodies arrive with their heads, or milliseconds later. */
    private static final Duration SCARCE_BODY_DEADLINE = Duration.ofSeconds(1);

    private final Duration bodyDeadline;
    private final transient BodyBudget budget;
    private transient Optional<HangUpBy> hangUpBy;
    private transient Optional<HangUpBy> own = Optional.empty();

    /**
     * For {@code web.xml}: the init parameters are named like the Spring properties, without {@code hangupby.} in front. One
     * that is not given is taken from the environment, where {@code auth-token} is {@code HANGUPBY_AUTH_TOKEN}.
     */
    public HangUpByServlet() {
        this(Optional.empty(), BODY_DEADLINE, BodyBudget.ofThisHeap());
    }

    /**
     * @param hangUpBy answers; closing it is the caller's business
     */
    public HangUpByServlet(HangUpBy hangUpBy) {
        this(hangUpBy, BODY_DEADLINE, BodyBudget.ofThisHeap());
    }

    /**
     * @param bodyDeadline how long a request may take to arrive
     * @param budget what requests may cost while they arrive
     */
    HangUpByServlet(HangUpBy hangUpBy, Duration bodyDeadline, BodyBudget budget) {
        this(Optional.of(hangUpBy), bodyDeadline, budget);
    }

    private HangUpByServlet(Optional<HangUpBy> hangUpBy, Duration bodyDeadline, BodyBudget budget) {
        this.hangUpBy = hangUpBy;
        this.bodyDeadline = bodyDeadline;
        this.budget = budget;
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
        warnOfMapping(getServletConfig());
        warnOfMissingPublicUrl();
    }

    /** Whoever sends a request says which host it is for. */
    private void warnOfMissingPublicUrl() {
        if (hangUpBy.stream().noneMatch(mounted -> mounted.webhook().hasPublicUrl())) {
            log.warn(
                    "hangupby.public-url is not set: a request that was signed for another host with the same path is accepted "
                            + "here too; set it to the public address that reaches this servlet, as Twilio was given it");
        }
    }

    /** Without what is below its path, the endpoints are none of ours, and nobody would say so. */
    private static void warnOfMapping(ServletConfig config) {
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
                Answers.sendLast(WebhookResponse.BROKEN_OFF, request, response);
            }
        }
    }

    private void serve(WebhookHandler webhook, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        ServletWebhookRequest arriving = new ServletWebhookRequest(request);
        if (arriving.hasNoBody()) {
            answer(webhook, arriving, response);
            return;
        }
        ReceivedBody body = new ReceivedBody(arriving.announcedLength(), WebhookHandler.maxBodyBytes(arriving));
        if (arriving.announcedLength() >= 0 && !arriving.expectsContinue()) {
            // Without a length, half the head of a chunk counts as arrived in Tomcat, which then waits for the other
            // half.
            body.readArrived(request.getInputStream(), BodyBudget.FIRST_BYTES);
        }
        if (body.isComplete()) {
            answer(webhook, arriving.with(body.stream()), response);
        } else {
            answerWithRest(webhook, arriving, body, response);
        }
    }

    /** Answers a request whose body is still under way. */
    private void answerWithRest(
            WebhookHandler webhook, ServletWebhookRequest arriving, ReceivedBody body, HttpServletResponse response)
            throws IOException {
        Optional<WebhookResponse> refusal = webhook.refusal(arriving);
        if (refusal.isPresent()) {
            Answers.sendAndHangUp(refusal.get(), arriving.request(), response);
            return;
        }
        boolean isOfTheContainer = arriving.hasBodyOfTheContainers();
        boolean holdsThread = !(isOfTheContainer && arriving.request().isAsyncSupported());
        if (holdsThread && isOfTheContainer && arriving.announcedLength() < 0) {
            // The container waits for the head of a chunk as long as it likes, whatever our deadline.
            Answers.sendAndHangUp(WebhookResponse.LENGTH_REQUIRED, arriving.request(), response);
            return;
        }
        Optional<BodyBudget.Room> room = budget.take(body.expectedBytes(), holdsThread);
        if (room.isEmpty()) {
            Answers.sendAndHangUp(WebhookResponse.TOO_MANY_BODIES, arriving.request(), response);
            return;
        }
        receive(webhook, arriving, body, room.get(), holdsThread, response);
    }

    private void receive(
            WebhookHandler webhook,
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
            BodyReceiver.begin(webhook, arriving.request(), body, room, response, deadline);
            return;
        }
        try {
            receiveHere(webhook, arriving, body, room, response, deadline);
        } finally {
            room.release();
        }
    }

    /** Receives with the container's thread, which it holds a little longer than the deadline, if a last read does not end. */
    private static void receiveHere(
            WebhookHandler webhook,
            ServletWebhookRequest arriving,
            ReceivedBody body,
            BodyBudget.Room room,
            HttpServletResponse response,
            Duration deadline)
            throws IOException {
        ServletInputStream in = arriving.request().getInputStream();
        long start = System.nanoTime();
        boolean more = true;
        while (more && !body.isTooLarge()) {
            more = body.read(in);
            if (more && System.nanoTime() - start > deadline.toNanos()) {
                Answers.sendAndHangUp(WebhookResponse.TOO_SLOW, arriving.request(), response);
                return;
            }
            if (!room.fits(body.count())) {
                Answers.sendAndHangUp(WebhookResponse.TOO_MANY_BODIES, arriving.request(), response);
                return;
            }
        }
        room.hasArrived();
        WebhookResponse answer = webhook.handle(arriving.with(body.stream()));
        if (more) {
            Answers.sendAndHangUp(answer, arriving.request(), response);
        } else {
            Answers.send(answer, response);
        }
    }

    private static void answer(WebhookHandler webhook, ServletWebhookRequest request, HttpServletResponse response)
            throws IOException {
        Answers.send(webhook.handle(request), response);
    }
}
