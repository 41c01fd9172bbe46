package io.hangupby.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hangupby.simulator.events.TwilioSigner;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.Optional;
import java.util.TreeMap;

/** What can be sent to the place where callbacks are handled. */
enum Message {
    A_CALLBACK("Note=a+%26+canary%20c&Note=2&Empty=&&Bare", true),
    A_CALLBACK_IN_OTHER_LETTERS("Note=%C3%A9%E2%82%AC%F0%9F%98%80&N%C3%A4me=%C3%BC", true),
    A_CALLBACK_WITHOUT_A_CHARSET("Note=caf%C3%A9", true),
    A_CALLBACK_THAT_LOOKS_MISREAD("Note=%C3%83%C2%A9", true),
    A_CALLBACK_WITH_A_QUERY("Note=form", true),
    A_CALLBACK_IN_CHUNKS("Note=chunks", true),
    A_CALLBACK_THAT_WAITS("Note=waits", true),
    A_CALLBACK_IN_TWO_PACKETS("Note=packets", true),
    A_CALLBACK_IN_PIECES_OF_CHUNKS("Note=pieces", true),
    A_CALLBACK_WHOSE_REST_IS_WITHHELD("Note=withheld", true),
    A_CALLBACK_WHOSE_LAST_CHUNK_IS_WITHHELD("Note=withheld", true),
    A_CALLBACK_THAT_TRICKLES("Note=trickles", true),
    A_CALLBACK_THAT_IS_BROKEN_OFF("Note=broken", false),
    A_CALLBACK_THAT_IS_BROKEN_OFF_IN_A_CHUNK("Note=broken", false),
    MORE_THAN_A_FORM_MAY_HAVE("Note=" + "x".repeat(300_000), false),
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
    NO_LENGTH("", false),
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

    /** Returns whether the body arrives whole, together with its head. */
    boolean isThereWithItsHead() {
        return !comesInParts()
                && !isWithheld()
                && this != A_CALLBACK_THAT_WAITS
                && this != A_MEGABYTE
                && this != A_MEGABYTE_IN_CHUNKS
                && this != MORE_THAN_A_FORM_MAY_HAVE
                && this != A_CALLBACK_OF_150_KB;
    }

    /** Returns whether the container can see a part of it later than the rest, and thus act on what it has not seen. */
    boolean comesInParts() {
        return switch (this) {
            case A_CALLBACK_IN_TWO_PACKETS,
                    A_CALLBACK_IN_PIECES_OF_CHUNKS,
                    A_CALLBACK_THAT_TRICKLES,
                    A_CALLBACK_THAT_IS_BROKEN_OFF,
                    A_CALLBACK_THAT_IS_BROKEN_OFF_IN_A_CHUNK -> true;
            default -> false;
        };
    }

    /** Returns whether the rest is sent only after the response of a handler that does not need the rest. */
    boolean isWithheld() {
        return switch (this) {
            case A_CALLBACK_WHOSE_REST_IS_WITHHELD,
                    A_CALLBACK_WHOSE_LAST_CHUNK_IS_WITHHELD,
                    MORE_THAN_A_FORM_MAY_HAVE -> true;
            default -> false;
        };
    }

    private boolean isChunked() {
        return switch (this) {
            case A_CALLBACK_IN_CHUNKS,
                    A_MEGABYTE_IN_CHUNKS,
                    A_CALLBACK_IN_PIECES_OF_CHUNKS,
                    A_CALLBACK_WHOSE_LAST_CHUNK_IS_WITHHELD,
                    A_CALLBACK_THAT_IS_BROKEN_OFF_IN_A_CHUNK -> true;
            default -> false;
        };
    }

    /** What a message needs to know to be sent. */
    record Sending(int port, String path, String address, String taskSid, boolean isAnsweredEarly, Step whileWithheld) {
        interface Step {
            void run() throws IOException;
        }
    }

    /** Sends it for a task, signed for this address, to a handler that reads it all, and returns the response. */
    RawClient.Response send(int port, String path, String address, String taskSid) throws IOException {
        return send(new Sending(port, path, address, taskSid, false, () -> {}));
    }

