package io.hangupby.servlet;

import io.hangupby.webhook.WebhookRequest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Optional;

/**
 * A TaskRouter callback to the application's own handler.
 *
 * @param url the URL of the callback, kept because a forward changes the URL of the request
 * @param query the query of this URL
 * @param body the observed part of the body
 * @param announcedLength the length of the body in bytes
 * @param otherReading the body in the other charset in which it may have been sent
 */
record ObservedCallback(
        ServletWebhookRequest request,
        String url,
        Optional<String> query,
        InputStream body,
        long announcedLength,
        Optional<byte[]> otherReading)
        implements WebhookRequest {

    private static final byte[] EMPTY = {};

    ObservedCallback(ServletWebhookRequest request) {
        this(
                request,
                request.url(),
                request.query(),
                new ByteArrayInputStream(EMPTY),
                request.announcedLength(),
                Optional.empty());
    }

    ObservedCallback with(InputStream observed, long length, Optional<byte[]> other) {
        return new ObservedCallback(request, url, query, observed, length, other);
    }

    @Override
    public String method() {
        return request.method();
    }

    @Override
    public String endpoint() {
        return "/taskrouter";
    }

    @Override
    public Optional<String> header(String name) {
        return request.header(name);
    }
}
