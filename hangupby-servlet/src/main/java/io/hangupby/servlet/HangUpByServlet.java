package io.hangupby.servlet;

import io.hangupby.HangUpBy;
import io.hangupby.webhook.WebhookResponse;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Answers Twilio's callbacks itself. Map it to a path with everything below it, {@code /hangupby/*}; TaskRouter's event
 * callbacks then go to {@code /hangupby/taskrouter}. Registered in code it takes a {@link HangUpBy}, which stays the
 * caller's to close; declared in {@code web.xml} it makes its own of its init parameters. Thread-safe.
 */
public final class HangUpByServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    private transient Optional<HangUpBy> hangUpBy;
    private transient Optional<HangUpBy> own = Optional.empty();

    /**
     * For {@code web.xml}: the init parameters are named like the Spring properties, without {@code hangupby.} in front. One
     * that is not given is taken from the environment, where {@code auth-token} is {@code HANGUPBY_AUTH_TOKEN}.
     */
    public HangUpByServlet() {
        this.hangUpBy = Optional.empty();
    }

    /**
     * @param hangUpBy answers; closing it is the caller's business
     */
    public HangUpByServlet(HangUpBy hangUpBy) {
        this.hangUpBy = Optional.of(hangUpBy);
    }

    /**
     * @throws io.hangupby.HangUpByConfigurationException if an init parameter is missing, wrong or unknown
     */
    @Override
    public void init() {
        if (hangUpBy.isEmpty()) {
            own = Optional.of(
                    InitParameters.of(getServletConfig(), System.getenv()).build());
            hangUpBy = own;
        }
    }

    @Override
    public void destroy() {
        own.ifPresent(HangUpBy::close);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        HangUpBy answers = hangUpBy.orElseThrow(() -> new ServletException("used before init"));
        send(answers.webhook().handle(new ServletWebhookRequest(request)), response);
    }

    private static void send(WebhookResponse answer, HttpServletResponse response) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        response.setStatus(answer.status());
        response.setContentType(WebhookResponse.CONTENT_TYPE);
        if (body.length > 0) {
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        }
    }
}
