package io.hangupby.internal.twilio;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy for plain HTTP, of which a client asks for whole addresses. */
final class ForwardProxy implements AutoCloseable {
    private static final Set<String> OF_ONE_CONNECTION = Set.of("connection", "content-length", "host", "upgrade");

    private final HttpServer server;
    private final HttpClient onward =
            HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();
    private final List<String> forwarded = new CopyOnWriteArrayList<>();

    ForwardProxy() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::forward);
        server.start();
    }

    InetSocketAddress address() {
        return server.getAddress();
    }

    /** The methods of the requests that went through. */
    List<String> forwarded() {
        return forwarded;
    }

    private void forward(HttpExchange exchange) throws IOException {
        try (exchange) {
            forwarded.add(exchange.getRequestMethod());
            HttpRequest.Builder request = HttpRequest.newBuilder(exchange.getRequestURI())
                    .method(
                            exchange.getRequestMethod(),
                            BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
            exchange.getRequestHeaders()
                    .forEach((name, values) -> values.stream()
                            .filter(value -> !OF_ONE_CONNECTION.contains(name.toLowerCase(Locale.ROOT)))
                            .forEach(value -> request.header(name, value)));
            HttpResponse<byte[]> response = onward.send(request.build(), BodyHandlers.ofByteArray());
            response.headers()
                    .firstValue("ETag")
                    .ifPresent(etag -> exchange.getResponseHeaders().set("ETag", etag));
            exchange.sendResponseHeaders(response.statusCode(), response.body().length);
            exchange.getResponseBody().write(response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
