package io.hangupby.spring;

import io.hangupby.webhook.WebhookRequest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Adapts a reactive request to the webhook.
 *
 * @param endpoint the path below the mount point
 * @param body the body that has been received
 */
record ReactiveWebhookRequest(ServerHttpRequest request, String endpoint, InputStream body) implements WebhookRequest {
    /** Adapts a request whose body has not been received. */
    ReactiveWebhookRequest(ServerHttpRequest request, String endpoint) {
        this(request, endpoint, InputStream.nullInputStream());
    }

    ReactiveWebhookRequest with(byte[] received) {
        return new ReactiveWebhookRequest(request, endpoint, new ByteArrayInputStream(received));
    }

    @Override
    public String method() {
        return request.getMethod().name();
    }

    @Override
    public String url() {
        URI uri = request.getURI();
        return uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
    }

    @Override
    public Optional<String> query() {
        return Optional.ofNullable(request.getURI().getRawQuery());
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeaders().getFirst(name));
    }

    @Override
    public long announcedLength() {
        return request.getHeaders().getContentLength();
    }
}
