package io.hangupby.servlet;

import io.hangupby.webhook.WebhookRequest;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * A servlet request as the webhook sees it.
 *
 * @param received the body, where it has been received already; else it is the request's own
 */
record ServletWebhookRequest(HttpServletRequest request, Optional<InputStream> received) implements WebhookRequest {
    ServletWebhookRequest(HttpServletRequest request) {
        this(request, Optional.empty());
    }

    /** The same request with a body that has been received already. */
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

    /** Says whether the request has no body at all. */
    boolean hasNoBody() {
        return announcedLength() == 0
                || (announcedLength() < 0
                        && request.getProtocol().startsWith("HTTP/1")
                        && header("Transfer-Encoding").isEmpty());
    }

    /** Says whether the container itself gives the body: what a filter puts in its place need not be fit for waiting. */
    boolean hasBodyOfTheContainers() throws IOException {
        ServletRequest innermost = request;
        while (innermost instanceof ServletRequestWrapper wrapper) {
            innermost = wrapper.getRequest();
        }
        try {
            return innermost.getInputStream() == request.getInputStream();
        } catch (IllegalStateException beingReadInAnotherWay) {
            return false;
        }
    }

    /** Says whether the body is sent only once we ask for it, as a look at what has arrived could do. */
    boolean expectsContinue() {
        return header("Expect").filter("100-continue"::equalsIgnoreCase).isPresent();
    }
}
