package io.hangupby.internal.check;

import io.hangupby.internal.webhook.CheckRequests;
import io.hangupby.internal.webhook.CheckRequests.SignedForm;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.SSLException;

/** Sends a request, signed as Twilio signs, to this application by a public address. */
final class SelfRequest {
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(3);
    private static final Duration RESPONSE_WITHIN = Duration.ofSeconds(6);
    private static final int HTTPS_PORT = 443;

    /** The message of a failure that shows a server which speaks HTTP where TLS is expected. */
    static final String WITHOUT_TLS = "this port speaks HTTP without TLS";

    private static final String HTTP = "HTTP/";
    private static final int BODY_READ_AT_MOST = 4096;
    /** An observed callback can arrive after the response of the handler. */
    private static final long ARRIVES_WITHIN_MILLIS = 1000;

    private final CheckRequests requests;
    private final CheckedAccount account;

    SelfRequest(CheckRequests requests, CheckedAccount account) {
        this.requests = requests;
        this.account = account;
    }

    /** Sends a request to each address, and returns what became of it. */
    Map<String, Result> send(List<String> urls) {
        Map<String, Result> results = new LinkedHashMap<>();
        urls.forEach(url -> results.put(url, send(url, url)));
        return results;
    }

    /** Sends a request that is signed for a public address to an address, and returns what became of it. */
    Result send(String signedFor, String url) {
        Map<String, String> parameters = new TreeMap<>();
        parameters.put("AccountSid", account.sid().value());
        account.workspace().ifPresent(sid -> parameters.put("WorkspaceSid", sid.value()));
        try (SignedForm form = requests.sign(signedFor, account.authTokens().get(0), parameters)) {
            HttpResponse<InputStream> response =
                    client().send(request(url, form), HttpResponse.BodyHandlers.ofInputStream());
            return responded(response, form);
        } catch (IOException failed) {
            return new Result(Optional.of(explained(failed, url)), 0, 0, "", "");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Result(Optional.of(new IOException("interrupted")), 0, 0, "", "");
        }
    }

    /** A server without TLS may wait for more of the handshake, which the client reports as a late connection. */
    private static IOException explained(IOException failure, String url) {
        URI address = URI.create(url);
        if (!address.getScheme().equalsIgnoreCase("https")) {
            return failure;
        }
        if (String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("unrecognized ssl message")) {
            return new SSLException(WITHOUT_TLS);
        }
        return failure instanceof HttpTimeoutException ? inHandshake(address).orElse(failure) : failure;
    }

    /** Returns why a server that accepts connections completes no handshake. */
    private static Optional<IOException> inHandshake(URI address) {
        int port = address.getPort() < 0 ? HTTPS_PORT : address.getPort();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.getHost(), port), (int) CONNECT_WITHIN.toMillis());
            return Optional.of(
                    new SSLException(speaksHttp(socket) ? WITHOUT_TLS : "the server does not complete the handshake"));
        } catch (IOException refused) {
            return Optional.empty();
        }
    }

    private static boolean speaksHttp(Socket socket) {
        try {
            socket.setSoTimeout((int) CONNECT_WITHIN.toMillis());
            socket.getOutputStream().write("OPTIONS * HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(HTTP.length()), StandardCharsets.US_ASCII)
                    .equals(HTTP);
        } catch (IOException other) {
            return false;
        }
    }

    private static Result responded(HttpResponse<InputStream> response, SignedForm form)
            throws IOException, InterruptedException {
        try (InputStream stream = response.body()) {
            String body = new String(stream.readNBytes(BODY_READ_AT_MOST), StandardCharsets.UTF_8);
            int arrivals = form.arrivals(isRecognized(body) || response.statusCode() < 300 ? ARRIVES_WITHIN_MILLIS : 0);
            return new Result(
                    Optional.empty(),
                    response.statusCode(),
                    arrivals,
                    body,
                    response.headers().firstValue("Location").orElse(""));
        }
    }

    private static boolean isRecognized(String body) {
        return body.startsWith("{\"hangupby\":\"check\"");
    }

    private static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_WITHIN)
                .build();
    }

    private static HttpRequest request(String url, SignedForm form) {
        URI address = URI.create(url);
        HttpRequest.Builder request = HttpRequest.newBuilder(withoutUser(address))
                .timeout(RESPONSE_WITHIN)
                .header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
                .header("X-Twilio-Signature", form.signature())
                .header("User-Agent", "TwilioProxy/1.1 (hangupby check)")
                .POST(HttpRequest.BodyPublishers.ofString(form.body()));
        Optional.ofNullable(address.getUserInfo())
                .map(user -> Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)))
                .ifPresent(user -> request.header("Authorization", "Basic " + user));
        return request.build();
    }

    private static URI withoutUser(URI address) {
        return URI.create(address.toString().replaceFirst("//[^/@]*@", "//"));
    }

    /**
     * What became of a request.
     *
     * @param failure why there was no response, if so
     * @param status the status of the response
     * @param arrivals how often the request arrived in this process
     * @param body the beginning of the response
     * @param location where a redirect leads
     */
    record Result(Optional<IOException> failure, int status, int arrivals, String body, String location) {
        /** Returns whether the response is that of a hangupby which recognizes the check, here or elsewhere. */
        boolean isRecognized() {
            return SelfRequest.isRecognized(body);
        }

        /** Returns whether the request arrived in this process. */
        boolean isArrived() {
            return arrivals > 0;
        }

        /** Returns whether something responded that is not the endpoint of a hangupby. */
        boolean isOfAnother() {
            return failure.isEmpty()
                    && !isArrived()
                    && !isRecognized()
                    && (!isOfHangUpBy() || says("no such endpoint"));
        }

        /** Returns whether the response is a rejection of hangupby's. */
        boolean isOfHangUpBy() {
            return body.startsWith("{\"error\":\"");
        }

        /** Returns whether the body has a text, as hangupby's rejections have. */
        boolean says(String text) {
            return isOfHangUpBy() && body.contains(text);
        }
    }
}
