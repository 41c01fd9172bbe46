package io.hangupby.servlet;

import io.hangupby.webhook.WebhookResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Sends the webhook's answers. */
final class Answers {

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
}
