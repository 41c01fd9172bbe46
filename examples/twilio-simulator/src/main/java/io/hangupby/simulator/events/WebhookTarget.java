package io.hangupby.simulator.events;

import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where the events of one webhook are delivered. Immutable.
 *
 * @param kind the webhook
 * @param uri where its events are posted
 * @param publicUrl the URL that their signatures are computed over
 * @param receiver takes the bodies in place of the address, without HTTP
 */
record WebhookTarget(WebhookKind kind, URI uri, String publicUrl, Optional<Consumer<byte[]>> receiver) {

    private static final String QUEUE = "urn:simulator:queue";

    static WebhookTarget address(WebhookKind kind, URI uri, String publicUrl) {
        return new WebhookTarget(kind, uri, publicUrl, Optional.empty());
    }

    static WebhookTarget queue(WebhookKind kind, Consumer<byte[]> receiver) {
        return new WebhookTarget(kind, URI.create(QUEUE), QUEUE, Optional.of(receiver));
    }

    String description() {
        return receiver.isPresent() ? "the receiver of eventStream(…)" : uri + ", signed for " + publicUrl;
    }
}
