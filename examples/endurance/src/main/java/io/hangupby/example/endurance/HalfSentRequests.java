package io.hangupby.example.endurance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Connections whose bodies begin and do not end. Used by one thread at a time, but for its own. */
final class HalfSentRequests implements Attack {
    private static final Duration SWEEP = Duration.ofMillis(100);
    private static final int OPENED_AT_ONCE = 100;

    private final int number;
    private final Request request;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final List<Connection> connections = new ArrayList<>();
    private boolean isStopped;

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
        ScheduledFuture<?> unused = thread.scheduleWithFixedDelay(() -> sweep(victim.port()), 0, SWEEP.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized boolean isPlayed() {
        return connections.size() == number && connections.stream().allMatch(Connection::isPlayed);
    }

    /** Opens some more connections, sends what is due and reads what there is. */
    private synchronized void sweep(int port) {
        int goal = isStopped ? 0 : Math.min(number, connections.size() + OPENED_AT_ONCE);
        while (connections.size() < goal) {
            connections.add(new Connection(port, request));
        }
        connections.forEach(Connection::goOn);
    }

    @Override
    public void end() throws InterruptedException {
        synchronized (this) {
            isStopped = true;
            connections.forEach(Connection::close);
        }
        thread.shutdownNow();
        thread.awaitTermination(5, TimeUnit.SECONDS);
    }

    @Override
    public synchronized Observation observe() {
        Map<String, Integer> responses = new TreeMap<>();
        connections.forEach(connection -> responses.merge(connection.response, 1, Integer::sum));
        long slowest = connections.stream().mapToLong(each -> each.millis).max().orElse(0);
        long late = request.limit().isZero()
                ? 0
                : connections.stream()
                        .filter(each -> each.millis == 0 || each.millis > request.limit().toMillis())
                        .count();
        String words = number + " connections: " + responses + ", the slowest response after " + slowest + " ms";
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
        private String response = "no response";
        private long millis;
        private boolean isOpen = true;
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
                response = new String(read.array(), 0, read.position(), StandardCharsets.ISO_8859_1).split("\r\n|$", 2)[0];
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
