package io.hangupby.simulator.rest;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.jetty.http.DateGenerator;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves {@link RestApi} over HTTP; checks credentials, counts the calls and applies faults. */
final class ApiHandler extends Handler.Abstract {

    private static final Logger LOG = LoggerFactory.getLogger(ApiHandler.class);

    private static final int NO_RESPONSE_SECONDS = 60;

    private final RestApi api;
    private final FaultInjector faults;
    private final ApiCounters counters;
    private final Set<String> credentials;

    /**
     * @param credentials the credentials that are accepted, as {@code user:password}; if empty, all are accepted
     */
    ApiHandler(RestApi api, FaultInjector faults, ApiCounters counters, Set<String> credentials) {
        this.api = api;
        this.faults = faults;
        this.counters = counters;
        this.credentials = Set.copyOf(credentials);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws IOException {
        ApiRequest apiRequest = read(request);
        ApiRoute.Match match = ApiRoute.of(apiRequest.method(), apiRequest.path());
        Optional<String> taskSid = api.taskOf(match, apiRequest);
        Runnable ended = counters.called(match.route().operation(), taskSid);
        taskSid.ifPresent(api::beforeRequest);
        Exchange exchange = new Exchange(request, response, Callback.from(callback, ended), ended);
        if (!isAuthorized(apiRequest)) {
            counters.rejected();
            send(exchange, ApiResponse.error(401, 20003, "Authenticate"));
            return true;
        }
        Optional<Fault> fault = faults.pick(match.route().operation(), taskSid);
        LOG.debug(
                "{} {} {}",
                apiRequest.method(),
                apiRequest.path(),
                fault.map(Fault::toString).orElse(""));
        if (fault.isPresent()) {
            apply(fault.get(), exchange, match, apiRequest);
        } else {
            send(exchange, api.respond(match, apiRequest));
        }
        return true;
    }

    private void apply(Fault fault, Exchange exchange, ApiRoute.Match match, ApiRequest apiRequest) throws IOException {
        switch (fault.kind()) {
            case NONE -> send(exchange, api.respond(match, apiRequest));
            case TOO_MANY_REQUESTS -> send(exchange, tooManyRequests(fault.duration()));
            case BAD_REQUEST -> send(exchange, ApiResponse.error(400, 20001, "Invalid parameters"));
            case UNAUTHORIZED -> send(exchange, ApiResponse.error(401, 20003, "Authenticate"));
            case FORBIDDEN -> send(exchange, ApiResponse.error(403, 20003, "Permission denied"));
            case NOT_FOUND -> send(exchange, ApiResponse.notFound(apiRequest.path()));
            case CHANGED_MEANWHILE -> send(exchange, ApiResponse.changedMeanwhile());
            case SERVER_ERROR -> send(exchange, serverError());
            case UNAVAILABLE ->
                send(exchange, ApiResponse.error(503, 20503, "Service is unavailable. Please try again"));
            case UNAVAILABLE_HTML -> send(exchange, ApiResponse.html(503));
            case NO_RESPONSE -> withoutResponse(exchange);
            case APPLIED_THEN_NO_RESPONSE -> {
                api.respond(match, apiRequest);
                withoutResponse(exchange);
            }
            case RESET -> reset(exchange);
            case SLOW -> later(exchange, fault.duration(), () -> api.respond(match, apiRequest));
            case APPLIED_THEN_SLOW -> {
                ApiResponse response = api.respond(match, apiRequest);
                later(exchange, fault.duration(), () -> response);
            }
            case APPLIED_THEN_RESET -> {
                api.respond(match, apiRequest);
                reset(exchange);
            }
            case APPLIED_THEN_SERVER_ERROR -> {
                api.respond(match, apiRequest);
                send(exchange, serverError());
            }
            case HTML -> send(exchange, ApiResponse.html(200));
            case TRUNCATED -> sendHalf(exchange, api.respond(match, apiRequest));
        }
    }

    private static ApiResponse serverError() {
        return ApiResponse.error(500, 20500, "An internal server error has occurred");
    }

    private static ApiResponse tooManyRequests(Duration retryAfter) {
        Map<String, String> headers =
                retryAfter.isZero() ? Map.of() : Map.of("Retry-After", Long.toString(retryAfter.toSeconds()));
        return ApiResponse.error(429, 20429, "Too Many Requests", headers);
    }

    /** Closes the connection after a time in which any client has given up. */
    private static void withoutResponse(Exchange exchange) {
        exchange.request()
                .getComponents()
                .getScheduler()
                .schedule(
                        () -> {
                            endPoint(exchange).close();
                            exchange.callback().failed(new EofException("no response because of a fault"));
                        },
                        NO_RESPONSE_SECONDS,
                        TimeUnit.SECONDS);
    }

    private void later(Exchange exchange, Duration delay, Supplier<ApiResponse> response) {
        exchange.request()
                .getComponents()
                .getScheduler()
                .schedule(() -> send(exchange, response.get()), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Counts the call as ended before it is: a client may make the next call before the callback has run. */
    private void send(Exchange exchange, ApiResponse response) {
        byte[] body = head(exchange, response);
        exchange.ended().run();
        exchange.response().write(true, ByteBuffer.wrap(body), exchange.callback());
    }

    private void sendHalf(Exchange exchange, ApiResponse response) {
        byte[] body = head(exchange, response);
        ByteBuffer half = ByteBuffer.wrap(body, 0, body.length / 2);
        exchange.response()
                .write(
                        false,
                        half,
                        Callback.from(
                                exchange.callback(), () -> endPoint(exchange).close()));
    }

    /** Sets the status and the headers, and returns the body. */
    private byte[] head(Exchange exchange, ApiResponse apiResponse) {
        counters.responded(apiResponse.status());
        byte[] body = apiResponse.body().getBytes(StandardCharsets.UTF_8);
        Response response = exchange.response();
        response.setStatus(apiResponse.status());
        response.getHeaders().put(HttpHeader.DATE, DateGenerator.formatDate(api.now()));
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, apiResponse.contentType());
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        apiResponse.headers().forEach((name, value) -> response.getHeaders().put(name, value));
        return body;
    }

    /** Closes without lingering, so that the client sees a reset. */
    private static void reset(Exchange exchange) throws IOException {
        EndPoint endPoint = endPoint(exchange);
        if (endPoint.getTransport() instanceof SocketChannel channel) {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        }
        endPoint.close();
        exchange.callback().failed(new EofException("reset because of a fault"));
    }

    private static EndPoint endPoint(Exchange exchange) {
        return exchange.request().getConnectionMetaData().getConnection().getEndPoint();
    }

    private static ApiRequest read(Request request) throws IOException {
        String body = Content.Source.asString(request, StandardCharsets.UTF_8);
        return new ApiRequest(
                request.getMethod(),
                request.getHttpURI().getPath(),
                ApiRequest.decode(
                        Optional.ofNullable(request.getHttpURI().getQuery()).orElse("")),
                ApiRequest.decode(body),
                Optional.ofNullable(request.getHeaders().get(HttpHeader.IF_MATCH)),
                Optional.ofNullable(request.getHeaders().get(HttpHeader.AUTHORIZATION)));
    }

    private boolean isAuthorized(ApiRequest apiRequest) {
        return apiRequest
                .authorization()
                .filter(header -> header.regionMatches(true, 0, "Basic ", 0, 6))
                .map(header -> header.substring(6).strip())
                .filter(encoded -> credentials.isEmpty() || isKnown(encoded))
                .isPresent();
    }

    private boolean isKnown(String encoded) {
        return credentials.stream()
                .map(each -> Base64.getEncoder().encodeToString(each.getBytes(StandardCharsets.UTF_8)))
                .anyMatch(encoded::equals);
    }

    private record Exchange(Request request, Response response, Callback callback, Runnable ended) {}
}
