package io.hangupby.example.endurance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Sends each request to the next node, as a typical load balancer does. Without a connection, it tries another node; if
 * a connection breaks, it responds with 502. Stores which events never received 204.
 */
final class LoadBalancer implements AutoCloseable {
    private static final Pattern TASK = Pattern.compile("(?:^|&)TaskSid=(WT[0-9a-f]{32})");

    private final List<NodeProcess> nodes;
    private final HttpServer server;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final AtomicInteger turn = new AtomicInteger();
    private final Map<String, LastResponse> lastResponses = new ConcurrentHashMap<>();

    LoadBalancer(List<NodeProcess> nodes) throws IOException {
        this.nodes = nodes;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(LoadBalancer::daemon));
        server.createContext("/", this::pass);
        server.start();
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "load-balancer");
        thread.setDaemon(true);
        return thread;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hangupby");
    }

    /** Returns the tasks with an event that never received 204. */
    Set<String> notReceived() {
        return lastResponses.values().stream()
                .filter(response -> response.status() != 204)
                .map(LastResponse::task)
                .collect(Collectors.toSet());
    }

    private void pass(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        int status = status(exchange, body);
        Matcher task = TASK.matcher(new String(body, StandardCharsets.ISO_8859_1));
        if (task.find()) {
            String token = exchange.getRequestHeaders().getFirst("I-Twilio-Idempotency-Token");
            lastResponses.put(token, new LastResponse(task.group(1), status));
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private int status(HttpExchange exchange, byte[] body) {
        for (int i = 0; i < nodes.size(); i++) {
            NodeProcess next = nodes.get(Math.floorMod(turn.getAndIncrement(), nodes.size()));
            Optional<Integer> status = next.port().flatMap(port -> status(exchange, port, body));
            if (status.isPresent()) {
                return status.get();
            }
        }
        return 503;
    }

    /** Returns a node's response; empty if the node was not reachable. */
    private Optional<Integer> status(HttpExchange exchange, int port, byte[] body) {
        try {
            return Optional.of(http.send(request(exchange, port, body), HttpResponse.BodyHandlers.discarding())
                    .statusCode());
        } catch (ConnectException notThere) {
            return Optional.empty();
        } catch (IOException brokenOff) {
            return Optional.of(502);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(502);
        }
    }

    private static HttpRequest request(HttpExchange exchange, int port, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + exchange.getRequestURI()))
                .timeout(Duration.ofSeconds(14))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        for (String name : List.of("Content-Type", "X-Twilio-Signature")) {
            Optional.ofNullable(exchange.getRequestHeaders().getFirst(name))
                    .ifPresent(value -> request.header(name, value));
        }
        return request.build();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private record LastResponse(String task, int status) {}
}
