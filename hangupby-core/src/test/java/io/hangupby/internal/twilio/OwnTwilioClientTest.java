package io.hangupby.internal.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.twilio.http.HttpClient;
import com.twilio.http.NetworkHttpClient;
import com.twilio.http.Request;
import com.twilio.http.Response;
import com.twilio.http.TwilioRestClient;
import io.hangupby.internal.attributes.TaskAttributes;
import io.hangupby.twilio.TwilioFailure;
import io.hangupby.twilio.TwilioFailure.Kind;
import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** All that is asked of our own client, asked of an application's; and the ways of its own that it may have. */
class OwnTwilioClientTest extends TwilioJavaGatewayTest {

    @Override
    TwilioGateway gateway(URI baseUrl, int connections) {
        HttpClientBuilder http = HttpClients.custom()
                .disableAutomaticRetries()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnPerRoute(connections)
                        .build());
        return through(new NetworkHttpClient(http), TwilioHosts.at(baseUrl));
    }

    private static TwilioGateway through(HttpClient http, TwilioHosts hosts) {
        TwilioRestClient theirs = new TwilioRestClient.Builder("another-key", "another-secret")
                .region("ie1")
                .edge("dublin")
                .httpClient(http)
                .build();
        return new TwilioJavaGateway(ACCOUNT, ACCOUNT.value(), TOKEN, theirs, 4, hosts, EVENTS, CLOCK);
    }

    @Nested
    class StrangeResponses extends StrangeResponsesTest {
        @Override
        TwilioGateway gateway(URI baseUrl) {
            return OwnTwilioClientTest.this.gateway(baseUrl, 4);
        }
    }

    @ParameterizedTest
    @CsvSource({", , dublin.ie1", "au1, , dublin.au1", ", sydney, sydney.ie1", "au1, sydney, sydney.au1"})
    void goes_to_the_clients_region_and_edge_unless_others_are_set(
            @Nullable String region, @Nullable String edge, String place) {
        List<String> hosts = new ArrayList<>();
        TwilioGateway twilio = through(
                new HttpClient() {
                    @Override
                    public Response makeRequest(Request request) {
                        hosts.add(request.constructURL().getHost());
                        return new Response("{}", 404);
                    }
                },
                new TwilioHosts(Optional.ofNullable(region), Optional.ofNullable(edge), Optional.empty()));

        assertThat(twilio.task(NO_TASK)).isEmpty();
        assertThat(twilio.call(NO_CALL)).isEmpty();
        assertThat(hosts).containsExactly("taskrouter." + place + ".twilio.com", "api." + place + ".twilio.com");
    }

    @ParameterizedTest
    @MethodSource
    void what_the_client_throws_after_it_sent_may_have_been_applied(Exception thrown, Kind kind) {
        TwilioGateway twilio = through(
                new HttpClient() {
                    @Override
                    public Response makeRequest(Request request) {
                        throw OwnTwilioClientTest.<RuntimeException>sneaky(thrown);
                    }
                },
                TwilioHosts.at(baseUrl()));

        assertThatExceptionOfType(TwilioFailure.class)
                .isThrownBy(() -> twilio.updateTask(NO_TASK, TaskAttributes.of("{}"), "\"0\""))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(kind))
                .satisfies(failure -> assertThat(failure.mayHaveBeenApplied()).isTrue());
    }

    static Stream<Arguments> what_the_client_throws_after_it_sent_may_have_been_applied() {
        return Stream.of(
                arguments(new IllegalStateException("closed"), Kind.INVALID_RESPONSE),
                arguments(new RejectedExecutionException("full"), Kind.INVALID_RESPONSE),
                arguments(new TimeoutException("undeclared"), Kind.INVALID_RESPONSE),
                arguments(new IOException("undeclared"), Kind.UNREACHABLE),
                arguments(new IllegalStateException(new IOException("broken")), Kind.UNREACHABLE));
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Exception> E sneaky(Exception thrown) throws E {
        throw (E) thrown;
    }

    @Test
    void goes_through_the_clients_proxy() throws IOException {
        try (ForwardProxy proxy = new ForwardProxy();
                TwilioGateway twilio = through(
                        new NetworkHttpClient(HttpClients.custom()
                                .setProxy(new HttpHost(
                                        "127.0.0.1", proxy.address().getPort()))),
                        TwilioHosts.at(baseUrl()))) {
            readsAndWrites(twilio);

            assertThat(proxy.forwarded()).containsExactly("GET", "POST", "GET");
        }
    }

    @Test
    void without_a_proxy_of_its_own_uses_the_proxy_of_the_jvm() throws IOException {
        ProxySelector before = ProxySelector.getDefault();
        try (ForwardProxy proxy = new ForwardProxy()) {
            ProxySelector.setDefault(ProxySelector.of(proxy.address()));
            try (TwilioGateway twilio = super.gateway(baseUrl(), 1)) {
                readsAndWrites(twilio);
            }

            assertThat(proxy.forwarded()).containsExactly("GET", "POST", "GET");
        } finally {
            ProxySelector.setDefault(before);
        }
    }

    private void readsAndWrites(TwilioGateway twilio) {
        Talk talk = talk();
        TaskSnapshot task = twilio.task(talk.task()).orElseThrow();

        assertThat(twilio.updateTask(talk.task(), TaskAttributes.of("{\"a\":\"& +\"}"), task.etag()))
                .isEqualTo(TaskUpdate.APPLIED);
        assertThat(twilio.task(talk.task()).orElseThrow().attributes().text()).isEqualTo("{\"a\":\"& +\"}");
    }
}