    RawClient.Response send(Sending to) throws IOException {
        String content = content(to.taskSid);
        String head = head(to, content);
        String body = isChunked() ? chunks(content) : content;
        try (RawClient client = new RawClient(to.port)) {
            return switch (this) {
                case A_CALLBACK_THAT_WAITS -> sendOnceAsked(client, head, body);
                case A_CALLBACK_IN_TWO_PACKETS -> {
                    client.send(head);
                    client.sendUnlessClosed(body);
                    yield client.response();
                }
                case A_CALLBACK_IN_PIECES_OF_CHUNKS -> trickle(client, head, body, 7, 0);
                case A_CALLBACK_THAT_TRICKLES -> trickle(client, head, body, 40, 5);
                case A_CALLBACK_WHOSE_REST_IS_WITHHELD, MORE_THAN_A_FORM_MAY_HAVE ->
                    withhold(client, to, head, body, 90);
                case A_CALLBACK_WHOSE_LAST_CHUNK_IS_WITHHELD ->
                    withhold(client, to, head, body, body.indexOf("\r\n", body.indexOf("\r\n") + 2) + 3);
                case A_CALLBACK_THAT_IS_BROKEN_OFF, A_CALLBACK_THAT_IS_BROKEN_OFF_IN_A_CHUNK -> {
                    client.send(head + body.substring(0, 90));
                    client.breakOff();
                    yield client.response();
                }
                default -> {
                    client.send(head + body);
                    yield client.response();
                }
            };
        }
    }

    private static RawClient.Response sendOnceAsked(RawClient client, String head, String body) throws IOException {
        client.send(head);
        RawClient.Response interim = client.response();
        if (!interim.status().contains("100")) {
            return interim;
        }
        client.send(body);
        return client.response();
    }

    /** Sends one piece at a time until a response arrives. */
    private static RawClient.Response trickle(RawClient client, String head, String body, int size, int millis)
            throws IOException {
        client.send(head);
        for (int sent = 0; sent < body.length(); sent += size) {
            client.sendUnlessClosed(body.substring(sent, Math.min(sent + size, body.length())));
            if (millis > 0 && client.isAnsweredWithin(millis)) {
                break;
            }
        }
        return client.response();
    }

    /** Sends the rest only if there is no response without it. */
    private static RawClient.Response withhold(RawClient client, Sending to, String head, String body, int sent)
            throws IOException {
        client.send(head + body.substring(0, sent));
        if (to.isAnsweredEarly) {
            RawClient.Response response = client.response();
            to.whileWithheld.run();
            return response;
        }
        client.send(body.substring(sent));
        return client.response();
    }

    private String head(Sending to, String content) {
        String query = this == A_CALLBACK_WITH_A_QUERY ? "?Note=query&q=%C3%A9&Note=query" : "";
        StringBuilder head = new StringBuilder((this == A_GET ? "GET " : "POST ") + to.path + query + " HTTP/1.1\r\n");
        head.append("Host: 127.0.0.1:" + to.port + "\r\nContent-Type: " + contentType() + "\r\n");
        head.append(Handlers.TASK_HEADER + ": " + to.taskSid + "\r\n");
        signature(to.address + query, content)
                .ifPresent(signature -> head.append("X-Twilio-Signature: " + signature + "\r\n"));
        if (isChunked()) {
            head.append("Transfer-Encoding: chunked\r\n");
        } else {
            head.append(this == NO_LENGTH ? "Connection: close\r\n" : "Content-Length: " + content.length() + "\r\n");
        }
        return head.append(this == A_CALLBACK_THAT_WAITS ? "Expect: 100-continue\r\n\r\n" : "\r\n")
                .toString();
    }

    private static String chunks(String content) {
        int half = content.length() / 2;
        return "%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n"
                .formatted(half, content.substring(0, half), content.length() - half, content.substring(half));
    }

    String content(String taskSid) {
        return switch (this) {
            case AN_EMPTY_BODY, NO_LENGTH, A_GET, JSON, SEVERAL_PARTS -> body;
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
        // The simulator's own signature takes each parameter once.
        return new TwilioSigner(token).signature(signed.toString(), new TreeMap<>());
    }
}
