package io.hangupby.simulator.events;

import java.net.URI;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The addresses that events are delivered to, and when a delivery is tried again. Thread-safe. */
final class Webhooks {

    private final Map<WebhookKind, WebhookTarget> targets = new EnumMap<>(WebhookKind.class);
    private final Map<WebhookKind, ConnectionOverrides> overrides = new EnumMap<>(WebhookKind.class);

    /** Sets an address; a fragment of the public URL contains connection overrides. */
    synchronized void set(WebhookKind kind, URI uri, String publicUrl) {
        int hash = publicUrl.indexOf('#');
        if (hash >= 0) {
            override(kind, publicUrl.substring(hash + 1));
        }
        targets.put(kind, WebhookTarget.address(kind, uri, hash < 0 ? publicUrl : publicUrl.substring(0, hash)));
    }

    /** Passes the bodies to a receiver, without HTTP. */
    synchronized void set(WebhookKind kind, Consumer<byte[]> receiver) {
        targets.put(kind, WebhookTarget.queue(kind, receiver));
    }

    synchronized void override(WebhookKind kind, String fragment) {
        overrides.put(kind, ConnectionOverrides.parse(fragment));
    }

    synchronized Optional<WebhookTarget> target(WebhookKind kind) {
        return Optional.ofNullable(targets.get(kind));
    }

    synchronized ConnectionOverrides overrides(WebhookKind kind) {
        return overrides.getOrDefault(kind, kind.retries());
    }

    synchronized boolean has(WebhookKind kind) {
        return targets.containsKey(kind);
    }

    synchronized Collection<WebhookTarget> all() {
        return List.copyOf(targets.values());
    }
}
