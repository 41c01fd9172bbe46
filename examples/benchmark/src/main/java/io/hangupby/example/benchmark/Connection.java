package io.hangupby.example.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A minimal HTTP/1.1 client for responses with status 204. It shares the machine with the server, so it must be cheap.
 * Not thread-safe.
 */
final class Connection implements AutoCloseable {
    private static final byte[] EXPECTED = "HTTP/1.1 204 ".getBytes(StandardCharsets.ISO_8859_1);

    private final Socket socket;
    private final OutputStream out;
    private final InputStream in;
    private final byte[] response = new byte[4096];

    Connection(int port) throws IOException {
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        this.out = socket.getOutputStream();
        this.in = socket.getInputStream();
    }

    /** Sends a request and reads the response. */
    void exchange(byte[] request) throws IOException {
        out.write(request);
        int length = 0;
        do {
            int read = in.read(response, length, response.length - length);
            if (read <= 0) {
                throw new IOException("the server closed the connection, or the response is too long");
            }
            length += read;
            if (!beginsAsExpected(length)) {
                throw new IOException("not 204 but " + new String(response, 0, length, StandardCharsets.ISO_8859_1));
            }
        } while (!endsWithBlankLine(length));
    }

    private boolean beginsAsExpected(int length) {
        int compared = Math.min(length, EXPECTED.length);
        return Arrays.equals(response, 0, compared, EXPECTED, 0, compared);
    }

    /** A response with status 204 has no body. */
    private boolean endsWithBlankLine(int length) {
        return length >= 4 && response[length - 1] == '\n' && response[length - 3] == '\n';
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
