package io.hangupby.twilio;

import com.twilio.http.HttpClient;
import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import com.twilio.http.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
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
 * Sends each of twilio-java's requests once. twilio-java's own client tries three times on any 5xx, writes included, and
 * waits for up to half a minute; here, whether to try again is decided above, where it is known what was asked.
 */
final class SingleAttemptHttpClient extends HttpClient implements AutoCloseable {
    private static final Timeout CONNECT_WITHIN = Timeout.ofSeconds(2);
    /** Servers close idle connections without a word; one that has rested for longer than this is looked at first. */
    private static final TimeValue TRUST_IDLE_CONNECTION_FOR = TimeValue.ofMilliseconds(500);

    private static final int MAX_ANSWER_BYTES = 4 * 1024 * 1024;

    private final CloseableHttpClient http;
    private final Optional<String> baseUrl;

    SingleAttemptHttpClient(int connections, Optional<URI> baseUrl, Timeout answerWithin) {
        this.baseUrl = baseUrl.map(url -> url.toString().replaceFirst("/+$", ""));
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
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .build();
    }

    @Override
    public Response reliableRequest(Request request) {
        return makeRequest(request);
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
        HttpUriRequestBase http = new HttpUriRequestBase(request.getMethod().toString(), address(request));
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

    private URI address(Request request) {
        String url = request.constructURL().toString();
        return URI.create(baseUrl.map(base -> base + url.substring(url.indexOf('/', "https://".length())))
                .orElse(url));
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
