package io.hangupby.twilio;

import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import com.twilio.http.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ProxySelector;
import java.nio.charset.StandardCharsets;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.SystemDefaultRoutePlanner;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests through a pool of our own, with no more patience than an agent's after-call work allows. Goes through the proxy
 * that the JVM is told of ({@code -Dhttps.proxyHost}), as the JDK's own clients do.
 */
final class SingleAttemptHttpClient extends OneTryHttpClient {
    private static final Timeout CONNECT_WITHIN = Timeout.ofSeconds(2);
    /** Servers close idle connections without a word; one that has rested for longer than this is looked at first. */
    private static final TimeValue TRUST_IDLE_CONNECTION_FOR = TimeValue.ofMilliseconds(500);

    static final int MAX_ANSWER_BYTES = 4 * 1024 * 1024;

    private final CloseableHttpClient http;

    SingleAttemptHttpClient(int connections, TwilioHosts hosts, Timeout answerWithin) {
        super(hosts);
        ConnectionConfig timeouts = ConnectionConfig.custom()
                .setConnectTimeout(CONNECT_WITHIN)
                .setSocketTimeout(answerWithin)
                .setValidateAfterInactivity(TRUST_IDLE_CONNECTION_FOR)
                .build();
        this.http = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnTotal(connections)
                        .setMaxConnPerRoute(connections)
                        .setDefaultConnectionConfig(timeouts)
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(answerWithin)
                        .setResponseTimeout(answerWithin)
                        .build())
                .setRoutePlanner(new SystemDefaultRoutePlanner(ProxySelector.getDefault()))
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .build();
    }

    @Override
    public Response makeRequest(Request request) {
        try {
            return http.execute(toHttp(request), SingleAttemptHttpClient::toTwilio);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpUriRequestBase toHttp(Request request) {
        HttpUriRequestBase http = new HttpUriRequestBase(request.getMethod().toString(), hosts.address(request));
        request.getHeaderParams().forEach((name, values) -> values.forEach(value -> http.addHeader(name, value)));
        if (request.requiresAuthentication()) {
            http.addHeader("Authorization", request.getAuthString());
        }
        if (request.getMethod() == HttpMethod.POST) {
            http.setEntity(new StringEntity(
                    request.encodeFormBody(),
                    ContentType.APPLICATION_FORM_URLENCODED.withCharset(StandardCharsets.UTF_8)));
        }
        return http;
    }

    private static Response toTwilio(ClassicHttpResponse response) throws IOException {
        if (response.getCode() >= 400) {
            String retryAfter = response.containsHeader("Retry-After")
                    ? response.getFirstHeader("Retry-After").getValue()
                    : "";
            throw new HttpStatusException(response.getCode(), bytes(response.getEntity()), retryAfter);
        }
        byte[] body = bytes(response.getEntity());
        return new Response(new ByteArrayInputStream(body), response.getCode(), response.getHeaders());
    }

    private static byte[] bytes(@Nullable HttpEntity entity) throws IOException {
        return entity == null ? new byte[0] : EntityUtils.toByteArray(entity, MAX_ANSWER_BYTES);
    }

    @Override
    public void close() {
        http.close(CloseMode.GRACEFUL);
    }
}
