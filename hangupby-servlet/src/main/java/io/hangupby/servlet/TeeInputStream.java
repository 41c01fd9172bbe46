package io.hangupby.servlet;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;

/** The container's own stream, with somebody who listens to what is read of it. */
final class TeeInputStream extends ServletInputStream {
    private final ServletInputStream in;
    private final BodyTap tap;
    private volatile boolean readAsItComes;

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
        readAsItComes = true;
    }

    /** Says whether somebody is told of each part that comes, so that nobody else may wait for it. */
    boolean isReadAsItComes() {
        return readAsItComes;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
