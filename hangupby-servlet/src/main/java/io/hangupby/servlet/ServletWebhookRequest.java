package io.hangupby.servlet;

import io.hangupby.webhook.WebhookRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** A servlet request as the webhook sees it. */
record ServletWebhookRequest(HttpServletRequest request) implements WebhookRequest {
    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public String endpoint() {
        return Optional.ofNullable(request.getPathInfo()).orElse("");
    }

    @Override
    public String url() {
        return request.getRequestURL().toString();
    }

    @Override
    public Optional<String> query() {
        return Optional.ofNullable(request.getQueryString());
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeader(name));
    }

    @Override
    public long announcedLength() {
        return request.getContentLengthLong();
    }

    @Override
    public InputStream body() throws IOException {
        return request.getInputStream();
    }
}
