package io.hangupby;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.withSettings;

import com.sun.net.httpserver.HttpServer;
import io.hangupby.micrometer.MicrometerTelemetry;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.TwilioSimulator;
import io.hangupby.simulator.account.Agent;
import io.hangupby.webhook.MalformedEventException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** hangupby without HTTP: another program receives what Twilio sends, and puts it into a queue. */
class QueueConsumerTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final TwilioSimulator twilio = TwilioSimulator.builder().start();
    private final Agent ann = twilio.browserAgent("Ann");
    private final BlockingQueue<byte[]> queue = new LinkedBlockingQueue<>();
    private final BlockingQueue<byte[]> deadLetters = new LinkedBlockingQueue<>();
    private final HttpServer receiver = receiver();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private HttpServer receiver() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                queue.add(exchange.getRequestBody().readAllBytes());
                exchange.sendResponseHeaders(204, -1);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void close() {
        receiver.stop(0);
        twilio.close();
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/");
    }

    private HangUpByBuilder settings() {
        return HangUpBy.builder()
                .accountSid(twilio.accountSid())
                .authToken(twilio.authToken())
                .twilio(t -> t.baseUrl(twilio.baseUrl().toString()))
                .telemetry(MicrometerTelemetry.of(meters));
    }

    private double counted(String outcome) {
        return meters.get("hangupby.events").tag("outcome", outcome).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private SimulatedCall customerHangsUp() {
        SimulatedCall call = twilio.inboundCall().waitsInQueue().accepts(ann).customerHangsUp();
        twilio.delivery().awaitQuiet(SOON);
        return call;
    }

    @Test
    void decides_on_what_event_streams_put_into_a_queue() throws Exception {
        twilio.eventStream(address(), "https://hooks.example.com/");
        try (HangUpBy hangUpBy = settings().build()) {
            SimulatedCall call = customerHangsUp();
            takeAll(new QueueConsumer(queue, deadLetters, hangUpBy));

            call.task().awaitHangUpBy("customer", SOON);
        }
        assertThat(deadLetters.size()).isZero();
    }

    @Test
    void has_redelivered_what_the_database_cannot_keep_and_puts_aside_what_is_no_event() throws Exception {
        twilio.eventStream(address(), "https://hooks.example.com/");
        AtomicBoolean isDown = new AtomicBoolean();
        try (HangUpBy hangUpBy = settings()
                .jdbc(unsteady(isDown), jdbc -> jdbc.createTables(true))
                .build()) {
            QueueConsumer consumer = new QueueConsumer(queue, deadLetters, hangUpBy);
            SimulatedCall call = customerHangsUp();
            int events = queue.size();
            queue.add("[{\"type\":\"com.twilio.taskrouter.task.wrapup\"}]".getBytes(UTF_8));

            isDown.set(true);
            for (int i = 0; i < events; i++) {
                consumer.takeOne();
            }
            // Without an update of a task that no agent has in wrap-up, and with the event that nobody has taken yet.
            assertThat(queue.size()).isEqualTo(events);
            double refused = counted("rejected");
            assertThat(refused).isGreaterThanOrEqualTo(events - 1);
            assertThat(counted("kept")).isZero();
            isDown.set(false);
            takeAll(consumer);
            assertThat(counted("rejected")).isEqualTo(refused);
            // Our own write can come back in time to be taken, too.
            assertThat(counted("kept")).isBetween(refused, refused + 1);
            assertThat(counted("ignored")).isPositive();
            assertThat(counted("malformed")).isEqualTo(1);

            call.task().awaitHangUpBy("customer", SOON);
        }
        assertThat(deadLetters.size()).isEqualTo(1);
    }

    @Test
    void decides_on_the_parameters_of_callbacks() throws Exception {
        twilio.callback(address(), "https://hooks.example.com/");
        twilio.conferenceCallback(address(), "https://hooks.example.com/");
        try (HangUpBy hangUpBy = settings().build()) {
            SimulatedCall call = customerHangsUp();
            int ofUse = 0;
            while (!queue.isEmpty()) {
                ofUse += hangUpBy.acceptCallback(parameters(queue.take())) ? 1 : 0;
            }

            call.task().awaitHangUpBy("customer", SOON);
            // The conference's callbacks say all, so that the task is read and written, and nothing else is requested.
            assertThat(twilio.counters().totalOfTask(call.taskSid())).isEqualTo(2);
            assertThat(ofUse).isGreaterThan(6);
        }
    }

    @Test
    void says_what_is_of_no_use_and_what_is_malformed() {
        try (HangUpBy hangUpBy = settings().workspaceSid("WS" + "b".repeat(32)).build()) {
            Map<String, String> wrapUp = new HashMap<>(Map.of(
                    "EventType",
                    "task.wrapup",
                    "AccountSid",
                    twilio.accountSid(),
                    "WorkspaceSid",
                    "WS" + "b".repeat(32),
                    "TaskSid",
                    "WT" + "c".repeat(32),
                    "TaskChannelUniqueName",
                    "voice",
                    "Timestamp",
                    "1790000000"));
            assertThat(hangUpBy.acceptCallback(wrapUp)).isTrue();
            assertThat(hangUpBy.acceptCallback(with(wrapUp, "EventType", "task.updated")))
                    .isFalse();
            assertThat(hangUpBy.acceptCallback(with(wrapUp, "WorkspaceSid", "WS" + "d".repeat(32))))
                    .isFalse();
            assertThat(hangUpBy.acceptCallback(with(wrapUp, "AccountSid", "AC" + "d".repeat(32))))
                    .isFalse();
            assertThatThrownBy(() -> hangUpBy.acceptCallback(with(wrapUp, "TaskSid", "canary")))
                    .isInstanceOf(MalformedEventException.class)
                    .hasMessage("TaskSid is missing or malformed");
            assertThat(hangUpBy.acceptCloudEvents("{\"type\":\"com.twilio.voice.call\"}".getBytes(UTF_8)))
                    .isFalse();
            assertThatThrownBy(() -> hangUpBy.acceptCloudEvents("canary".getBytes(UTF_8)))
                    .isInstanceOf(MalformedEventException.class)
                    .hasMessage("the body is not valid JSON");
            // What is not ours, or is no event, is none of those that Twilio sent us.
            assertThat(counted("kept")).isEqualTo(1);
            assertThat(counted("ignored")).isEqualTo(1);
            assertThat(counted("malformed")).isEqualTo(1);
        }
    }

    @Test
    void is_the_listing_in_the_docs() throws IOException {
        String source = Files.readString(Path.of("src/test/java/io/hangupby/QueueConsumer.java"));
        String listing = "import io.hangupby.HangUpBy;\n" + source.substring(source.indexOf("import "));

        assertThat(Files.readString(Path.of("../docs/getting-started/own-queue.md")))
                .contains("```java\n" + listing + "```\n");
    }

    private static Map<String, String> with(Map<String, String> parameters, String name, String value) {
        Map<String, String> changed = new HashMap<>(parameters);
        changed.put(name, value);
        return changed;
    }

    private void takeAll(QueueConsumer consumer) throws InterruptedException {
        while (!queue.isEmpty()) {
            consumer.takeOne();
        }
    }

    private static Map<String, String> parameters(byte[] form) {
        Map<String, String> parameters = new HashMap<>();
        Arrays.stream(new String(form, UTF_8).split("&")).forEach(pair -> {
            String[] parts = pair.split("=", 2);
            parameters.put(URLDecoder.decode(parts[0], UTF_8), URLDecoder.decode(parts[1], UTF_8));
        });
        return parameters;
    }

    /** Returns a database that can be out of reach. */
    private static DataSource unsteady(AtomicBoolean isDown) {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        return mock(DataSource.class, withSettings().stubOnly().defaultAnswer(call -> {
            if (isDown.get()) {
                throw new SQLException("out of reach", "08001");
            }
            return delegatesTo(database).answer(call);
        }));
    }
}
