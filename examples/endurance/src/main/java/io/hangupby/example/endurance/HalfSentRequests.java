package io.hangupby.example.endurance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Connections whose bodies begin and do not end. Its own thread opens, writes and reads. */
final class HalfSentRequests implements Attack {
    /** Not more at once than a server's queue of new connections has room for, which would be an attack on the server. */
    private static final int OPENED_AT_ONCE = 20;

    /** A server that takes no connection any more need not be asked for thousands. */
    private static final int FAILURES_IN_A_ROW = 10;

    private static final Duration BETWEEN_OPENINGS = Duration.ofMillis(20);
    private static final Duration BETWEEN_SWEEPS = Duration.ofMillis(200);

    private final int number;
    private final Request request;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final List<Connection> connections = new CopyOnWriteArrayList<>();
    private volatile boolean isStopped;
    private int failures;

    /**
     * @param number how many connections
     * @param request what each begins to send
     */
    HalfSentRequests(int number, Request request) {
        this.number = number;
        this.request = request;
    }

    @Override
    public void begin(Victim victim) {
        repeat(() -> open(victim.port()), BETWEEN_OPENINGS);
        repeat(this::sweep, BETWEEN_SWEEPS);
    }

    @Override
    public boolean isPlayed() {
        return isStopped
                || (connections.size() == number && connections.stream().allMatch(Connection::isPlayed));
    }

    private void repeat(Runnable work, Duration pause) {
        ScheduledFuture<?> unused = thread.scheduleWithFixedDelay(work, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void open(int port) {
        int goal = isStopped ? 0 : Math.min(number, connections.size() + OPENED_AT_ONCE);
        while (connections.size() < goal && !isStopped) {
            Connection connection = new Connection(port, request);
            connections.add(connection);
            connection.goOn();
            failures = connection.isOpen ? 0 : failures + 1;
            isStopped = isStopped || failures == FAILURES_IN_A_ROW;
        }
    }

    /** Sends what is due and reads what there is. */
    private void sweep() {
        connections.forEach(Connection::goOn);
    }

    @Override
    public void end() throws InterruptedException {
        isStopped = true;
        thread.shutdown();
        thread.awaitTermination(1, TimeUnit.MINUTES);
        connections.forEach(Connection::close);
    }

    @Override
    public Observation observe() {
        Map<String, Integer> responses = new TreeMap<>();
        connections.forEach(connection -> responses.merge(connection.response, 1, Integer::sum));
        long slowest = connections.stream().mapToLong(each -> each.millis).max().orElse(0);
        long late = request.limit().isZero()
                ? 0
                : connections.stream()
                        .filter(each -> each.millis == 0
                                || each.millis > request.limit().toMillis())
                        .count();
        String words =
                connections.size() + " connections: " + responses + ", the slowest response after " + slowest + " ms";
        return new Observation(late == 0 ? words : late + " responses late: " + words, late == 0);
    }

    /**
     * What each connection sends.
     *
     * @param path where to
     * @param contentType what the body is said to be
     * @param announced how long it is said to be
     * @param sent how much of it is sent
     * @param pause how long is waited before each byte; zero sends them at once
     * @param limit within which there must be a response; zero where there need not be any
     */
    record Request(String path, String contentType, int announced, int sent, Duration pause, Duration limit) {

        private byte[] bytes(int port) {
            String head = "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nContent-Type: " + contentType
                    + "\r\nX-Twilio-Signature: bm90IFR3aWxpbydz\r\nContent-Length: " + announced + "\r\n\r\n";
            return (head + "a".repeat(sent)).getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    private static final class Connection {
        private final Request request;
        private final ByteBuffer left;
        private final ByteBuffer read = ByteBuffer.allocate(256);
        private final int head;
        private final long began = System.nanoTime();
        private volatile String response = "no response";
        private volatile long millis;
        private volatile boolean isOpen = true;
        private Optional<SocketChannel> channel = Optional.empty();

        Connection(int port, Request request) {
            this.request = request;
            left = ByteBuffer.wrap(request.bytes(port));
            head = left.limit() - request.sent();
            try {
                SocketChannel opened = SocketChannel.open();
                channel = Optional.of(opened);
                opened.socket().connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
                opened.configureBlocking(false);
            } catch (IOException none) {
                response = "no connection";
                close();
            }
        }

        boolean isPlayed() {
            return !isOpen || !left.hasRemaining() || !request.pause().isZero();
        }

        void goOn() {
            if (!isOpen) {
                return;
            }
            SocketChannel peer = channel.orElseThrow();
            try {
                long due = request.pause().isZero()
                        ? left.capacity()
                        : head + (System.nanoTime() - began) / request.pause().toNanos();
                left.limit((int) Math.min(left.capacity(), Math.max(due, left.position())));
                peer.write(left);
                if (millis == 0) {
                    listen(peer);
                }
            } catch (IOException reset) {
                close();
            }
        }

        private void listen(SocketChannel peer) throws IOException {
            int count = peer.read(read);
            if (count > 0) {
                millis = Math.max(1, Duration.ofNanos(System.nanoTime() - began).toMillis());
                response =
                        new String(read.array(), 0, read.position(), StandardCharsets.ISO_8859_1).split("\r\n|$", 2)[0];
            } else if (count < 0) {
                close();
            }
        }

        void close() {
            isOpen = false;
            try {
                if (channel.isPresent()) {
                    channel.get().close();
                }
            } catch (IOException gone) {
                // It is of no more use either way.
            }
        }
    }
}
