package io.hangupby.servlet;

import io.hangupby.webhook.WebhookRequest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Optional;

/**
 * A TaskRouter callback to a handler of the application's own.
 *
 * @param url where it was sent to; a forward changes what the request says, so this is asked first
 * @param query what came with that
 * @param body what was observed of it
 * @param announcedLength how long the body is
 */
record ObservedCallback(
        ServletWebhookRequest request, String url, Optional<String> query, InputStream body, long announcedLength)
        implements WebhookRequest {

    private static final byte[] NOTHING_YET = {};

    ObservedCallback(ServletWebhookRequest request) {
        this(request, request.url(), request.query(), new ByteArrayInputStream(NOTHING_YET), request.announcedLength());
    }

    ObservedCallback with(InputStream observed, long length) {
        return new ObservedCallback(request, url, query, observed, length);
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
