package io.hangupby.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Wraps the container's stream, and reports to {@link DrainingResponse} how much is written and when the stream closes. */
final class DrainingOutputStream extends ServletOutputStream {
    private final ServletOutputStream out;
    private final DrainingResponse response;

    DrainingOutputStream(ServletOutputStream out, DrainingResponse response) {
        this.out = out;
        this.response = response;
    }

    @Override
    public void write(int octet) throws IOException {
        response.grows(() -> 1);
        out.write(octet);
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        response.grows(() -> bytes.length);
        out.write(bytes);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        response.grows(() -> length);
        out.write(bytes, from, length);
    }

    /** Overrides the method of Servlet 6.1, whose default throws unless a listener is set. */
    public void write(ByteBuffer from) throws IOException {
        response.grows(from::remaining);
        Servlet61.write(out, from);
    }

    @Override
    public void print(String text) throws IOException {
        response.grows(() -> String.valueOf(text).getBytes(ISO_8859_1).length);
        out.print(text);
    }

    @Override
    public void println() throws IOException {
        response.grows(() -> 2);
        out.println();
    }

    @Override
    public void flush() throws IOException {
        response.grows(() -> 0);
        out.flush();
    }

    @Override
    public void close() throws IOException {
        response.ends();
        out.close();
    }

    @Override
    public boolean isReady() {
        return out.isReady();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        out.setWriteListener(listener);
    }
}
