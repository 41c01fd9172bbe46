package io.hangupby.simulator.internal.hostile;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Forwards API requests to a simulated Twilio, and mistreats selected requests as no Twilio would, byte by byte. Listens on the
 * loopback interface. Thread-safe.
 */
public final class HostileTwilio implements AutoCloseable {
    /** Each byte is a character, so that bodies are passed on as they are. */
    private static final Charset BYTES = StandardCharsets.ISO_8859_1;

    private static final int LONGEST_LINE = 16 * 1024;
    private static final Set<String> PASSED_ON = Set.of("authorization", "if-match", "content-type");
    private static final List<String> PASSED_BACK = List.of("content-type", "etag", "retry-after");

    private final URI simulator;
    private final ServerSocket socket;
    private final ExecutorService threads = Executors.newCachedThreadPool(HostileTwilio::daemon);
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final List<ApiCall> mistreated = new CopyOnWriteArrayList<>();

    /**
     * Starts the server.
     *
     * @param simulator the base URL of the simulated Twilio, which responds to all other requests
     */
    public HostileTwilio(URI simulator) throws IOException {
        this.simulator = simulator;
        socket = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "hostile-twilio");
        thread.setDaemon(true);
        return thread;
    }

    /** Returns the base URL: scheme, host and port. */
    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    /** Treats requests of a kind in this way from now on. */
    public HostileTwilio treat(Predicate<ApiCall> which, Treatment treatment) {
        rules.add(new Rule(which, treatment, new CountDownLatch(1)));
        return this;
    }

    /** Forwards all requests from now on, and breaks off pending responses. */
    public void relent() {
        rules.forEach(rule -> rule.end().countDown());
        rules.clear();
    }

    /** Returns the requests that were mistreated, in their order. */
    public List<ApiCall> mistreated() {
        return List.copyOf(mistreated);
    }

    private void accept() {
        try {
            while (!socket.isClosed()) {
                Socket peer = socket.accept();
                threads.execute(() -> serve(peer));
            }
        } catch (IOException closed) {
            threads.shutdownNow();
        }
    }

    private void serve(Socket peer) {
        try (peer) {
            InputStream in = new BufferedInputStream(peer.getInputStream());
            for (Optional<ApiCall> call = read(in); call.isPresent(); call = read(in)) {
                respond(call.get(), peer.getOutputStream());
            }
        } catch (IOException | UncheckedIOException gone) {
            // The client has given up the request, as it may.
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void respond(ApiCall call, OutputStream out) throws IOException, InterruptedException {
        Optional<Rule> rule =
                rules.stream().filter(each -> each.which().test(call)).findFirst();
        if (rule.isEmpty()) {
            out.write(pass(call).bytes());
        } else {
            mistreated.add(call);
            rule.get()
                    .treatment()
                    .respond(call, new Response(this, out, rule.get().end()));
        }
        out.flush();
    }

    private Reply pass(ApiCall call) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(simulator + call.target()))
                .method(call.method(), HttpRequest.BodyPublishers.ofString(call.body(), BYTES));
        call.headers().forEach((name, value) -> {
            if (PASSED_ON.contains(name)) {
                request.header(name, value);
            }
        });
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString(BYTES));
        Map<String, String> headers = new TreeMap<>();
        PASSED_BACK.forEach(name -> response.headers().firstValue(name).ifPresent(value -> headers.put(name, value)));
        return new Reply(response.statusCode(), headers, response.body());
    }

    private static Optional<ApiCall> read(InputStream in) throws IOException {
        String line = line(in);
        if (line.isEmpty()) {
            return Optional.empty();
        }
        String[] parts = line.split(" ", 3);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        String body = new String(in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0"))), BYTES);
        return Optional.of(new ApiCall(parts[0], parts[1], headers, body));
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int read = in.read(); read >= 0 && read != '\n' && line.size() < LONGEST_LINE; read = in.read()) {
            line.write(read);
        }
        return line.toString(BYTES).strip();
    }

    @Override
    public void close() throws IOException {
        relent();
        socket.close();
    }

    /** A request to the API. */
    public record ApiCall(String method, String target, Map<String, String> headers, String body) {}

    /** Writes the response to a request. */
    public interface Treatment {
        /**
         * Responds to a request. If the method returns, another request may follow on the connection.
         *
         * @throws IOException if the connection has to end
         */
        void respond(ApiCall call, Response response) throws IOException, InterruptedException;
    }

    /** Where a treatment writes its response. */
    public static final class Response {
        private final HostileTwilio twilio;
        private final OutputStream out;
        private final CountDownLatch end;

        private Response(HostileTwilio twilio, OutputStream out, CountDownLatch end) {
            this.twilio = twilio;
            this.out = out;
            this.end = end;
        }

        /** Writes a text, of which each character is a byte. */
        public void write(String text) throws IOException {
            out.write(text.getBytes(BYTES));
            out.flush();
        }

        /** Writes a text again and again, until the peer gives up or the treatment ends. Never returns normally. */
        public void repeat(String text, Duration pause) throws IOException, InterruptedException {
            while (!end.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                write(text);
            }
            throw new IOException("broken off");
        }

        /** Writes nothing, until the treatment ends. Never returns normally. */
        public void hang() throws IOException, InterruptedException {
            end.await();
            throw new IOException("broken off");
        }

        /** Writes a whole response. */
        public void reply(Reply reply) throws IOException {
            out.write(reply.bytes());
        }

        /** Forwards another request, and returns the simulator's response. */
        public Reply pass(ApiCall call) throws IOException, InterruptedException {
            return twilio.pass(call);
        }

        OutputStream out() {
            return out;
        }
    }

    /** A whole response. */
    public record Reply(int status, Map<String, String> headers, String body) {

        private byte[] bytes() {
            StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " \r\n");
            headers.forEach((name, value) ->
                    head.append(name).append(": ").append(value).append("\r\n"));
            head.append("content-length: ")
                    .append(body.length())
                    .append("\r\n\r\n")
                    .append(body);
            return head.toString().getBytes(BYTES);
        }
    }

    private record Rule(Predicate<ApiCall> which, Treatment treatment, CountDownLatch end) {}
}
