package io.hangupby.simulator;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
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

/** The API over HTTP: credentials, counting and faults around {@link RestApi}. */
final class ApiHandler extends Handler.Abstract {

    private static final Logger LOG = LoggerFactory.getLogger(ApiHandler.class);

    private static final int NO_ANSWER_SECONDS = 60;

    private final RestApi api;
    private final Faults faults;
    private final ApiCounters counters;
    private final Set<String> credentials;
    private final Clock clock;

    /**
     * @param credentials those that are let in, as {@code user:password}; empty lets in any
     * @param clock says the {@code Date} of responses
     */
    ApiHandler(RestApi api, Faults faults, ApiCounters counters, Set<String> credentials, Clock clock) {
        this.api = api;
        this.faults = faults;
        this.counters = counters;
        this.credentials = Set.copyOf(credentials);
        this.clock = clock;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws IOException {
        ApiRequest asked = read(request);
        Route.Match match = Route.of(asked.method(), asked.path());
        Optional<String> taskSid = api.taskOf(match, asked);
        counters.called(match.route().kind(), taskSid);
        taskSid.ifPresent(api::isAboutToBeAsked);
        Exchange exchange = new Exchange(request, response, callback);
        if (!isLetIn(asked)) {
            counters.refusedUnauthenticated();
            send(exchange, ApiReply.error(401, 20003, "Authenticate"));
            return true;
        }
        Optional<Fault> fault = faults.pick(match.route().kind(), taskSid);
        LOG.debug(
                "{} {} {}",
                asked.method(),
                asked.path(),
                fault.map(Fault::toString).orElse(""));
        if (fault.isPresent()) {
            answerWith(fault.get(), exchange, match, asked);
        } else {
            send(exchange, api.answer(match, asked));
        }
        return true;
    }

    private void answerWith(Fault fault, Exchange exchange, Route.Match match, ApiRequest asked) throws IOException {
        switch (fault.kind()) {
            case NONE -> send(exchange, api.answer(match, asked));
            case TOO_MANY_REQUESTS -> send(exchange, tooManyRequests(fault.duration()));
            case BAD_REQUEST -> send(exchange, ApiReply.error(400, 20001, "Invalid parameters"));
            case UNAUTHORIZED -> send(exchange, ApiReply.error(401, 20003, "Authenticate"));
            case FORBIDDEN -> send(exchange, ApiReply.error(403, 20003, "Permission denied"));
            case NOT_FOUND -> send(exchange, ApiReply.notFound(asked.path()));
            case CHANGED_MEANWHILE -> send(exchange, ApiReply.changedMeanwhile());
            case SERVER_ERROR -> send(exchange, serverError());
            case UNAVAILABLE -> send(exchange, ApiReply.error(503, 20503, "Service is unavailable. Please try again"));
            case UNAVAILABLE_HTML -> send(exchange, ApiReply.html(503));
            case NO_ANSWER -> unanswered(exchange);
            case APPLIED_THEN_NO_ANSWER -> {
                api.answer(match, asked);
                unanswered(exchange);
            }
            case RESET -> reset(exchange);
            case SLOW -> later(exchange, fault.duration(), match, asked);
            case APPLIED_THEN_RESET -> {
                api.answer(match, asked);
                reset(exchange);
            }
            case APPLIED_THEN_SERVER_ERROR -> {
                api.answer(match, asked);
                send(exchange, serverError());
            }
            case HTML -> send(exchange, ApiReply.html(200));
            case TRUNCATED -> sendHalf(exchange, api.answer(match, asked));
        }
    }

    private static ApiReply serverError() {
        return ApiReply.error(500, 20500, "An internal server error has occurred");
    }

    private static ApiReply tooManyRequests(Duration retryAfter) {
        Map<String, String> headers =
                retryAfter.isZero() ? Map.of() : Map.of("Retry-After", Long.toString(retryAfter.toSeconds()));
        return ApiReply.error(429, 20429, "Too Many Requests", headers);
    }

    /** Long enough for any client to give up, and then the connection goes. */
    private static void unanswered(Exchange exchange) {
        exchange.request()
                .getComponents()
                .getScheduler()
                .schedule(
                        () -> {
                            endPoint(exchange).close();
                            exchange.callback().failed(new EofException("not answered on order"));
                        },
                        NO_ANSWER_SECONDS,
                        TimeUnit.SECONDS);
    }

    private void later(Exchange exchange, Duration delay, Route.Match match, ApiRequest asked) {
        exchange.request()
                .getComponents()
                .getScheduler()
                .schedule(() -> send(exchange, api.answer(match, asked)), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void send(Exchange exchange, ApiReply reply) {
        byte[] body = head(exchange, reply);
        exchange.response().write(true, ByteBuffer.wrap(body), exchange.callback());
    }

    private void sendHalf(Exchange exchange, ApiReply reply) {
        byte[] body = head(exchange, reply);
        ByteBuffer half = ByteBuffer.wrap(body, 0, body.length / 2);
        exchange.response()
                .write(
                        false,
                        half,
                        Callback.from(
                                exchange.callback(), () -> endPoint(exchange).close()));
    }

    private byte[] head(Exchange exchange, ApiReply reply) {
        counters.answered(reply.status());
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        Response response = exchange.response();
        response.setStatus(reply.status());
        response.getHeaders().put(HttpHeader.DATE, DateGenerator.formatDate(clock.instant()));
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, reply.contentType());
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        reply.headers().forEach((name, value) -> response.getHeaders().put(name, value));
        return body;
    }

    /** Closes without lingering, so that the peer sees a reset and not an orderly end. */
    private static void reset(Exchange exchange) throws IOException {
        EndPoint endPoint = endPoint(exchange);
        if (endPoint.getTransport() instanceof SocketChannel channel) {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        }
        endPoint.close();
        exchange.callback().failed(new EofException("reset on order"));
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

    private boolean isLetIn(ApiRequest asked) {
        return asked.authorization()
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

    private record Exchange(Request request, Response response, Callback callback) {}
}
