package io.hangupby.servlet;

import io.hangupby.webhook.WebhookResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Sends the responses of the webhook. */
final class ServletResponses {
    /** Enables asynchronous processing of a request in Tomcat. Has no effect in other containers. */
    private static final String TOMCAT_ASYNC_SUPPORTED = "org.apache.catalina.ASYNC_SUPPORTED";

    private ServletResponses() {}

    static void send(WebhookResponse result, HttpServletResponse response) throws IOException {
        byte[] body = result.body().getBytes(StandardCharsets.UTF_8);
        response.setStatus(result.status());
        response.setContentType(WebhookResponse.CONTENT_TYPE);
        if (body.length > 0) {
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        }
    }

    /** Sends a response without receiving the rest of the body, and has the container close the connection. */
    static void sendAndClose(WebhookResponse result, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        sendLast(result, request, response);
        // After the response Tomcat waits in this thread for the rest of the body: up to 2 MiB, and a minute for each
        // byte.
        // It closes the connection at once only if the request is asynchronous. The exchange is already complete, but
        // outer
        // filters see an asynchronous request.
        request.setAttribute(TOMCAT_ASYNC_SUPPORTED, true);
        if (request.isAsyncSupported()) {
            request.startAsync(request, response).complete();
        }
    }

    /** Sends the last response of an HTTP/1 connection. An HTTP/2 connection stays open for other requests. */
    static void sendLast(WebhookResponse result, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (request.getProtocol().startsWith("HTTP/1")) {
            response.setHeader("Connection", "close");
        }
        send(result, response);
    }
}
