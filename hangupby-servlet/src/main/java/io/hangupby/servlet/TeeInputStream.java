package io.hangupby.servlet;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Passes each call on to the container's stream, and copies the bytes read into the tap. */
final class TeeInputStream extends ServletInputStream {
    private final ServletInputStream in;
    private final BodyTap tap;
    private volatile boolean listened;

    TeeInputStream(ServletInputStream in, BodyTap tap) {
        this.in = in;
        this.tap = tap;
    }

    @Override
    public int read() throws IOException {
        int read = in.read();
        tap.read(new byte[] {(byte) read}, 0, read < 0 ? -1 : 1);
        return read;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        int read = in.read(bytes, from, length);
        tap.read(bytes, from, read);
        return read;
    }

    /** Overrides the method of Servlet 6.1, whose default throws unless a listener is set. */
    public int read(ByteBuffer into) throws IOException {
        int from = into.position();
        int read = Servlet61.read(in, into);
        tap.attempt(() -> {
            byte[] bytes = new byte[Math.max(read, 0)];
            into.duplicate().clear().position(from).get(bytes);
            tap.read(bytes, 0, read);
        });
        return read;
    }

    @Override
    public int available() throws IOException {
        return in.available();
    }

    @Override
    public boolean isFinished() {
        return in.isFinished();
    }

    @Override
    public boolean isReady() {
        return in.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
        in.setReadListener(listener);
        listened = true;
    }

    /** Returns whether the handler reads with a listener. */
    boolean hasListener() {
        return listened;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
