package io.hangupby.internal.twilio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.hangupby.call.AccountSid;
import io.hangupby.call.TaskRef;
import io.hangupby.call.TaskSid;
import io.hangupby.call.WorkspaceSid;
import io.hangupby.internal.attributes.TaskAttributes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateLimitHeadersTest {
    private static final AccountSid ACCOUNT = new AccountSid("AC" + "1".repeat(32));
    private static final TaskRef TASK =
            new TaskRef(ACCOUNT, new WorkspaceSid("WS" + "2".repeat(32)), new TaskSid("WT" + "3".repeat(32)));

    @Test
    void an_update_says_what_remains_of_the_accounts_limit() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = "{\"attributes\":\"{}\"}".getBytes(UTF_8);
            exchange.getResponseHeaders().add("ETag", "\"7\"");
            exchange.getResponseHeaders().add("x-rate-limit-limit", "20");
            exchange.getResponseHeaders().add("x-rate-limit-remaining", "3");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        URI address = URI.create("http://localhost:" + server.getAddress().getPort());
        try (TwilioGateway gateway = new TwilioJavaGateway(
                ACCOUNT,
                ACCOUNT.value(),
                "token",
                1,
                TwilioHosts.at(address),
                TwilioJavaGatewayTest.EVENTS,
                TwilioJavaGatewayTest.CLOCK)) {
            assertThat(gateway.updateTask(TASK, TaskAttributes.of("{}"), "6"))
                    .isEqualTo(new TaskUpdate.Applied(Optional.of("\"7\""), Optional.of(new RateLimit(20, 3))));
        } finally {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @CsvSource({"20, ", ", 3", "0, 0", "many, 3", "20, -1", "12345678901, 3"})
    void anything_but_two_numbers_says_nothing(String limit, String remaining) {
        Map<String, String> headers = new HashMap<>();
        if (limit != null) {
            headers.put("X-Rate-Limit-Limit", limit);
        }
        if (remaining != null) {
            headers.put("X-Rate-Limit-Remaining", remaining);
        }

        assertThat(RateLimit.of(headers)).isEmpty();
    }
}
