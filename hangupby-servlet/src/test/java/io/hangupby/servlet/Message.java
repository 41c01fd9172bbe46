package io.hangupby.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URLDecoder;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What can be sent to the place where callbacks are handled. */
enum Message {
    A_CALLBACK("Note=a+%26+canary%20c&Note=2&Empty=&&Bare", true),
    A_CALLBACK_IN_OTHER_LETTERS("Note=%C3%A9%E2%82%AC%F0%9F%98%80&N%C3%A4me=%C3%BC", true),
    A_CALLBACK_WITHOUT_A_CHARSET("Note=caf%C3%A9", true),
    A_CALLBACK_WITH_A_QUERY("Note=form", true),
    A_CALLBACK_IN_CHUNKS("Note=chunks", true),
    A_CALLBACK_THAT_WAITS("Note=waits", true),
    A_CALLBACK_OF_150_KB(
            "Note=" + "x".repeat(60_000) + "&More=" + "y".repeat(60_000) + "&Most=" + "z".repeat(30_000), true),
    A_SMALL_CALLBACK_OF_ANOTHER_KIND("EventType=worker.activity.update", false),
    A_WRONG_SIGNATURE("Note=1", false),
    NO_SIGNATURE("Note=1", false),
    BROKEN_ESCAPES("Note=%zz&Other=%C3%28&Last=%", false),
    LETTERS_THAT_ARE_NOT_ESCAPED("Note=\u00e9", false),
    THOUSANDS_OF_PARAMETERS("a=1&".repeat(3_000), false),
    A_MEGABYTE("Note=" + "x".repeat(1_000_000), false),
    A_MEGABYTE_IN_CHUNKS("Note=" + "x".repeat(1_000_000), false),
    AN_EMPTY_BODY("", false),
    JSON("{}", false),
    SEVERAL_PARTS("--b\r\nContent-Disposition: form-data; name=\"Note\"\r\n\r\n1\r\n--b--\r\n", false),
    A_GET("", false);

    static final String ACCOUNT = "AC" + "1".repeat(32);
    static final String TOKEN = "the-auth-token";
    private static final String FORM = "application/x-www-form-urlencoded";

    private final String body;
    private final boolean event;

    Message(String body, boolean event) {
        this.body = body;
        this.event = event;
    }

    /** Says whether it is one that Twilio sends of an event that counts. */
    boolean isEvent() {
        return event;
    }

    /** Sends it for a task, signed for where it is sent to, and returns the answer. */
    RawClient.Answer send(int port, String path, String taskSid) throws IOException {
        return send(port, path, "http://127.0.0.1:" + port + path, taskSid);
    }

    /** Sends it for a task, signed for this address, and returns the answer. */
    RawClient.Answer send(int port, String path, String address, String taskSid) throws IOException {
        String query = this == A_CALLBACK_WITH_A_QUERY ? "?Note=query&q=%C3%A9&Note=query" : "";
        String content = content(taskSid);
        StringBuilder head = new StringBuilder((this == A_GET ? "GET " : "POST ") + path + query + " HTTP/1.1\r\n");
        head.append("Host: 127.0.0.1:" + port + "\r\nContent-Type: " + contentType() + "\r\n");
        signature(address + query, content)
                .ifPresent(signature -> head.append("X-Twilio-Signature: " + signature + "\r\n"));
        boolean chunked = this == A_CALLBACK_IN_CHUNKS || this == A_MEGABYTE_IN_CHUNKS;
        head.append(chunked ? "Transfer-Encoding: chunked\r\n" : "Content-Length: " + content.length() + "\r\n");
        head.append(this == A_CALLBACK_THAT_WAITS ? "Expect: 100-continue\r\n\r\n" : "\r\n");
        try (RawClient client = new RawClient(port)) {
            if (this == A_CALLBACK_THAT_WAITS) {
                client.send(head.toString());
                RawClient.Answer interim = client.answer();
                if (!interim.status().contains("100")) {
                    return interim;
                }
                head.setLength(0);
            }
            client.send(head + (chunked ? chunks(content) : content));
            return client.answer();
        }
    }

    private static String chunks(String content) {
        int half = content.length() / 2;
        return "%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n"
                .formatted(half, content.substring(0, half), content.length() - half, content.substring(half));
    }

    String content(String taskSid) {
        return switch (this) {
            case AN_EMPTY_BODY, A_GET, JSON, SEVERAL_PARTS -> body;
            default ->
                "AccountSid=" + ACCOUNT + "&WorkspaceSid=WS" + "2".repeat(32) + "&TaskSid=" + taskSid
                        + "&ReservationSid=WR" + "4".repeat(32)
                        + "&TaskChannelUniqueName=voice&TimestampMs=1767225600123&"
                        + (event ? "EventType=reservation.wrapup&" : "") + body;
        };
    }

    private String contentType() {
        return switch (this) {
            case A_CALLBACK_WITHOUT_A_CHARSET -> FORM;
            case JSON -> "application/json";
            case SEVERAL_PARTS -> "multipart/form-data; boundary=b";
            default -> FORM + "; charset=UTF-8";
        };
    }

    private Optional<String> signature(String url, String content) {
        return switch (this) {
            case NO_SIGNATURE -> Optional.empty();
            case A_WRONG_SIGNATURE -> Optional.of("a-wrong-one");
            case BROKEN_ESCAPES -> Optional.of("of-something-else");
            default -> Optional.of(signature(TOKEN, url, content));
        };
    }

    /** Twilio's signature of a form. */
    static String signature(String token, String url, String form) {
        TreeMap<String, TreeMap<String, String>> parameters = new TreeMap<>();
        for (String parameter : form.split("&", -1)) {
            if (!parameter.isEmpty()) {
                String[] pair = URLDecoder.decode(parameter, UTF_8).split("=", 2);
                String value = pair.length < 2 ? "" : pair[1];
                parameters.computeIfAbsent(pair[0], name -> new TreeMap<>()).put(value, value);
            }
        }
        StringBuilder signed = new StringBuilder(url);
        parameters.forEach((name, values) ->
                values.keySet().forEach(value -> signed.append(name).append(value)));
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(token.getBytes(UTF_8), mac.getAlgorithm()));
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal(signed.toString().getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
