package io.hangupby.simulator.events;

import java.net.URI;

/**
 * Where the events of one webhook are posted. Immutable.
 *
 * @param kind the webhook
 * @param uri where its events are posted
 * @param publicUrl the URL that their signatures are computed over
 */
record WebhookTarget(WebhookKind kind, URI uri, String publicUrl) {}
