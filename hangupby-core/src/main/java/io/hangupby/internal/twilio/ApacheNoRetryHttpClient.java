package io.hangupby.internal.twilio;

import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ProxySelector;
import java.nio.charset.StandardCharsets;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.SystemDefaultRoutePlanner;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Sends requests through a pool of our own, with no more patience than an agent's after-call work allows. Goes through the proxy
 * that the JVM is told of ({@code -Dhttps.proxyHost}), as the JDK's own clients do.
 */
final class ApacheNoRetryHttpClient extends NoRetryHttpClient {
    private static final Timeout CONNECT_WITHIN = Timeout.ofSeconds(2);
    /** Servers close idle connections without a word; one that has rested for longer than this is looked at first. */
    private static final TimeValue TRUST_IDLE_CONNECTION_FOR = TimeValue.ofMilliseconds(500);

    /** Firewalls forget idle connections without a word, too; all that is sent on one such is lost. */
    private static final TimeValue REUSE_IDLE_CONNECTION_FOR = TimeValue.ofSeconds(30);

    /** A response's headers come before its body's limit is of use. */
    private static final Http1Config HEADERS = Http1Config.custom()
            .setMaxHeaderCount(100)
            .setMaxLineLength(16 * 1024)
            .build();

    private final PoolingHttpClientConnectionManager pool;
    private final CloseableHttpClient http;

    ApacheNoRetryHttpClient(int connections, TwilioHosts hosts, TwilioClock clock, Timeout answerWithin) {
        super(hosts, clock);
        ConnectionConfig timeouts = ConnectionConfig.custom()
                .setConnectTimeout(CONNECT_WITHIN)
                .setSocketTimeout(answerWithin)
                .setValidateAfterInactivity(TRUST_IDLE_CONNECTION_FOR)
                .build();
        this.pool = PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnTotal(connections)
                .setMaxConnPerRoute(connections)
                .setDefaultConnectionConfig(timeouts)
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(HEADERS)
                        .build())
                .build();
        this.http = HttpClients.custom()
                .setConnectionManager(pool)
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
    Received send(Request request) {
        HttpUriRequestBase sent = toHttp(request);
        Attempt attempt = Attempt.current();
        attempt.sends(host(request), sent::cancel);
        pool.closeIdle(REUSE_IDLE_CONNECTION_FOR);
        try {
            return http.execute(sent, response -> received(sent, response, attempt));
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

    /** What is not read to its end takes its connection along: to be kept, it would have to be read on. */
    private static Received received(HttpUriRequestBase sent, ClassicHttpResponse response, Attempt attempt)
            throws IOException {
        HttpEntity entity = response.getEntity();
        try {
            byte[] body = entity == null ? new byte[0] : attempt.room().read(entity.getContent());
            return new Received(response.getCode(), body, response.getHeaders());
        } catch (IOException broken) {
            sent.cancel();
            throw broken;
        }
    }

    @Override
    public void close() {
        http.close(CloseMode.GRACEFUL);
    }
}
