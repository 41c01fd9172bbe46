package io.hangupby.servlet;

import io.hangupby.webhook.WebhookRequest;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Adapts a servlet request to the webhook.
 *
 * @param received the body, if it has been received already; otherwise the request's own body is used
 */
record ServletWebhookRequest(HttpServletRequest request, Optional<InputStream> received) implements WebhookRequest {
    ServletWebhookRequest(HttpServletRequest request) {
        this(request, Optional.empty());
    }

    /** Returns the same request with a body that has been received already. */
    ServletWebhookRequest with(InputStream body) {
        return new ServletWebhookRequest(request, Optional.of(body));
    }

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
        return received.isPresent() ? received.get() : request.getInputStream();
    }

    /** Returns whether the request has no body at all. */
    boolean hasNoBody() {
        return announcedLength() == 0
                || (announcedLength() < 0
                        && request.getProtocol().startsWith("HTTP/1")
                        && header("Transfer-Encoding").isEmpty());
    }

    /** Returns whether the body comes from the container. A filter's replacement may not support asynchronous reads. */
    boolean hasContainersBody() throws IOException {
        ServletRequest innermost = request;
        while (innermost instanceof ServletRequestWrapper wrapper) {
            innermost = wrapper.getRequest();
        }
        try {
            return innermost.getInputStream() == request.getInputStream();
        } catch (IllegalStateException readByReader) {
            return false;
        }
    }

    /** Returns whether the sender waits for a request for the body. A check of what has arrived could send this request. */
    boolean expectsContinue() {
        return header("Expect").filter("100-continue"::equalsIgnoreCase).isPresent();
    }
}
