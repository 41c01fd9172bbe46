package io.hangupby.example.endurance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Requests byte by byte, each on a connection of its own, as an HTTP client would not send them. */
final class Wire {
    private static final int NO_STATUS = 0;

    private Wire() {}

    /**
     * Sends a request and returns the status of its response, or 0 if there is none.
     *
     * @param request from the request line to the last byte of the body
     */
    static int status(int port, String request, Duration limit) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) limit.toMillis());
            socket.setSoTimeout((int) limit.toMillis());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            InputStream in = socket.getInputStream();
            BufferedReader response = new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1));
            String line = response.readLine();
            return line == null ? NO_STATUS : Integer.parseInt(line.split(" ", 3)[1]);
        } catch (IOException noResponse) {
            return NO_STATUS;
        }
    }

    /** Returns the whole of a callback: head, {@code moreHead} in it, and form. */
    static String callback(
            String path, String host, String moreHead, SortedMap<String, String> form, String signature) {
        String body = form.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        return "POST " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + moreHead
                + "Content-Type: application/x-www-form-urlencoded\r\nX-Twilio-Signature: " + signature
                + "\r\nConnection: close\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
