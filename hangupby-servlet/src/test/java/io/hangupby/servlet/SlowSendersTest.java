package io.hangupby.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doNothing;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;

import io.hangupby.HangUpBy;
import io.hangupby.simulator.TwilioSimulator;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests whose bodies arrive slowly, at a server with few threads. */
class SlowSendersTest {
    private static final String ACCOUNT = TwilioSimulator.DEFAULT_ACCOUNT_SID;
    private static final String TOKEN = TwilioSimulator.DEFAULT_AUTH_TOKEN;
    private static final String BODY = "AccountSid=" + ACCOUNT + "&EventType=worker.created";
    private static final int THREADS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final HangUpBy hangUpBy = HangUpBy.builder()
            .accountSid(ACCOUNT)
            .authToken(TOKEN)
            .publicUrl(CallCentre.PUBLIC_URL)
            .build();
    private final Server server = new Server(new QueuedThreadPool(THREADS));
    private final ServerConnector connector = new ServerConnector(server, 1, 1);

    @AfterEach
    void stop() {
        LifeCycle.stop(server);
        hangUpBy.close();
    }

    private void start(Duration deadline, boolean async) throws Exception {
        start(deadline, async, (request, response, chain) -> chain.doFilter(request, response));
    }

    private void start(Duration deadline, boolean async, Filter before) throws Exception {
        ServletHolder servlet = new ServletHolder(new HangUpByServlet(hangUpBy, deadline, BodyBudget.ofThisHeap()));
        servlet.setAsyncSupported(async);
        ServletContextHandler context = new ServletContextHandler();
        context.addServlet(servlet, "/hangupby/*");
        FilterHolder filter = new FilterHolder(before);
        filter.setAsyncSupported(true);
        context.addFilter(filter, "/*", EnumSet.of(DispatcherType.REQUEST));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(context);
        server.start();
    }

    /** Faults of a slow request. */
    enum Fault {
        NONE,
        UNSIGNED,
        OTHER_PATH,
        FORGED
    }

