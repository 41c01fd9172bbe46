package io.hangupby.servlet;

import io.hangupby.webhook.WebhookRequest;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Adapts a servlet request to the webhook.
 *
 * @param received the body, if it has been received already; otherwise the request's own body is used
 * @param otherReading the body in the other charset in which it may have been sent
 */
record ServletWebhookRequest(HttpServletRequest request, Optional<InputStream> received, Optional<byte[]> otherReading)
        implements WebhookRequest {
    /** The attribute with the form that Jetty has parsed. Jetty does not count such a body as finished. */
    private static final String FORM_PARSED_BY_JETTY = "org.eclipse.jetty.server.FormFields";

    ServletWebhookRequest(HttpServletRequest request) {
        this(request, Optional.empty(), Optional.empty());
    }

    /** Returns the same request with a body that has been received already. */
    ServletWebhookRequest with(InputStream body) {
        return new ServletWebhookRequest(request, Optional.of(body), Optional.empty());
    }

    /** Returns the same request with a form that the container had parsed. */
    ServletWebhookRequest with(RebuiltForm form) {
        return new ServletWebhookRequest(request, Optional.of(form.stream()), form.other());
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
        return received.isPresent() ? received.get() : unread();
    }

    /** Returns the part of the body that a filter in front has left. It can have taken the reader. */
    InputStream unread() throws IOException {
        try {
            return request.getInputStream();
        } catch (IllegalStateException readerIsTaken) {
            return new ReaderInputStream(request.getReader(), charset());
        }
    }

    private Charset charset() {
        return Optional.ofNullable(request.getCharacterEncoding())
                .map(Charset::forName)
                .orElse(StandardCharsets.ISO_8859_1);
    }

    /** Returns whether a filter in front has had the whole body read, as far as the container says so. */
    boolean isReadInFront() throws IOException {
        return hasContainersBody()
                && (request.getAttribute(FORM_PARSED_BY_JETTY) != null
                        || request.getInputStream().isFinished());
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
