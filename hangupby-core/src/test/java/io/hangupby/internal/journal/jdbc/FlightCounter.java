package io.hangupby.internal.journal.jdbc;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.SocketFactory;

/** Makes the sockets of PostgreSQL's driver, and counts how often the driver writes after it has read: the round trips. */
public final class FlightCounter extends SocketFactory {
    private static final AtomicLong FLIGHTS = new AtomicLong();

    static void reset() {
        FLIGHTS.set(0);
    }

    static long flights() {
        return FLIGHTS.get();
    }

    @Override
    public Socket createSocket() {
        return new Counted();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    private static Socket connected(SocketAddress address) throws IOException {
        Socket socket = new Counted();
        socket.connect(address);
        return socket;
    }

    private static final class Counted extends Socket {
        private final AtomicBoolean isWriting = new AtomicBoolean();

        @Override
        public OutputStream getOutputStream() throws IOException {
            return new FilterOutputStream(super.getOutputStream()) {
                @Override
                public void write(int one) throws IOException {
                    count();
                    out.write(one);
                }

                @Override
                public void write(byte[] bytes, int from, int length) throws IOException {
                    count();
                    out.write(bytes, from, length);
                }
            };
        }

        private void count() {
            if (isWriting.compareAndSet(false, true)) {
                FLIGHTS.incrementAndGet();
            }
        }

        @Override
        public InputStream getInputStream() throws IOException {
            InputStream in = super.getInputStream();
            return new InputStream() {
                @Override
                public int read() throws IOException {
                    int read = in.read();
                    isWriting.set(false);
                    return read;
                }

                @Override
                public int read(byte[] bytes, int from, int length) throws IOException {
                    int read = in.read(bytes, from, length);
                    isWriting.set(false);
                    return read;
                }

                @Override
                public int available() throws IOException {
                    return in.available();
                }
            };
        }
    }
}
