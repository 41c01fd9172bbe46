package io.hangupby.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.hangupby.HangUpBy;
import io.hangupby.HangUpByBuilder;
import io.hangupby.check.CheckReport.Line;
import io.hangupby.check.CheckReport.Status;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The check's own request, by a proxy into the container of this run. */
@Timeout(60)
class CheckedWayTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private HttpServer proxy;

    @BeforeEach
    void start() throws IOException {
        proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.setExecutor(Executors.newCachedThreadPool());
        proxy.start();
    }

    @AfterEach
    void stop() {
        proxy.stop(0);
    }

    @Test
    void ends_in_the_servlet_once() throws Exception {
        try (HangUpBy hangUpBy = hangUpBy(HangUpBy.builder().publicUrl(publicUrl("/hangupby")));
                Container.Running container = Container.ofThisRun().start(context -> mount(context, hangUpBy))) {
            assertThat(way(hangUpBy, container).status()).isEqualTo(Status.OK);
        }
    }

    @Test
    void shows_a_filter_that_has_read_the_body() throws Exception {
        try (HangUpBy hangUpBy = hangUpBy(HangUpBy.builder().publicUrl(publicUrl("/hangupby")));
                Container.Running container = Container.ofThisRun().start(context -> {
                    inFront(context, (request, response, chain) -> {
                        request.getInputStream().readAllBytes();
                        chain.doFilter(request, response);
                    });
                    mount(context, hangUpBy);
                })) {
            Line line = way(hangUpBy, container);

            assertThat(line.status()).isEqualTo(Status.WRONG);
            assertThat(line.seen()).contains("a filter of the application read the body before hangupby");
        }
    }

    @Test
    void shows_where_the_servlet_is_mounted_if_a_login_guards_the_public_urls_path() throws Exception {
        try (HangUpBy hangUpBy = hangUpBy(HangUpBy.builder().publicUrl(publicUrl("/twilio/hangupby")));
                Container.Running container = Container.ofThisRun().start(context -> {
                    inFront(context, (request, response, chain) -> {
                        if (((HttpServletRequest) request).getRequestURI().startsWith("/hangupby/")) {
                            chain.doFilter(request, response);
                        } else {
                            ((HttpServletResponse) response).setStatus(401);
                        }
                    });
                    mount(context, hangUpBy);
                })) {
            Line line = way(hangUpBy, container);

            assertThat(line.status()).isEqualTo(Status.WRONG);
            assertThat(line.seen())
                    .endsWith("hangupby is mounted at /hangupby, and the public URL has the path /twilio/hangupby.");
            assertThat(line.remedy()).startsWith("Set hangupby.public-url=" + publicUrl("/hangupby") + ",");
        }
    }

    @Test
    void passes_the_filter_and_ends_in_the_applications_own_handler() throws Exception {
        Line line = throughTheFilter(204);

        assertThat(line.status()).as(line.toString()).isEqualTo(Status.OK);
        assertThat(line.seen())
                .isEqualTo("A signed request to " + publicUrl("/own") + " arrived in this application, once.");
    }

    @Test
    void shows_a_handler_that_rejects_what_it_does_not_know() throws Exception {
        Line line = throughTheFilter(500);

        assertThat(line.status()).as(line.toString()).isEqualTo(Status.WARN);
        assertThat(line.seen()).contains("the application's own handler responded 500");
    }

    private Line throughTheFilter(int status) throws Exception {
        try (HangUpBy hangUpBy = hangUpBy(HangUpBy.builder());
                Container.Running container = Container.ofThisRun().start(context -> {
                    inFront(context, new HangUpByFilter(hangUpBy, publicUrl("/own")));
                    context.addServlet("own", new OwnHandler(status)).addMapping("/own");
                })) {
            return way(hangUpBy, container);
        }
    }

    private static void mount(ServletContext context, HangUpBy hangUpBy) {
        ServletRegistration.Dynamic servlet = context.addServlet("hangupby", new HangUpByServlet(hangUpBy));
        servlet.setAsyncSupported(true);
        servlet.addMapping("/hangupby/*");
    }

    private static void inFront(ServletContext context, Filter filter) {
        FilterRegistration.Dynamic registered = context.addFilter("in-front", filter);
        registered.setAsyncSupported(true);
        registered.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
    }

    private Line way(HangUpBy hangUpBy, Container.Running container) {
        proxy.createContext("/", exchange -> pass(exchange, container.port()));
        return hangUpBy.check().lines().stream()
                .filter(line -> line.check().equals("public-url"))
                .findFirst()
                .orElseThrow();
    }

    private static void pass(HttpExchange exchange, int port) throws IOException {
        try (exchange) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + port + exchange.getRequestURI()))
                    .header("Content-Type", exchange.getRequestHeaders().getFirst("Content-Type"))
                    .header("X-Twilio-Signature", exchange.getRequestHeaders().getFirst("X-Twilio-Signature"))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(
                            exchange.getRequestBody().readAllBytes()))
                    .build();
            HttpResponse<byte[]> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray());
            exchange.sendResponseHeaders(
                    response.statusCode(), response.body().length == 0 ? -1 : response.body().length);
            exchange.getResponseBody().write(response.body());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private String publicUrl(String path) {
        return "http://127.0.0.1:" + proxy.getAddress().getPort() + path;
    }

    private static HangUpBy hangUpBy(HangUpByBuilder settings) {
        return settings.accountSid(Message.ACCOUNT)
                .authToken(Message.TOKEN)
                .twilio(api -> api.baseUrl("http://127.0.0.1:9"))
                .shutdownTimeout(Duration.ZERO)
                .build();
    }

    private static final class OwnHandler extends HttpServlet {
        private static final long serialVersionUID = 1;

        private final int status;

        OwnHandler(int status) {
            this.status = status;
        }

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            assertThat(request.getParameter("EventType")).isEqualTo("hangupby.check");
            response.setStatus(status);
        }
    }
}
