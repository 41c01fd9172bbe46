package io.hangupby.spring;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;

/**
 * Sends this application a request without a signature, as a stranger could. hangupby rejects it, with a text of its own. Any other response
 * shows that the application turns Twilio's requests away before hangupby sees them.
 *
 * @param url the application's own address of an endpoint
 */
record UnsignedRequest(URL url) {
    private static final Logger log = LoggerFactory.getLogger(UnsignedRequest.class);
    private static final String PATH = "/taskrouter";
    private static final int TIMEOUT_MILLIS = 5_000;
    private static final int READ_AT_MOST = 1_024;

    /** Returns the request, unless the application has no plain HTTP port of its own. */
    static Optional<UnsignedRequest> to(Environment environment, String mountPath) {
        String port = environment.getProperty("local.server.port", "");
        boolean isPlain = Stream.of("server.ssl.key-store", "server.ssl.certificate", "server.ssl.bundle")
                .noneMatch(environment::containsProperty);
        if (!port.matches("[1-9][0-9]*") || !isPlain) {
            return Optional.empty();
        }
        String context = environment.getProperty(
                "server.servlet.context-path", environment.getProperty("spring.webflux.base-path", ""));
        String host = environment.getProperty("server.address", "127.0.0.1");
        try {
            return Optional.of(new UnsignedRequest(
                    new URI("http", null, host, Integer.parseInt(port), context + mountPath + PATH, null, null)
                            .toURL()));
        } catch (URISyntaxException | IOException unusual) {
            return Optional.empty();
        }
    }

    /** Checks on a thread of its own, so that the application starts no later. */
    void checkInBackground() {
        Thread check = new Thread(this::check, "hangupby-security-check");
        check.setDaemon(true);
        check.start();
    }

    private void check() {
        try {
            HttpURLConnection connection = (HttpURLConnection) url.openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            connection.setInstanceFollowRedirects(false);
            connection.setRequestMethod("POST");
            connection.setRequestProperty("Content-Type", "application/x-www-form-urlencoded");
            connection.setDoOutput(true);
            connection.getOutputStream().write("a=b".getBytes(UTF_8));
            int status = connection.getResponseCode();
            if (!beginning(connection, status).contains("X-Twilio-Signature")) {
                log.warn(
                        "The application itself responds {} to POST {}, so that Twilio's requests do not reach hangupby; permit them without "
                                + "login, CSRF token and session, or remove hangupby.security.enabled=false",
                        status,
                        url.getPath());
            }
            connection.disconnect();
        } catch (IOException cannotBeChecked) {
            log.debug("Could not check whether requests reach hangupby: {}", cannotBeChecked.getClass());
        }
    }

    /** An error without a body has no stream at all. */
    private static String beginning(HttpURLConnection connection, int status) throws IOException {
        InputStream error = connection.getErrorStream();
        if (error == null && status >= HttpURLConnection.HTTP_BAD_REQUEST) {
            return "";
        }
        try (InputStream in = error == null ? connection.getInputStream() : error) {
            return new String(in.readNBytes(READ_AT_MOST), UTF_8);
        }
    }
}
