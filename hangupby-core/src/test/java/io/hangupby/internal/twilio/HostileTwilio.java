package io.hangupby.internal.twilio;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.zip.GZIPOutputStream;

/**
 * A server on the loopback interface that responds as no Twilio would, byte by byte, and passes what it is not to spoil on to a
 * simulator.
 */
public final class HostileTwilio implements AutoCloseable {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

    private final ServerSocket server;
    private final URI simulator;
    private final Predicate<String> spoils;
    private final Response response;
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /**
     * @param simulator responds to all other requests
     * @param spoils which requests are spoilt, by their first line
     */
    public HostileTwilio(URI simulator, Predicate<String> spoils, Response response) throws IOException {
        this.server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        this.simulator = simulator;
        this.spoils = spoils;
        this.response = response;
        start("hostile-accept", () -> {
            while (true) {
                Socket socket = server.accept();
                start("hostile", () -> serve(socket));
            }
        });
    }

    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** The first lines of the requests that were spoilt. */
    public List<String> spoilt() {
        return List.copyOf(requests);
    }

    private void serve(Socket socket) throws Exception {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (byte[] request = read(in); request.length > 0; request = read(in)) {
                String line = new String(request, ISO_8859_1).split("\r\n", 2)[0];
                if (!spoils.test(line)) {
                    relay(request, socket.getOutputStream());
                    return;
                }
                requests.add(line);
                if (!response.play(socket.getOutputStream(), end)) {
                    return;
                }
            }
        }
    }

    /** Sends a request to the simulator as it came, on a connection of its own, and sends back what comes until that is closed. */
    private void relay(byte[] request, OutputStream out) throws IOException {
        try (Socket through = new Socket(simulator.getHost(), simulator.getPort())) {
            String closing = new String(request, ISO_8859_1).replaceFirst("\r\n", "\r\nConnection: close\r\n");
            through.getOutputStream().write(closing.getBytes(ISO_8859_1));
            through.getInputStream().transferTo(out);
        }
    }

    /** Reads a head, and a body of the length that it announces. */
    private static byte[] read(InputStream in) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            request.write(next);
            line.append((char) next);
            if (next == '\n') {
                if (line.toString().isBlank()) {
                    break;
                }
                lines.add(line.toString().toLowerCase(Locale.ROOT).strip());
                line.setLength(0);
            }
        }
        for (String header : lines) {
            if (header.startsWith("content-length:")) {
                request.write(in.readNBytes(Integer.parseInt(
                        header.substring("content-length:".length()).strip())));
            }
        }
        return request.toByteArray();
    }

    private static void start(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (Exception closed) {
                        // The client has had enough, or the test is over.
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        end.countDown();
        server.close();
    }

    private interface Work {
        void run() throws Exception;
    }

    /** What is sent in response. */
    public enum Response {
        NOTHING {
            @Override
            boolean play(OutputStream out, CountDownLatch end) throws Exception {
                end.await();
                return false;
            }
        },
        HEADERS_LINE_BY_LINE {
            @Override
            boolean play(OutputStream out, CountDownLatch end) throws Exception {
                out.write(OK.getBytes(ISO_8859_1));
                trickle(out, end, "X-More: of it\r\n");
                return false;
            }
        },
        HINTS {
            @Override
            boolean play(OutputStream out, CountDownLatch end) throws Exception {
                trickle(out, end, "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n");
                return false;
            }
        },
        BYTES_ONE_BY_ONE {
            @Override
            boolean play(OutputStream out, CountDownLatch end) throws Exception {
                out.write((OK + "Content-Length: 100000\r\n\r\n{").getBytes(ISO_8859_1));
                trickle(out, end, " ");
                return false;
            }
        },
        CHUNKS_ONE_BY_ONE {
            @Override
            boolean play(OutputStream out, CountDownLatch end) throws Exception {
                out.write((OK + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n").getBytes(ISO_8859_1));
                trickle(out, end, "1\r\n \r\n");
                return false;
            }
        },
        AN_ERROR_BYTE_BY_BYTE {
            @Override
            boolean play(OutputStream out, CountDownLatch end) throws Exception {
                out.write("HTTP/1.1 500 Oh\r\nContent-Length: 100000\r\n\r\n{".getBytes(ISO_8859_1));
                trickle(out, end, " ");
                return false;
            }
        },
        ENDLESS_CHUNKS {
            @Override
            boolean play(OutputStream out, CountDownLatch end) throws Exception {
                out.write((OK + "Transfer-Encoding: chunked\r\n\r\n").getBytes(ISO_8859_1));
                flood(out, "10000\r\n" + " ".repeat(0x10000) + "\r\n");
                return false;
            }
        },
        A_BODY_WITHOUT_END {
            @Override
            boolean play(OutputStream out, CountDownLatch end) throws Exception {
                out.write((OK + "\r\n").getBytes(ISO_8859_1));
                flood(out, " ".repeat(0x10000));
                return false;
            }
        },
        A_HEADER_WITHOUT_END {
            @Override
            boolean play(OutputStream out, CountDownLatch end) throws Exception {
                out.write((OK + "X-Long: ").getBytes(ISO_8859_1));
                flood(out, "x".repeat(0x10000));
                return false;
            }
        },
        HEADERS_WITHOUT_END {
            @Override
            boolean play(OutputStream out, CountDownLatch end) throws Exception {
                out.write(OK.getBytes(ISO_8859_1));
                flood(out, "X-More: of it\r\n".repeat(1000));
                return false;
            }
        },
        A_COMPRESSED_GIGABYTE {
            @Override
            boolean play(OutputStream out, CountDownLatch end) throws Exception {
                out.write((OK + "Content-Encoding: gzip\r\n\r\n").getBytes(ISO_8859_1));
                try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
                    byte[] blank = new byte[1024 * 1024];
                    for (int i = 0; i < 1024; i++) {
                        gzip.write(blank);
                    }
                }
                return false;
            }
        },
        AN_ERROR {
            @Override
            boolean play(OutputStream out, CountDownLatch end) throws Exception {
                out.write("HTTP/1.1 500 Oh\r\nContent-Length: 14\r\n\r\n{\"code\":20500}".getBytes(ISO_8859_1));
                return true;
            }
        },
        MOVED {
            @Override
            boolean play(OutputStream out, CountDownLatch end) throws Exception {
                String body = "{\"sid\":\"CF0\",\"status\":\"completed\",\"attributes\":\"{}\"}";
                out.write(("HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Type: application/json\r\n"
                                + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                        .getBytes(ISO_8859_1));
                return true;
            }
        };

        /** Returns whether another request may follow on the connection. */
        abstract boolean play(OutputStream out, CountDownLatch end) throws Exception;

        private static void trickle(OutputStream out, CountDownLatch end, String piece) throws Exception {
            while (!end.await(100, TimeUnit.MILLISECONDS)) {
                out.write(piece.getBytes(ISO_8859_1));
                out.flush();
            }
        }

        private static void flood(OutputStream out, String piece) throws IOException {
            byte[] bytes = piece.getBytes(ISO_8859_1);
            while (true) {
                out.write(bytes);
            }
        }
    }
}
