package io.hangupby.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Locale;
import java.util.TreeMap;

/** Sends raw bytes of a request on its own connection, and reads every byte of the response. */
final class RawClient implements AutoCloseable {
    private static final int ENOUGH_MILLIS = 20_000;

    private final Socket socket;
    private final PushbackInputStream in;
    private final OutputStream out;

    RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(ENOUGH_MILLIS);
        in = new PushbackInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    void send(String text) throws IOException {
        out.write(text.getBytes(ISO_8859_1));
        out.flush();
    }

    /** Sends bytes that the server may no longer read. */
    void sendUnlessClosed(String text) {
        try {
            send(text);
        } catch (IOException closed) {
            // The response has the reason.
        }
    }

    /** Closes the sending side of the connection, but not the receiving side. */
    void breakOff() throws IOException {
        socket.shutdownOutput();
    }

    /** Returns whether a response begins, or the connection ends, within this time. */
    boolean isAnsweredWithin(int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            int first = in.read();
            if (first >= 0) {
                in.unread(first);
            }
            return true;
        } catch (SocketTimeoutException notYet) {
            return false;
        } finally {
            socket.setSoTimeout(ENOUGH_MILLIS);
        }
    }

    /** A response without its date. */
    record Response(String status, TreeMap<String, String> headers, String body) {
        @Override
        public String toString() {
            String shown = body.length() < 2000 ? body : body.substring(0, 2000) + "… and so on: " + body.hashCode();
            return status + " " + headers + "\n" + shown;
        }
    }

    /** Receives a response, which can be an interim response. */
    Response response() throws IOException {
        String status = line();
        TreeMap<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            String[] header = line.split(": *", 2);
            headers.merge(header[0].toLowerCase(Locale.ROOT), header[1], (one, other) -> one + ", " + other);
        }
        headers.remove("date");
        String length = headers.getOrDefault("content-length", "");
        String body = "";
        if ("chunked".equals(headers.get("transfer-encoding"))) {
            body = chunks();
        } else if (!length.isEmpty()) {
            body = text(Integer.parseInt(length));
        }
        return new Response(status, headers, body);
    }

    private String chunks() throws IOException {
        StringBuilder body = new StringBuilder();
        int length;
        do {
            length = Integer.parseInt(line(), 16);
            body.append(text(length));
            line();
        } while (length > 0);
        return body.toString();
    }

    private String text(int length) throws IOException {
        return new String(in.readNBytes(length), ISO_8859_1);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int read = in.read(); read != '\n'; read = in.read()) {
            if (read < 0) {
                throw new IOException("closed after: " + line.toString(ISO_8859_1));
            }
            line.write(read);
        }
        return line.toString(ISO_8859_1).strip();
    }

    /** Waits, and returns whether the server closes the connection next. */
    boolean isHungUpOn() throws IOException {
        try {
            return in.read() < 0;
        } catch (SocketTimeoutException stillConnected) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    /** Resets the connection. */
    void abort() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
