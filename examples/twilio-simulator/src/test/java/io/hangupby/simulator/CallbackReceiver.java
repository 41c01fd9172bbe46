package io.hangupby.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A backend that records the callbacks it receives. */
public final class CallbackReceiver implements AutoCloseable {

    public static final String PUBLIC_URL = "https://cc.example.com/hooks/taskrouter?tenant=a%20b";

    private final HttpServer server;
    private final List<Received> received = new ArrayList<>();
    private final Deque<Integer> statuses = new ArrayDeque<>();

    public CallbackReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::respond);
        server.start();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/taskrouter");
    }

    /** Sets the HTTP statuses of the next responses; later responses are 204 again. */
    public synchronized void respondNext(int... next) {
        for (int status : next) {
            statuses.add(status);
        }
    }

    public synchronized List<Received> received() {
        return List.copyOf(received);
    }

    public List<String> types() {
        return received().stream()
                .map(each -> each.params().getOrDefault("EventType", ""))
                .toList();
    }

    public Received only(String type) {
        List<Received> found = received().stream()
                .filter(each -> type.equals(each.params().get("EventType")))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " events of type " + type + " in " + types());
        }
        return found.get(0);
    }

    private void respond(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            int status = remember(exchange, body);
            byte[] words = status == 204 ? new byte[0] : "not today".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, words.length == 0 ? -1 : words.length);
            exchange.getResponseBody().write(words);
        }
    }

    private synchronized int remember(HttpExchange exchange, String body) {
        String contentType = header(exchange, "Content-Type").orElse("");
        received.add(new Received(
                exchange.getRequestURI(),
                contentType.equals("application/json") ? new TreeMap<>() : params(body),
                header(exchange, "X-Twilio-Signature"),
                header(exchange, "I-Twilio-Idempotency-Token"),
                contentType,
                body));
        return Optional.ofNullable(statuses.poll()).orElse(204);
    }

    private static SortedMap<String, String> params(String body) {
        SortedMap<String, String> params = new TreeMap<>();
        for (String pair : body.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            params.put(decode(parts[0]), decode(parts[1]));
        }
        return params;
    }

    private static Optional<String> header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    public record Received(
            URI uri,
            SortedMap<String, String> params,
            Optional<String> signature,
            Optional<String> token,
            String contentType,
            String body) {

        public String param(String name) {
            return params.getOrDefault(name, "");
        }
    }
}
