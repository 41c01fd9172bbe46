package io.hangupby.spring;

import static java.net.URLEncoder.encode;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import io.hangupby.webhook.WebhookHandler;
import io.hangupby.webhook.WebhookResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Receives Twilio's callbacks in a reactive application. Bodies are bounded in size, in number and in time. The journal is called on
 * threads of hangupby's own, so that no event loop waits for it. Thread-safe.
 */
final class HangUpByWebFilter implements WebFilter, Ordered, AutoCloseable {
    /** Spring Security's filter has the order -100. */
    static final int BEFORE_SECURITY = -200;

    static final int AFTER_SECURITY = 0;

    private static final int THREADS = 8;
    private static final int WAITING = 256;
    private static final Duration BODY_DEADLINE = Duration.ofSeconds(10);

    /** The deadline while the budget is scarce. Twilio's bodies arrive with their heads, or milliseconds later. */
    private static final Duration SCARCE_BODY_DEADLINE = Duration.ofSeconds(1);

    private final WebhookHandler webhook;
    private final String mountPath;
    private final int order;
    private final ReactiveBodyBudget budget = ReactiveBodyBudget.ofThisHeap();
    private final Scheduler journal = Schedulers.newBoundedElastic(THREADS, WAITING, "hangupby-webhook", 60, true);

    /**
     * @param mountPath the path whose subpaths are the endpoints, without a slash at its end
     * @param order the order among the application's filters
     */
    HangUpByWebFilter(WebhookHandler webhook, String mountPath, int order) {
        this.webhook = webhook;
        this.mountPath = mountPath;
        this.order = order;
    }

    @Override
    public int getOrder() {
        return order;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        String path = exchange.getRequest().getPath().pathWithinApplication().value();
        if (!path.startsWith(mountPath + "/")) {
            return chain.filter(exchange);
        }
        ReactiveWebhookRequest head =
                new ReactiveWebhookRequest(exchange.getRequest(), path.substring(mountPath.length()));
        Optional<WebhookResponse> rejection = webhook.rejection(head);
        if (rejection.isPresent()) {
            return sendLast(rejection.get(), exchange.getResponse());
        }
        int expected = expectedBytes(head);
        return budget.take(expected)
                ? receive(head, expected, exchange)
                : sendLast(WebhookResponse.TOO_MANY_BODIES, exchange.getResponse());
    }

    /** Returns how many bytes a body may have: those announced, or the most that its endpoint accepts. */
    private int expectedBytes(ReactiveWebhookRequest head) {
        int most = webhook.maxBodyBytes(head);
        return head.announcedLength() < 0 ? most : (int) Math.min(head.announcedLength(), most);
    }

    private Mono<Void> receive(ReactiveWebhookRequest head, int expected, ServerWebExchange exchange) {
        Mono<WebhookResponse> handled = DataBufferUtils.join(
                        exchange.getRequest().getBody(), webhook.maxBodyBytes(head))
                .map(HangUpByWebFilter::bytes)
                .onErrorResume(HangUpByWebFilter::isReadBefore, gone -> form(exchange))
                .switchIfEmpty(Mono.defer(() -> form(exchange)))
                .timeout(budget.isScarce() ? SCARCE_BODY_DEADLINE : BODY_DEADLINE)
                .defaultIfEmpty(new byte[0])
                .publishOn(journal)
                .map(body -> handle(head.with(body)));
        return handled.map(response -> new Sending(response, false))
                .onErrorResume(failure -> Mono.just(new Sending(webhook.forSender(head, rejection(failure)), true)))
                .doFinally(signal -> budget.giveBack(expected))
                .flatMap(sending -> sending.isLast()
                        ? sendLast(sending.response(), exchange.getResponse())
                        : send(sending.response(), exchange.getResponse()));
    }

    /**
     * A response to send.
     *
     * @param isLast whether the connection has to be closed, because the body has not been received
     */
    private record Sending(WebhookResponse response, boolean isLast) {}

    /** Netty fails to read a body again; a servlet container has nothing left of it. */
    private static boolean isReadBefore(Throwable failure) {
        return failure instanceof IllegalStateException && !(failure instanceof DataBufferLimitException);
    }

    /** Returns the form that a filter in front has read, such as the one for hidden methods. Spring keeps it for all readers. */
    private static Mono<byte[]> form(ServerWebExchange exchange) {
        return exchange.getFormData().map(HangUpByWebFilter::encoded);
    }

    private static byte[] encoded(MultiValueMap<String, String> form) {
        return form.entrySet().stream()
                .flatMap(field -> field.getValue().stream()
                        .map(value -> encode(field.getKey(), UTF_8) + "=" + encode(value, UTF_8)))
                .collect(joining("&"))
                .getBytes(UTF_8);
    }

    private static byte[] bytes(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    private WebhookResponse handle(ReactiveWebhookRequest request) {
        try {
            return webhook.handle(request);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static WebhookResponse rejection(Throwable failure) {
        if (failure instanceof TimeoutException) {
            return WebhookResponse.TOO_SLOW;
        }
        if (failure instanceof DataBufferLimitException) {
            return WebhookResponse.rejected(413, "the body is too large");
        }
        return failure instanceof RejectedExecutionException
                ? WebhookResponse.TOO_MANY_BODIES
                : WebhookResponse.BROKEN_OFF;
    }

    /** Sends a response without receiving the rest of the body. An HTTP/2 connection ignores the header. */
    private static Mono<Void> sendLast(WebhookResponse result, ServerHttpResponse response) {
        response.getHeaders().set(HttpHeaders.CONNECTION, "close");
        return send(result, response);
    }

    private static Mono<Void> send(WebhookResponse result, ServerHttpResponse response) {
        response.setStatusCode(HttpStatusCode.valueOf(result.status()));
        response.getHeaders().set(HttpHeaders.CONTENT_TYPE, WebhookResponse.CONTENT_TYPE);
        byte[] body = result.body().getBytes(UTF_8);
        if (body.length == 0) {
            return response.setComplete();
        }
        response.getHeaders().setContentLength(body.length);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }

    @Override
    public void close() {
        journal.dispose();
    }
}
