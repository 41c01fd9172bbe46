package io.hangupby.simulator.rest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HeaderElements;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.io.HttpRequestHandler;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves {@link RestApi} over HTTP; checks credentials, counts the calls and applies faults. An {@link IOException} that it throws
 * ends the connection without a response. Thread-safe.
 */
final class ApiHandler implements HttpRequestHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ApiHandler.class);

    /** A time in which any client has given up. */
    private static final Duration NO_RESPONSE = Duration.ofSeconds(60);

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final RestApi api;
    private final FaultInjector faults;
    private final ApiCounters counters;
    private final Set<String> credentials;
    private final CountDownLatch stopped = new CountDownLatch(1);

    /**
     * @param credentials the credentials that are accepted, as {@code user:password}; if empty, all are accepted
     */
    ApiHandler(RestApi api, FaultInjector faults, ApiCounters counters, Set<String> credentials) {
        this.api = api;
        this.faults = faults;
        this.counters = counters;
        this.credentials = Set.copyOf(credentials);
    }

    /** Breaks off the responses that are being delayed. */
    void stop() {
        stopped.countDown();
    }

    @Override
    public void handle(ClassicHttpRequest request, ClassicHttpResponse response, HttpContext context)
            throws IOException, ParseException {
        ApiRequest apiRequest = read(request);
        ApiRoute.Match match = ApiRoute.of(apiRequest.method(), apiRequest.path());
        Optional<String> taskSid = api.taskOf(match, apiRequest);
        Runnable ended = counters.called(match.route().operation(), taskSid);
        try {
            taskSid.ifPresent(api::beforeRequest);
            respond(new Exchange(match, apiRequest, taskSid, response));
        } finally {
            // Before the client can see the response: it may make the next call at once.
            ended.run();
        }
    }

    private void respond(Exchange exchange) throws IOException {
        ApiRequest request = exchange.request();
        if (!isAuthorized(request)) {
            counters.rejected();
            send(exchange, ApiResponse.error(401, 20003, "Authenticate"));
            return;
        }
        Fault fault = faults.pick(exchange.operation(), exchange.taskSid()).orElse(Fault.none());
        LOG.debug("{} {} {}", request.method(), request.path(), fault);
        apply(fault, exchange);
    }

    private void apply(Fault fault, Exchange exchange) throws IOException {
        switch (fault.kind()) {
            case NONE -> send(exchange, responseTo(exchange));
            case TOO_MANY_REQUESTS -> send(exchange, tooManyRequests(fault.duration()));
            case BAD_REQUEST -> send(exchange, ApiResponse.error(400, 20001, "Invalid parameters"));
            case UNAUTHORIZED -> send(exchange, ApiResponse.error(401, 20003, "Authenticate"));
            case FORBIDDEN -> send(exchange, ApiResponse.error(403, 20003, "Permission denied"));
            case NOT_FOUND ->
                send(exchange, ApiResponse.notFound(exchange.request().path()));
            case CHANGED_MEANWHILE -> send(exchange, ApiResponse.changedMeanwhile());
            case SERVER_ERROR -> send(exchange, serverError());
            case UNAVAILABLE ->
                send(exchange, ApiResponse.error(503, 20503, "Service is unavailable. Please try again"));
            case UNAVAILABLE_HTML -> send(exchange, ApiResponse.html(503));
            case NO_RESPONSE -> withoutResponse();
            case APPLIED_THEN_NO_RESPONSE -> {
                responseTo(exchange);
                withoutResponse();
            }
            case RESET -> throw reset();
            case SLOW -> {
                pause(fault.duration());
                send(exchange, responseTo(exchange));
            }
            case APPLIED_THEN_SLOW -> {
                ApiResponse response = responseTo(exchange);
                pause(fault.duration());
                send(exchange, response);
            }
            case APPLIED_THEN_RESET -> {
                responseTo(exchange);
                throw reset();
            }
            case APPLIED_THEN_SERVER_ERROR -> {
                responseTo(exchange);
                send(exchange, serverError());
            }
            case HTML -> send(exchange, ApiResponse.html(200));
            case TRUNCATED -> sendHalf(exchange, responseTo(exchange));
        }
    }

    private ApiResponse responseTo(Exchange exchange) {
        return api.respond(exchange.match(), exchange.request());
    }

    private static ApiResponse serverError() {
        return ApiResponse.error(500, 20500, "An internal server error has occurred");
    }

    private static ApiResponse tooManyRequests(Duration retryAfter) {
        Map<String, String> headers =
                retryAfter.isZero() ? Map.of() : Map.of("Retry-After", Long.toString(retryAfter.toSeconds()));
        return ApiResponse.error(429, 20429, "Too Many Requests", headers);
    }

    private void withoutResponse() throws IOException {
        pause(NO_RESPONSE);
        throw new IOException("no response because of a fault");
    }

    private void pause(Duration time) throws IOException {
        try {
            if (stopped.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IOException("the simulator has stopped");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the simulator has stopped", e);
        }
    }

    private static IOException reset() {
        return new IOException("reset because of a fault");
    }

    private void send(Exchange exchange, ApiResponse apiResponse) {
        counters.responded(exchange.operation(), exchange.taskSid(), apiResponse.status());
        ClassicHttpResponse response = exchange.response();
        response.setCode(apiResponse.status());
        response.setHeader(HttpHeaders.DATE, HTTP_DATE.format(api.now()));
        apiResponse.headers().forEach(response::setHeader);
        response.setEntity(new ByteArrayEntity(
                apiResponse.body().getBytes(StandardCharsets.UTF_8), ContentType.parse(apiResponse.contentType())));
    }

    private void sendHalf(Exchange exchange, ApiResponse apiResponse) {
        send(exchange, apiResponse);
        exchange.response().setHeader(HttpHeaders.CONNECTION, HeaderElements.CLOSE);
        exchange.response().setEntity(new Half(exchange.response().getEntity(), apiResponse.body()));
    }

    private static ApiRequest read(ClassicHttpRequest request) throws IOException, ParseException {
        String[] pathAndQuery = request.getRequestUri().split("\\?", 2);
        return new ApiRequest(
                request.getMethod(),
                pathAndQuery[0],
                ApiRequest.decode(pathAndQuery.length > 1 ? pathAndQuery[1] : ""),
                ApiRequest.decode(body(request)),
                header(request, HttpHeaders.IF_MATCH),
                header(request, HttpHeaders.AUTHORIZATION));
    }

    private static String body(ClassicHttpRequest request) throws IOException, ParseException {
        HttpEntity entity = request.getEntity();
        return entity == null ? "" : EntityUtils.toString(entity, StandardCharsets.UTF_8);
    }

    private static Optional<String> header(ClassicHttpRequest request, String name) {
        return Optional.ofNullable(request.getFirstHeader(name)).map(Header::getValue);
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

    /** A request, the task that it is about, and where its response is written. */
    private record Exchange(
            ApiRoute.Match match, ApiRequest request, Optional<String> taskSid, ClassicHttpResponse response) {

        ApiOperation operation() {
            return match.route().operation();
        }
    }

    /** Promises a whole body, and writes half of it. */
    private static final class Half extends HttpEntityWrapper {

        private final byte[] body;

        Half(HttpEntity whole, String text) {
            super(whole);
            this.body = text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            out.write(body, 0, body.length / 2);
        }
    }
}
