package io.hangupby.servlet;

import io.hangupby.webhook.WebhookResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Sends the webhook's answers. */
final class Answers {
    /** Tomcat lets a request be asynchronous that has this attribute. Other containers keep it like any other. */
    private static final String TOMCAT_ASYNC_SUPPORTED = "org.apache.catalina.ASYNC_SUPPORTED";

    private Answers() {}

    static void send(WebhookResponse answer, HttpServletResponse response) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        response.setStatus(answer.status());
        response.setContentType(WebhookResponse.CONTENT_TYPE);
        if (body.length > 0) {
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        }
    }

    /** Sends an answer to somebody of whose body no more is received, and has the container hang up. */
    static void sendAndHangUp(WebhookResponse answer, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        sendLast(answer, request, response);
        // Tomcat waits for the rest of a body, in the thread that brought the answer, up to 2 MiB and a minute for each
        // byte; only where a request is asynchronous it hangs up at once. The exchange is complete already, but filters
        // around us still see a request that is asynchronous when they get it back.
        request.setAttribute(TOMCAT_ASYNC_SUPPORTED, true);
        if (request.isAsyncSupported()) {
            request.startAsync(request, response).complete();
        }
    }

    /** Sends the connection's last answer, as far as connections have one: in HTTP/2 each request ends by itself. */
    static void sendLast(WebhookResponse answer, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (request.getProtocol().startsWith("HTTP/1")) {
            response.setHeader("Connection", "close");
        }
        send(answer, response);
    }
}