    @ParameterizedTest
    @EnumSource(names = {"NONE", "FORGED"})
    void slow_requests_hold_no_thread(Fault fault) throws Exception {
        start(LONG, true);
        List<Client> slow = new ArrayList<>();
        for (int i = 0; i < 3 * THREADS; i++) {
            slow.add(client().send(head(fault, "Content-Length: " + BODY.length())));
        }
        for (int sent = 0; sent < 10; sent++) {
            for (Client sender : slow) {
                sender.send(BODY.substring(sent, sent + 1));
            }
            assertThat(client().send(head(Fault.NONE, "Content-Length: " + BODY.length()) + BODY)
                            .status())
                    .hasValue("204");
        }
        for (Client sender : slow) {
            assertThat(sender.send(BODY.substring(10)).status()).hasValue(fault == Fault.NONE ? "204" : "403");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NONE", "FORGED"})
    void slow_requests_are_rejected_at_their_deadline(Fault fault) throws Exception {
        start(SHORT, true);
        Client sender = client().send(head(fault, "Content-Length: " + BODY.length()) + BODY.substring(1));
        assertThat(sender.status()).hasValue("408");
        assertThat(sender.rest()).contains("{\"error\":\"the body did not arrive in time\"}");
        assertThat(sender.rest()).isEmpty();
    }

    @Test
    void a_sender_that_ends_early_gets_a_response() throws Exception {
        start(LONG, true);
        Client sender = client().send(head(Fault.NONE, "Content-Length: " + BODY.length()) + BODY.substring(1));
        sender.socket.shutdownOutput();
        assertThat(sender.status()).hasValue("400");
        assertThat(sender.rest()).doesNotContain("xception", "Eof", "jetty");
    }

    @Test
    void a_slow_body_may_be_chunked() throws Exception {
        start(LONG, true);
        Client sender = client().send(head(Fault.NONE, "Transfer-Encoding: chunked"));
        for (String piece : List.of(BODY.substring(0, 7), BODY.substring(7, 8), BODY.substring(8))) {
            sender.send(Integer.toHexString(piece.length()) + "\r\n" + piece + "\r\n");
        }
        assertThat(sender.send("0\r\n\r\n").status()).hasValue("204");
    }

    @Test
    void a_chunked_body_is_rejected_at_the_limit() throws Exception {
        start(LONG, true);
        Client sender = client().send(head(Fault.NONE, "Transfer-Encoding: chunked"));
        sender.sendUnlessStopped("10000\r\n" + "x".repeat(0x10000) + "\r\n", 17);
        assertThat(sender.status()).hasValue("413");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_sender_may_wait_for_100_continue(boolean async) throws Exception {
        start(LONG, async);
        Client sender = client().send(head(Fault.NONE, "Expect: 100-continue\r\nContent-Length: " + BODY.length()));
        assertThat(sender.status()).hasValue("100");
        assertThat(sender.send(BODY).status()).hasValue("204");
    }

    @ParameterizedTest
    @EnumSource(names = {"UNSIGNED", "OTHER_PATH"})
    void a_rejected_request_gets_no_100_continue(Fault fault) throws Exception {
        start(LONG, true);
        Client sender = client().send(head(fault, "Expect: 100-continue\r\nContent-Length: " + BODY.length()));
        assertThat(sender.status())
                .hasValueSatisfying(status -> assertThat(status).isIn("403", "404"));
    }

    @Test
    void slow_requests_are_received_without_async_support() throws Exception {
        start(LONG, false);
        Client sender = client().send(head(Fault.NONE, "Content-Length: " + BODY.length()) + BODY.substring(0, 9));
        assertThat(client().send(head(Fault.NONE, "Content-Length: " + BODY.length()) + BODY)
                        .status())
                .hasValue("204");
        assertThat(sender.send(BODY.substring(9)).status()).hasValue("204");
    }

    @Test
    void a_filter_may_have_received_the_body() throws Exception {
        start(LONG, true, (request, response, chain) -> {
            byte[] body = request.getInputStream().readAllBytes();
            chain.doFilter(
                    new HttpServletRequestWrapper((HttpServletRequest) request) {
                        @Override
                        public ServletInputStream getInputStream() {
                            return buffered(body);
                        }
                    },
                    response);
        });
        Client sender = client().send(head(Fault.NONE, "Content-Length: " + BODY.length()) + BODY.substring(0, 9));
        assertThat(sender.send(BODY.substring(9)).status()).hasValue("204");
    }

    /** Returns a stream as in many applications: it never notifies a read listener. */
    private static ServletInputStream buffered(byte[] body) {
        ByteArrayInputStream bytes = new ByteArrayInputStream(body);
        ServletInputStream stream = mock(ServletInputStream.class, delegatesTo(bytes));
        doAnswer(call -> bytes.available() == 0).when(stream).isFinished();
        doReturn(true).when(stream).isReady();
        doNothing().when(stream).setReadListener(any());
        return stream;
    }

    @Test
    void a_request_may_have_no_body() throws Exception {
        start(LONG, true);
        assertThat(client().send(head(Fault.NONE, "X-Nothing: follows")).status())
                .hasValue("403");
        assertThat(client().send(head(Fault.NONE, "Content-Length: 0")).status())
                .hasValue("403");
    }

    private static String head(Fault fault, String headers) {
        String path = fault == Fault.OTHER_PATH ? "/hangupby/elsewhere" : "/hangupby/taskrouter";
        return Stream.of(
                        Optional.of("POST " + path + " HTTP/1.1"),
                        Optional.of("Host: localhost"),
                        Optional.of("Content-Type: application/x-www-form-urlencoded"),
                        signature(fault).map(signature -> "X-Twilio-Signature: " + signature),
                        Optional.of(headers))
                .flatMap(Optional::stream)
                .reduce("", (before, line) -> before + line + "\r\n")
                .concat("\r\n");
    }

    private static Optional<String> signature(Fault fault) {
        String key = fault == Fault.FORGED ? "somebody-elses" : TOKEN;
        return Optional.of(Message.signature(key, CallCentre.PUBLIC_URL + "/taskrouter", BODY))
                .filter(signature -> fault != Fault.UNSIGNED);
    }

    private Client client() throws IOException {
        return new Client(new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort()));
    }

    private static final class Client {
        private final Socket socket;
        private final BufferedReader response;

        Client(Socket socket) throws IOException {
            this.socket = socket;
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) PATIENCE.toMillis());
            response = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
        }

        Client send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(UTF_8));
            return this;
        }

        void sendUnlessStopped(String text, int times) {
            try {
                for (int i = 0; i < times; i++) {
                    send(text);
                }
            } catch (IOException stopped) {
                assertThat(stopped).isNotNull();
            }
        }

        /** Returns the status, or empty if the connection ends without a response. */
        Optional<String> status() throws IOException {
            String line = response.readLine();
            if (line == null) {
                return Optional.empty();
            }
            String status = line.split(" ", 3)[1];
            if (status.equals("100")) {
                response.readLine();
            }
            return Optional.of(status);
        }

        /** Returns everything that arrives until the connection ends. */
        String rest() throws IOException {
            StringBuilder rest = new StringBuilder();
            for (int c = response.read(); c >= 0; c = response.read()) {
                rest.append((char) c);
            }
            return rest.toString();
        }
    }
}
