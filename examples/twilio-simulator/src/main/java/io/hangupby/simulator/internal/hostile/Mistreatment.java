package io.hangupby.simulator.internal.hostile;

import io.hangupby.simulator.internal.hostile.HostileTwilio.ApiCall;
import io.hangupby.simulator.internal.hostile.HostileTwilio.Reply;
import io.hangupby.simulator.internal.hostile.HostileTwilio.Response;
import io.hangupby.simulator.internal.hostile.HostileTwilio.Treatment;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Responses that Twilio would not send, most of them without an end. */
public enum Mistreatment implements Treatment {
    NOTHING((call, response) -> response.hang()),
    HEADERS_LINE_BY_LINE((call, response) -> trickle(response, ok(), "X-More: of it\r\n")),
    /** Interim responses, and never the final response. */
    HINTS((call, response) -> trickle(response, "", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")),
    BYTES_ONE_BY_ONE((call, response) -> trickle(response, ok() + "Content-Length: 100000\r\n\r\n{", " ")),
    CHUNKS_ONE_BY_ONE(
            (call, response) -> trickle(response, ok() + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n", "1\r\n \r\n")),
    AN_ERROR_BYTE_BY_BYTE(
            (call, response) -> trickle(response, "HTTP/1.1 500 Oh\r\nContent-Length: 100000\r\n\r\n{", " ")),
    ENDLESS_CHUNKS((call, response) ->
            flood(response, ok() + "Transfer-Encoding: chunked\r\n\r\n", "4000\r\n" + " ".repeat(0x4000) + "\r\n")),
    A_BODY_WITHOUT_END((call, response) -> flood(response, ok() + "\r\n", " ".repeat(0x10000))),
    A_HEADER_WITHOUT_END((call, response) -> flood(response, ok() + "X-Long: ", "x".repeat(0x10000))),
    HEADERS_WITHOUT_END((call, response) -> flood(response, ok(), "X-More: of it\r\n".repeat(1000))),
    A_COMPRESSED_GIGABYTE((call, response) -> compressedGigabyte(response)),
    /** 500 at once. */
    AN_ERROR((call, response) -> response.reply(new Reply(
            500,
            Map.of("content-type", "application/json"),
            "{\"code\":20500,\"message\":\"An internal server error has occurred\",\"status\":500}"))),
    /** A redirection with JSON that could be a resource's. */
    MOVED((call, response) -> response.reply(new Reply(
            302,
            Map.of("content-type", "application/json", "location", "/elsewhere"),
            "{\"sid\":\"CF0\",\"status\":\"completed\",\"attributes\":\"{}\"}")));

    private final Treatment treatment;

    Mistreatment(Treatment treatment) {
        this.treatment = treatment;
    }

    @Override
    public void respond(ApiCall call, Response response) throws IOException, InterruptedException {
        treatment.respond(call, response);
    }

    private static String ok() {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    }

    private static void trickle(Response response, String begin, String piece)
            throws IOException, InterruptedException {
        response.write(begin);
        response.repeat(piece, Duration.ofMillis(100));
    }

    private static void flood(Response response, String begin, String piece) throws IOException, InterruptedException {
        response.write(begin);
        response.repeat(piece, Duration.ofMillis(1));
    }

    private static void compressedGigabyte(Response response) throws IOException {
        response.write(ok() + "Content-Encoding: gzip\r\n\r\n");
        try (GZIPOutputStream gzip = new GZIPOutputStream(response.out())) {
            byte[] blank = new byte[1024 * 1024];
            for (int i = 0; i < 1024; i++) {
                gzip.write(blank);
            }
        }
        throw new IOException("the end of the connection is the end of the body");
    }
}
